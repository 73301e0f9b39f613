using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Consumers;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// The one writer's connection: decides about each batch, and keeps the links of statements that refer to others. A statement that
/// targets another is found by what that one says, and so on down the chain, whichever came first; a voided one is found no more.
/// (Communication 2.1.3, 2.1.4)
/// </summary>
internal sealed class StatementSession(LmsDbContext db, StatementClock clock, KnownNames names, ConsumerMatches consumers, Guid hub) : IDisposable
{
    // A chain of references is followed this far; nobody comments on comments a hundred deep.
    private const int Deepest = 100;
    private readonly StatementRows _rows = new(db, names);

    /// <summary>How many statements the last commit stored.</summary>
    public int Stored { get; private set; }

    /// <summary>Stores each batch whole or not at all, all in one commit.</summary>
    public List<StoreResult> Commit(IReadOnlyList<IReadOnlyList<StatementEntry>> batches)
    {
        using var lease = clock.Open();
        using var transaction = _rows.Begin();
        Stored = 0;
        try
        {
            var results = batches.Select(Store).ToList();
            transaction.Commit();
            _rows.Committed();
            return results;
        }
        catch
        {
            _rows.RolledBack();
            throw;
        }
    }

    /// <summary>Makes the links of statements that an upgrade brought without any. Returns how many there were.</summary>
    public int Index(IReadOnlyList<StoredRow> statements)
    {
        using var transaction = _rows.Begin();
        foreach (var row in statements)
        {
            var facts = FactsOf(row);
            _rows.Link(row.Sequence, facts, origin: 0, defines: true);
            if (facts.Target is { } target) Follow(row.Sequence, row.Id, row.CentreId, facts, target, voided: false);
        }
        transaction.Commit();
        _rows.Committed();
        return statements.Count;
    }

    public void Dispose() => _rows.Dispose();

    // All is decided before anything is written, so a refused batch leaves nothing behind.
    private StoreResult Store(IReadOnlyList<StatementEntry> batch)
    {
        var fresh = new List<StatementEntry>(batch.Count);
        foreach (var entry in batch)
        {
            if (!entry.HasOwnId || _rows.Find(entry.Id) is not { } stored) fresh.Add(entry);
            else if (!IsSame(stored, entry)) return new StoreResult.Conflict(entry.Id);
        }
        foreach (var entry in fresh) Insert(entry);
        return new StoreResult.Stored();
    }

    private static bool IsSame(StoredRow stored, StatementEntry entry)
    {
        if (stored.CentreId != entry.CentreId) return false;
        using var known = JsonDocument.Parse(stored.Json);
        using var received = JsonDocument.Parse(entry.Json);
        return StatementComparer.Matches(known.RootElement, received.RootElement);
    }

    private void Insert(StatementEntry entry)
    {
        var sequence = clock.Next();
        var referrers = _rows.ReferrersOf(entry.Id);
        var voided = entry.Facts.Voids is null && referrers.Exists(r => MaySee(r.CentreId, entry.CentreId) && FactsOf(r).Voids == entry.Id);

        _rows.Insert(sequence, entry, voided);
        Stored++;
        if (consumers.Current.Length > 0) Deliver(sequence, entry, voided ? referrers : []);
        if (!voided) _rows.Link(sequence, entry.Facts, origin: 0, entry.Defines);
        if (entry.Facts.Target is { } target) Follow(sequence, entry.Id, entry.CentreId, entry.Facts, target, voided);
        if (referrers.Count > 0) Lift(referrers, [(sequence, entry.CentreId, entry.Facts), .. ChainFrom(entry.Facts.Target, entry.Id)], [entry.Id]);
    }

    /// <summary>Makes the delivery rows: of the statement, and of those that had voided it before it came.</summary>
    private void Deliver(long sequence, StatementEntry entry, List<StoredRow> referrers)
    {
        var victim = entry.Facts.Voids is { } id && _rows.Find(id) is { } row && MaySee(entry.CentreId, row.CentreId) ? FactsOf(row) : null;
        foreach (var consumer in consumers.Current)
        {
            if (!consumer.Takes(entry.CentreId, entry.Facts, victim)) continue;
            _rows.Deliver(consumer.Number, sequence);
            foreach (var referrer in referrers)
                if (FactsOf(referrer).Voids == entry.Id) _rows.Deliver(consumer.Number, referrer.Sequence);
        }
    }

    private void Follow(long sequence, Guid id, Guid centreId, Facts facts, Guid target, bool voided)
    {
        _rows.Refer(target, sequence);
        if (!voided) Inherit(sequence, centreId, ChainFrom(target, id));
        if (facts.Voids is not null && _rows.Find(target) is { } victim && MaySee(centreId, victim.CentreId)) Void(victim);
    }

    private void Void(StoredRow victim)
    {
        var facts = FactsOf(victim);
        if (facts.Voids is not null) return; // A voiding statement can't be voided. (Data 2.3.2)
        _rows.Void(victim.Sequence);
        _rows.Unlink(victim.Sequence, facts);
        foreach (var link in ChainFrom(facts.Target, victim.Id)) _rows.Unlink(victim.Sequence, link.Facts);
    }

    /// <summary>Gives the chain's facts to those that refer to its head, to those that refer to them, and so on.</summary>
    private void Lift(List<StoredRow> referrers, List<(long Sequence, Guid CentreId, Facts Facts)> chain, HashSet<Guid> visited)
    {
        for (var depth = 0; referrers.Count > 0 && depth < Deepest; depth++)
        {
            var above = new List<StoredRow>();
            foreach (var referrer in referrers)
            {
                if (!visited.Add(referrer.Id)) continue;
                Inherit(referrer.Sequence, referrer.CentreId, chain);
                above.AddRange(_rows.ReferrersOf(referrer.Id));
            }
            referrers = above;
        }
    }

    private void Inherit(long sequence, Guid centreId, List<(long Sequence, Guid CentreId, Facts Facts)> chain)
    {
        foreach (var link in chain)
            if (link.Sequence != sequence && MaySee(centreId, link.CentreId)) _rows.Link(sequence, link.Facts, link.Sequence, defines: false);
    }

    /// <summary>The statements that a target leads to, one after the other.</summary>
    private List<(long Sequence, Guid CentreId, Facts Facts)> ChainFrom(Guid? target, Guid from)
    {
        var chain = new List<(long, Guid, Facts)>();
        var visited = new HashSet<Guid> { from };
        while (target is { } id && visited.Add(id) && chain.Count < Deepest && _rows.Find(id) is { } row)
        {
            var facts = FactsOf(row);
            chain.Add((row.Sequence, row.CentreId, facts));
            target = facts.Target;
        }
        return chain;
    }

    // What belongs to another centre must not show through a reference to it.
    private bool MaySee(Guid viewer, Guid owner) => viewer == owner || viewer == hub;

    private static Facts FactsOf(StoredRow row)
    {
        using var json = JsonDocument.Parse(row.Json);
        return Facts.Of(json.RootElement, KeyOfAuthority(json.RootElement));
    }

    private static string KeyOfAuthority(JsonElement statement) => AgentKey.Of(statement.GetProperty("authority"u8))!;
}
