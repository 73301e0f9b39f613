using System.Runtime.InteropServices;
using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>A valid statement on its way into the store: its bytes, and what it will be found by.</summary>
public sealed class StatementEntry
{
    public required Guid Id { get; init; }
    /// <summary>True when the sender chose the id, so that it may be stored already.</summary>
    public required bool HasOwnId { get; init; }
    public required Guid CentreId { get; init; }
    public required byte[] Json { get; init; }
    public required DateTime? Timestamp { get; init; }
    /// <summary>False when the sender may not change what is known of activities, verbs and agents (scope <c>define</c>).</summary>
    public required bool Defines { get; init; }
    public required Facts Facts { get; init; }

    /// <summary>Makes the entry of a statement as received.</summary>
    /// <param name="statement">A statement that the validator has passed.</param>
    /// <param name="sender">Who sent it.</param>
    /// <param name="version">The version of the request.</param>
    /// <param name="id">The id that the request gives it; null leaves it to the statement or the store.</param>
    public static StatementEntry Of(JsonElement statement, StatementSender sender, XapiVersion version, Guid? id = null)
    {
        ArgumentNullException.ThrowIfNull(sender);
        var own = id ?? (statement.TryGetProperty("id"u8, out var given) ? given.GetGuid() : null);
        var chosen = own ?? Guid.CreateVersion7();
        return new StatementEntry
        {
            Id = chosen,
            HasOwnId = own is not null,
            CentreId = sender.CentreId,
            Defines = sender.Defines,
            Json = StatementCompletion.Complete(statement, chosen, sender.Authority.Json.Span, version),
            Timestamp = TimestampOf(statement),
            Facts = Facts.Of(statement, sender.Authority.Key),
        };
    }

    /// <summary>Makes the entry of a statement that this system says.</summary>
    public static StatementEntry Of(Statement statement, Guid centreId)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var json = StatementWriter.ToUtf8(statement);
        using var document = JsonDocument.Parse(json);
        return new StatementEntry
        {
            Id = statement.Id!.Value,
            HasOwnId = true,
            CentreId = centreId,
            Defines = true,
            Json = json,
            Timestamp = statement.Timestamp?.UtcDateTime,
            Facts = Facts.Of(document.RootElement, AgentKey.Of(((Agent)statement.Authority!).Identifier)),
        };
    }

    private static DateTime? TimestampOf(JsonElement statement) =>
        statement.TryGetProperty("timestamp"u8, out var text) && XapiTimestamp.TryParseIso8601(text.GetString(), out var time) ? time.UtcDateTime : null;
}

/// <summary>Who sends statements.</summary>
/// <param name="CentreId">The centre that they belong to.</param>
/// <param name="Authority">The agent who vouches for them.</param>
/// <param name="Defines">Whether they change what is known of activities, verbs and agents.</param>
public sealed record StatementSender(Guid CentreId, Authority Authority, bool Defines);

/// <summary>The authority of statements. (Data 2.4.9)</summary>
public sealed class Authority
{
    public Authority(Agent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        Key = AgentKey.Of(agent.Identifier);
        Json = StatementWriter.ToUtf8(agent);
    }

    public string Key { get; }
    public ReadOnlyMemory<byte> Json { get; }
}

/// <summary>What one statement says that queries ask for.</summary>
public sealed class Facts
{
    /// <summary>The most agents and activities that pass on to statements that refer to this one.</summary>
    public const int MostInherited = 100;

    public required string Verb { get; init; }
    public byte[]? Display { get; init; }
    public Guid? Registration { get; init; }
    public required IReadOnlyList<AgentFact> Agents { get; init; }
    public required IReadOnlyList<ActivityFact> Activities { get; init; }
    /// <summary>The statement that its object refers to.</summary>
    public Guid? Target { get; init; }

    /// <summary>The statement that it voids.</summary>
    public Guid? Voids => Verb == Verbs.VoidedId ? Target : null;

