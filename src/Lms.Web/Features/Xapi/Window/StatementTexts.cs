using System.Globalization;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>A statement in a line: who did what, with which result, when.</summary>
public sealed record StatementLine(Guid Id, long Sequence, ShownName Actor, ShownName Verb, ShownName Object, string ObjectHref, string Result, DateTime At);

/// <summary>Puts statements into the reader's words.</summary>
public sealed class StatementTexts(LmsDbContext db, XapiAddresses addresses, IStringLocalizer<XapiText> text)
{
    /// <summary>Looks up all names of some statements, one query for each kind.</summary>
    public async Task<NameBook> OpenAsync(IEnumerable<JsonElement> statements, CancellationToken ct)
    {
        var links = statements.Select(StatementLinks.Of).ToList();
        return await OpenAsync(links.Select(l => l.VerbId), links.SelectMany(l => l.Activities.Select(a => a.Id)), links.SelectMany(l => l.Agents.Select(a => a.Key)), ct);
    }

    public async Task<NameBook> OpenAsync(IEnumerable<string> verbs, IEnumerable<string> activities, IEnumerable<string> agents, CancellationToken ct)
    {
        var keys = agents.ToHashSet(StringComparer.Ordinal);
        var (verbIds, activityIds, agentIds) = (Ids(verbs), Ids(activities), Ids(keys));
        var knownVerbs = await db.XapiVerbs.AsNoTracking().Where(v => verbIds.Contains(v.Id)).ToListAsync(ct);
        var knownActivities = await db.XapiActivities.AsNoTracking().Where(a => activityIds.Contains(a.Id)).ToListAsync(ct);
        var knownAgents = await db.XapiAgents.AsNoTracking().Where(a => agentIds.Contains(a.Id)).ToListAsync(ct);
        return new NameBook(
            knownVerbs.ToDictionary(v => v.Name, v => (v.Id, v.Display), StringComparer.Ordinal),
            knownActivities.ToDictionary(a => a.Name, a => (a.Id, a.Definition), StringComparer.Ordinal),
            knownAgents.ToDictionary(a => a.Name, a => (a.Id, a.DisplayName), StringComparer.Ordinal),
            await PeopleAsync(keys, ct), addresses.Root, text);
    }

    public async Task<IReadOnlyList<StatementLine>> LinesAsync(IReadOnlyList<StatementRecord> records, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(records);
        var statements = records.Select(r => NameBook.Parse(r.Json)).ToList();
        var names = await OpenAsync(statements, ct);
        return [.. records.Zip(statements, (r, s) => Line(r, s, names))];
    }

    public StatementLine Line(StatementRecord record, JsonElement statement, NameBook names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var verb = statement.GetProperty("verb"u8);
        var iri = verb.GetProperty("id"u8).GetString()!;
        var (target, href) = ObjectOf(statement.GetProperty("object"u8), names);
        return new StatementLine(statement.GetProperty("id"u8).GetGuid(), record.Sequence, names.Actor(statement.GetProperty("actor"u8)), names.Verb(iri, verb), target, href,
            ResultOf(statement, iri), TimeOf(statement, record.Sequence));
    }

    /// <summary>The object's name, and the page about it.</summary>
    public (ShownName Name, string Href) ObjectOf(JsonElement target, NameBook names)
    {
        ArgumentNullException.ThrowIfNull(names);
        switch (target.TryGetProperty("objectType"u8, out var type) ? type.GetString() : "Activity")
        {
            case "Activity":
                var activity = names.Activity(target.GetProperty("id"u8).GetString()!, target);
                return (activity, activity.Id is { } id ? $"/statements/activities/{id}" : "");
            case "StatementRef":
                var other = target.GetProperty("id"u8).GetGuid();
                return (new(text["another statement"], null, other.ToString()), $"/statements/{other}");
            case "SubStatement":
                var (actor, verb) = (names.Actor(target.GetProperty("actor"u8)), target.GetProperty("verb"u8));
                var (inner, _) = ObjectOf(target.GetProperty("object"u8), names);
                return (new($"{actor.Text} · {names.Verb(verb.GetProperty("id"u8).GetString()!, verb).Text} · {inner.Text}", null, ""), "");
            default:
                var agent = names.Actor(target);
                return (agent, agent.Id is { } agentId ? $"/statements/agents/{agentId}" : "");
        }
    }

    /// <summary>The result in a few words: "85 %, passed".</summary>
    public string ResultOf(JsonElement statement, string verb)
    {
        if (!statement.TryGetProperty("result"u8, out var result)) return "";
        var words = new List<string>();
        if (result.TryGetProperty("score"u8, out var score) && ScoreOf(score) is { } said) words.Add(said);
        if (result.TryGetProperty("success"u8, out var success))
            words.Add(verb == Verbs.Answered.Id ? success.GetBoolean() ? text["right"] : text["wrong"] : success.GetBoolean() ? text["passed"] : text["not passed"]);
        if (verb != Verbs.Completed.Id && result.TryGetProperty("completion"u8, out var completion)) words.Add(completion.GetBoolean() ? text["complete"] : text["not complete"]);
        return string.Join(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ar" ? "، " : ", ", words);
    }

    /// <summary>When something happened, in the words of now: "2 min ago".</summary>
    public string Ago(DateTime at, DateTime now)
    {
        var since = now - at;
        if (since < TimeSpan.Zero || since > TimeSpan.FromDays(7)) return Dates.TextWithTime(at);
        if (since < TimeSpan.FromMinutes(1)) return text["just now"];
        if (since < TimeSpan.FromHours(1)) return text["{0} min ago", (int)since.TotalMinutes];
        return since < TimeSpan.FromDays(1) ? text["{0} h ago", (int)since.TotalHours] : text["{0} d ago", (int)since.TotalDays];
    }

    public static DateTime TimeOf(JsonElement statement, long sequence) =>
        statement.TryGetProperty("timestamp"u8, out var said) && XapiTimestamp.TryParseIso8601(said.GetString(), out var time) ? time.UtcDateTime : new DateTime(sequence, DateTimeKind.Utc);

    private static string? ScoreOf(JsonElement score)
    {
        if (score.TryGetProperty("scaled"u8, out var scaled) && scaled.TryGetDouble(out var share) && Math.Abs(share) <= 1) return Isolates.Around(Numbers.PercentText(share));
        if (!score.TryGetProperty("raw"u8, out var raw)) return null;
        var most = score.TryGetProperty("max"u8, out var max) ? $" / {ShownText.Of(max.GetRawText(), 20)}" : "";
        return Isolates.Around(ShownText.Of(raw.GetRawText(), 20) + most);
    }

    /// <summary>The people of this site among the agents, as far as the viewer may see them.</summary>
    private async Task<Dictionary<string, string>> PeopleAsync(IEnumerable<string> keys, CancellationToken ct)
    {
        var own = $"account|{addresses.Root}|";
        var ids = keys.Where(k => k.StartsWith(own, StringComparison.Ordinal)).Select(k => Guid.TryParse(k.AsSpan(own.Length), out var id) ? id : (Guid?)null).OfType<Guid>().ToList();
        if (ids.Count == 0) return [];
        return await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => own + p.Id, p => p.Name, StringComparer.Ordinal, ct);
    }

    private static List<long> Ids(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Select(NameCache.FirstId)];
}
