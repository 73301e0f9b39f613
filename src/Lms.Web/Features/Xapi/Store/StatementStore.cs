using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Consumers;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>Adds this system's statements to the current unit of work, so that a statement and what it tells of are one commit.</summary>
public sealed class StatementStore(
    LmsDbContext db, XapiAddresses addresses, KnownNames known, StatementClock order, ConsumerMatches consumers, ForwarderSignal forwarder, StatementMetrics metrics, TimeProvider clock)
{
    /// <summary>Completes a statement of this system with id, timestamp, authority and version, and adds it.</summary>
    public async Task AppendAsync(Statement statement, Guid centreId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var entry = StatementEntry.Of(statement with
        {
            Id = statement.Id ?? Guid.CreateVersion7(),
            Timestamp = statement.Timestamp ?? clock.GetUtcNow(),
            Authority = addresses.System,
            Version = "1.0.0",
        }, centreId);
        // Closed when the context has saved, has failed to, or is gone.
        var stretch = db.Opened<StatementStretch>() ?? db.OpenUntilSaved(await order.OpenAsync(db, ct));
        var sequence = stretch.Next();
        db.Statements.Add(new StoredStatement { Sequence = sequence, Id = entry.Id, CentreId = centreId, Timestamp = entry.Timestamp, Json = entry.Json });
        await LinkAsync(entry.Facts, sequence, ct);
        await DeliverAsync(entry, sequence, ct);
        metrics.Appended();
    }

    private async Task DeliverAsync(StatementEntry entry, long sequence, CancellationToken ct)
    {
        var all = await consumers.LoadAsync(ct);
        if (all.Length == 0) return;
        foreach (var consumer in all)
            if (consumer.Takes(entry.CentreId, entry.Facts)) db.Add(new StatementDelivery { Consumer = consumer.Number, Sequence = sequence });
        db.OpenUntilSaved(forwarder.WhenDisposed());
    }

    private async Task LinkAsync(Facts facts, long sequence, CancellationToken ct)
    {
        db.Add(new StatementVerb { VerbId = await VerbIdAsync(facts, ct), Sequence = sequence });
        if (facts.Registration is { } registration) db.Add(new StatementRegistration { Registration = registration, Sequence = sequence });
        foreach (var agent in facts.Agents)
            db.Add(new StatementAgent { AgentId = await AgentIdAsync(agent, ct), IsDirect = agent.IsDirect, Usages = agent.Usages, Sequence = sequence });
        foreach (var activity in facts.Activities)
            db.Add(new StatementActivity { ActivityId = await ActivityIdAsync(activity, ct), IsDirect = activity.IsDirect, Usages = activity.Usages, Sequence = sequence });
    }

    private async Task<long> VerbIdAsync(Facts facts, CancellationToken ct)
    {
        var verb = await FindAsync(known.Verbs, facts.Verb, facts.Display, id => new XapiVerb { Id = id, Name = facts.Verb, Display = facts.Display }, ct);
        if (facts.Display is { } display && verb.Row is { } row) row.Display = Descriptions.MergeDisplay(row.Display, display) ?? row.Display;
        return verb.Id;
    }

    private async Task<long> AgentIdAsync(AgentFact agent, CancellationToken ct) =>
        (await FindAsync(known.Agents, agent.Key, null, id => new XapiAgent { Id = id, Name = agent.Key, DisplayName = agent.DisplayName }, ct)).Id;

    private async Task<long> ActivityIdAsync(ActivityFact fact, CancellationToken ct)
    {
        var activity = await FindAsync(known.Activities, fact.Iri, fact.Definition, id => new XapiActivity { Id = id, Name = fact.Iri, Definition = fact.Definition }, ct);
        if (fact.Definition is { } definition && activity.Row is { } row) row.Definition = Descriptions.MergeDefinition(row.Definition, definition) ?? row.Definition;
        return activity.Id;
    }

    /// <summary>The number of a name, with its row where that was read; the name is added where it is new.</summary>
    private async Task<(long Id, T? Row)> FindAsync<T>(NameCache cache, string name, byte[]? description, Func<long, T> create, CancellationToken ct)
        where T : XapiName
    {
        if (cache.Find(name) is { } cached && (description is null || cache.HasSeen(cached, description))) return (cached, null);
        for (var id = NameCache.FirstId(name); ; id++)
        {
            var row = await db.FindAsync<T>([id], ct);
            if (row is null) db.Add(row = create(id));
            else if (row.Name != name) continue;
            else if (db.Entry(row).State == EntityState.Unchanged) Remember(cache, row, description);
            return (id, row);
        }
    }

    // Only what is committed is remembered: a row that this unit of work adds may yet be rolled back.
    private static void Remember(NameCache cache, XapiName row, byte[]? description)
    {
        cache.Remember(row.Name, row.Id);
        var known = row switch { XapiActivity activity => activity.Definition, XapiVerb verb => verb.Display, _ => null };
        if (description is not null && known is not null && known.AsSpan().SequenceEqual(description)) cache.Saw(row.Id, description);
    }
}