    /// <summary>
    /// What a statement that refers to this one is found by, too. Of one that names very many, only what is found without <c>related_…</c>: a thousand
    /// references of a few hundred bytes to it would otherwise be millions of links.
    /// </summary>
    public Facts Inherited => Agents.Count + Activities.Count <= MostInherited ? this : new Facts
    {
        Verb = Verb,
        Registration = Registration,
        Agents = [.. Agents.Where(a => a.IsDirect)],
        Activities = [.. Activities.Where(a => a.IsDirect)],
        Target = Target,
    };

    /// <param name="statement">A valid statement.</param>
    /// <param name="authority">Key of the authority that it is stored with, whatever it says of one.</param>
    public static Facts Of(JsonElement statement, string authority)
    {
        var links = StatementLinks.Of(statement);
        var agents = new List<AgentFact>(links.Agents.Count + 1) { new(authority, false, AgentUsages.Authority, null) };
        foreach (var agent in links.Agents)
            if (agent.Usage != AgentUsage.Authority) Add(agents, agent);
        var activities = new List<ActivityFact>(links.Activities.Count);
        foreach (var activity in links.Activities) Add(activities, activity);
        return new Facts
        {
            Verb = links.VerbId,
            Display = Bytes(statement.GetProperty("verb"u8), "display"u8),
            Registration = links.Registration,
            Agents = agents,
            Activities = activities,
            Target = links.Statements.Where(s => s is { IsObject: true, InSubStatement: false }).Select(s => (Guid?)s.Id).FirstOrDefault(),
        };
    }

    // One link for all places of a name, so far as one filter finds them.
    private static void Add(List<AgentFact> facts, AgentLink link)
    {
        var usage = (AgentUsages)(1 << (int)link.Usage) | (link.InSubStatement ? AgentUsages.InSubStatement : 0);
        var name = link.Json.TryGetProperty("name"u8, out var text) ? text.GetString() : null;
        var at = facts.FindIndex(f => f.Key == link.Key && f.IsDirect == link.IsDirect);
        if (at < 0) facts.Add(new(link.Key, link.IsDirect, usage, name));
        else facts[at] = facts[at] with { Usages = facts[at].Usages | usage, DisplayName = facts[at].DisplayName ?? name };
    }

    private static void Add(List<ActivityFact> facts, ActivityLink link)
    {
        var usage = (ActivityUsages)(1 << (int)link.Usage) | (link.InSubStatement ? ActivityUsages.InSubStatement : 0);
        var at = facts.FindIndex(f => f.Iri == link.Id && f.IsDirect == link.IsDirect);
        if (at < 0) facts.Add(new(link.Id, link.IsDirect, usage, Bytes(link.Json, "definition"u8)));
        else facts[at] = facts[at] with { Usages = facts[at].Usages | usage, Definition = facts[at].Definition ?? Bytes(link.Json, "definition"u8) };
    }

    private static byte[]? Bytes(JsonElement holder, ReadOnlySpan<byte> property) =>
        holder.TryGetProperty(property, out var value) ? JsonMarshal.GetRawUtf8Value(value).ToArray() : null;
}

/// <param name="Key">Its <see cref="AgentKey"/>.</param>
/// <param name="IsDirect">True where a query finds it without <c>related_agents</c>.</param>
/// <param name="Usages">Its places.</param>
/// <param name="DisplayName">What it is called.</param>
public sealed record AgentFact(string Key, bool IsDirect, AgentUsages Usages, string? DisplayName);

/// <param name="Iri">Its id.</param>
/// <param name="IsDirect">True where a query finds it without <c>related_activities</c>.</param>
/// <param name="Usages">Its places.</param>
/// <param name="Definition">What it is, UTF-8 JSON.</param>
public sealed record ActivityFact(string Iri, bool IsDirect, ActivityUsages Usages, byte[]? Definition);
