using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Says whether two valid statements are the same statement by the standard's rules of comparison. (Data 2.3.1)</summary>
/// <remarks>
/// Ignored is what a store may have set or changed: <c>id</c>, <c>timestamp</c> and <c>version</c> where one side lacks them, <c>authority</c>
/// and <c>stored</c> always; definitions of activities, the display of verbs, attachments, the order of a group's members, the time zone of timestamps,
/// one context activity for a list of one, and the case of what is case-insensitive. Durations count as text, to 0.01 s. Everything else counts.
/// </remarks>
public static class StatementComparer
{
    /// <summary>Whether a store that holds <paramref name="stored"/> may take <paramref name="received"/> for the same.</summary>
    public static bool Matches(JsonElement stored, JsonElement received) => SameObject(stored, received, Statement);

    private delegate bool Rule(JsonElement? left, JsonElement? right);

    private static Rule? Statement(string property) => property switch
    {
        "id" => IfBoth(SameUuid),
        "timestamp" => IfBoth(SameTime),
        "version" => IfBoth(JsonElement.DeepEquals),
        "authority" or "stored" or "attachments" => Ignored,
        "actor" => Both(SameActor),
        "verb" => Both((l, r) => SameObject(l, r, Verb)),
        "object" => Both(SameTarget),
        "result" => Both((l, r) => SameObject(l, r, Result)),
        "context" => Both((l, r) => SameObject(l, r, Context)),
        _ => null,
    };

    private static Rule? Verb(string property) => property == "display" ? Ignored : null;

    private static Rule? Activity(string property) => property == "definition" ? Ignored : null;

    private static Rule? Reference(string property) => property == "id" ? Both(SameUuid) : null;

    private static Rule? Result(string property) => property == "duration"
        ? Both((l, r) => Iso8601Duration.Truncate(l.GetString()!) == Iso8601Duration.Truncate(r.GetString()!))
        : null;

    private static Rule? Context(string property) => property switch
    {
        "registration" => Both(SameUuid),
        "instructor" or "team" => Both(SameActor),
        "contextActivities" => Both((l, r) => SameObject(l, r, _ => Both(SameActivities))),
        "contextAgents" or "contextGroups" => Both((l, r) => SameList(l, r, (a, b) => SameObject(a, b, ContextActor))),
        "language" => Both((l, r) => string.Equals(l.GetString(), r.GetString(), StringComparison.OrdinalIgnoreCase)),
        "statement" => Both((l, r) => SameObject(l, r, Reference)),
        _ => null,
    };

    private static Rule? ContextActor(string property) => property is "agent" or "group" ? Both(SameActor) : null;

    private static Rule? Actor(string property) => property switch
    {
        "mbox" or "mbox_sha1sum" or "openid" or "account" => Ignored, // compared as the agent's key
        "member" => Both(SameMembers),
        _ => null,
    };

    private static bool SameActor(JsonElement left, JsonElement right) =>
        AgentKey.Of(left) == AgentKey.Of(right) && SameObject(left, right, Actor);

    // The members of a group are in no order: each must find a partner of its own.
    private static bool SameMembers(JsonElement left, JsonElement right)
    {
        if (left.GetArrayLength() != right.GetArrayLength()) return false;
        var open = right.EnumerateArray().ToLookup(AgentKey.Of).ToDictionary(g => g.Key!, g => g.ToList());
        foreach (var member in left.EnumerateArray())
        {
            if (!open.TryGetValue(AgentKey.Of(member)!, out var candidates)) return false;
            var partner = candidates.FindIndex(c => SameObject(member, c, Actor));
            if (partner < 0) return false;
            candidates.RemoveAt(partner);
        }
        return true;
    }

    private static bool SameTarget(JsonElement left, JsonElement right)
    {
        var type = TypeOf(left);
        return type == TypeOf(right) && type switch
        {
            "Agent" or "Group" => SameActor(left, right),
            "StatementRef" => SameObject(left, right, Reference),
            "SubStatement" => SameObject(left, right, SubStatement),
            _ => SameObject(left, right, Activity),
        };
    }

    // Nobody sets what a sub-statement lacks, so its timestamp is there on both sides or on neither.
    private static Rule? SubStatement(string property) => property == "timestamp" ? Both(SameTime) : Statement(property);

    private static bool SameActivities(JsonElement left, JsonElement right) =>
        AsList(left).SequenceEqual(AsList(right), EqualityComparer<JsonElement>.Create((l, r) => SameObject(l, r, Activity)));

    private static JsonElement[] AsList(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static bool SameList(JsonElement left, JsonElement right, Func<JsonElement, JsonElement, bool> same) =>
        left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray()).All(p => same(p.First, p.Second));

    private static bool SameObject(JsonElement left, JsonElement right, Func<string, Rule?> ruleFor)
    {
        foreach (var property in left.EnumerateObject())
        {
            JsonElement? other = right.TryGetProperty(property.Name, out var value) ? value : null;
            if (!(ruleFor(property.Name) ?? Equal)(property.Value, other)) return false;
        }
        foreach (var property in right.EnumerateObject())
        {
            if (!left.TryGetProperty(property.Name, out _) && !(ruleFor(property.Name) ?? Equal)(null, property.Value)) return false;
        }
        return true;
    }

    private static bool Ignored(JsonElement? left, JsonElement? right) => true;

    private static bool Equal(JsonElement? left, JsonElement? right) => left is { } l && right is { } r && JsonElement.DeepEquals(l, r);

    private static Rule Both(Func<JsonElement, JsonElement, bool> same) => (left, right) => left is { } l && right is { } r && same(l, r);

    private static Rule IfBoth(Func<JsonElement, JsonElement, bool> same) => (left, right) => left is not { } l || right is not { } r || same(l, r);

    private static bool SameUuid(JsonElement left, JsonElement right) => left.GetGuid() == right.GetGuid();

    // Milliseconds are what a store must keep of a timestamp.
    private static bool SameTime(JsonElement left, JsonElement right) =>
        XapiTimestamp.TryParseIso8601(left.GetString(), out var l) && XapiTimestamp.TryParseIso8601(right.GetString(), out var r)
        && l.Ticks / TimeSpan.TicksPerMillisecond == r.Ticks / TimeSpan.TicksPerMillisecond;

    private static string TypeOf(JsonElement target) => target.TryGetProperty("objectType"u8, out var type) ? type.GetString()! : "Activity";
}
