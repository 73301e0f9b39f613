using System.Data.Common;
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
/// <param name="consumers">Those who get what is stored; null for work on statements that are there already.</param>
internal sealed class StatementSession(LmsDbContext db, KnownNames names, Guid hub, ConsumerMatches? consumers = null) : IDisposable
{
    /// <summary>
    /// A chain of references is followed this far. The specification has the rule apply to targets of targets and names no end; without one, each
    /// statement of a chain would cost as many links as the chain is long. (Communication 2.1.3)
    /// </summary>
    public const int Deepest = 20;

    private readonly StatementRows _rows = new(db, names);
    private StatementStretch? _stretch;
    // Thousands may comment on one: the chain behind a target is read once for all that follow each other.
    private (Guid Target, List<(long Sequence, Guid CentreId, Facts Facts)> Chain)? _latest;

    private bool _again;

    /// <summary>How many statements the last commit stored.</summary>
    public int Stored { get; private set; }

    /// <summary>Stores each batch whole or not at all, all in one commit.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="clock">Gives the numbers.</param>
    /// <param name="again">That this was tried before, and nobody knows what came of it: statements that have got their ids here may be stored, too.</param>
    public async Task<List<StoreResult>> CommitAsync(IReadOnlyList<IReadOnlyList<StatementEntry>> batches, StatementClock clock, bool again)
    {
        ArgumentNullException.ThrowIfNull(clock);
        using var transaction = _rows.Begin();
        using var stretch = _stretch = await clock.OpenAsync(transaction, CancellationToken.None);
        await db.HoldReferencesAsync(transaction, alone: batches.Any(b => b.Any(e => e.Facts.Target is not null)), CancellationToken.None);
        (Stored, _latest, _again) = (0, null, again);
        try
        {
            _rows.ReadAhead([.. batches.SelectMany(b => b)]);
            var results = batches.Select(Store).ToList();
            _rows.Write();
            await transaction.CommitAsync();
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
        _rows.Write();
        transaction.Commit();
        _rows.Committed();
        return statements.Count;
    }

    /// <summary>Works on statements that are there within a transaction of the caller, who calls <see cref="Committed"/> after it.</summary>
    public void Join(DbTransaction transaction) => _rows.Join(transaction);

    /// <summary>The same to store new ones.</summary>
    public async Task JoinAsync(DbTransaction transaction, StatementClock clock, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Join(transaction);
        _stretch = await clock.OpenAsync(transaction, ct);
        await db.HoldReferencesAsync(transaction, alone: false, ct);
    }

    public void Committed() => _rows.Committed();

    public void RolledBack() => _rows.RolledBack();

    /// <summary>Those of a batch that are not stored yet; a conflict when one's id belongs to a statement that says something else.</summary>
    public (IReadOnlyList<StatementEntry> Fresh, StoreResult.Conflict? Conflict) Sift(IReadOnlyList<StatementEntry> batch)
    {
        var fresh = new List<StatementEntry>(batch.Count);
        foreach (var entry in batch)
        {
            if ((!entry.HasOwnId && !_again) || _rows.Find(entry.Id) is not { } stored) fresh.Add(entry);
            else if (!IsSame(stored, entry)) return ([], new StoreResult.Conflict(entry.Id));
        }
        return (fresh, null);
    }

    /// <summary>Stores statements that are not stored yet.</summary>
    public void Insert(IReadOnlyList<StatementEntry> fresh)
    {
        foreach (var entry in fresh) Insert(entry);
        _rows.Write();
    }

    /// <summary>Puts other agents in the places of some, in the statement and wherever it is found by them. Nothing else may differ that is linked.</summary>
    public void Rewrite(StoredRow row, bool voided, byte[] json)
    {
        var (before, after) = (FactsOf(row), FactsOf(row with { Json = json }));
        _rows.Replace(row.Sequence, json);
        if (voided)
        {
            _rows.UnlinkVoided(row.Sequence, before);
            _rows.LinkVoided(row.Sequence, after);
        }
        var above = Above(row.Id);
        foreach (var (old, now) in before.Agents.Zip(after.Agents).Where(a => a.First.Key != a.Second.Key))
        {
            _rows.Relink(row.Sequence, old, now, origin: 0);
            foreach (var referrer in above) _rows.Relink(referrer.Sequence, old, now, row.Sequence);
        }
        _rows.Write();
    }

    /// <summary>Deletes the statement. Those that refer to it are no longer found by what it said, nor by what it led to.</summary>
    public void Delete(StoredRow row)
    {
        var facts = FactsOf(row);
        var chain = ChainFrom(facts.Target, row.Id);
        _rows.Unlink(row.Sequence, facts);
        _rows.UnlinkVoided(row.Sequence, facts);
        foreach (var link in chain) _rows.Unlink(row.Sequence, link.Facts, link.Sequence);
        foreach (var referrer in Above(row.Id))
        {
            _rows.Unlink(referrer.Sequence, facts, row.Sequence);
            foreach (var link in chain) _rows.Unlink(referrer.Sequence, link.Facts, link.Sequence);
        }
        _rows.Delete(row.Sequence, facts.Target);
        _rows.Write();
    }

    public void Dispose()
    {
        _rows.Dispose();
        _stretch?.Dispose();
    }

    /// <summary>The statements that refer to this one, that refer to those, and so on.</summary>
    private List<StoredRow> Above(Guid id)
    {
        var (found, visited) = (new List<StoredRow>(), new HashSet<Guid> { id });
        var level = _rows.ReferrersOf(id);
        for (var depth = 0; level.Count > 0 && depth < Deepest; depth++)
        {
            var fresh = level.FindAll(r => visited.Add(r.Id));
            found.AddRange(fresh);
            level = fresh.SelectMany(r => _rows.ReferrersOf(r.Id)).ToList();
        }
        return found;
    }

    // All is decided before anything is written, so a refused batch leaves nothing behind.
    private StoreResult Store(IReadOnlyList<StatementEntry> batch)
    {
        var (fresh, conflict) = Sift(batch);
        if (conflict is not null) return conflict;
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
        var sequence = _stretch!.Next();
        var referrers = _rows.ReferrersOf(entry.Id);
        var voided = entry.Facts.Voids is null && referrers.Exists(r => MaySee(r.CentreId, entry.CentreId) && FactsOf(r).Voids == entry.Id);

        if (referrers.Count > 0) _latest = null; // it may make a chain longer
        _rows.Insert(sequence, entry, voided);
        Stored++;
        if (consumers?.Current is { Length: > 0 } current) Deliver(current, sequence, entry, voided ? referrers : []);
        if (voided) _rows.LinkVoided(sequence, entry.Facts);
        else _rows.Link(sequence, entry.Facts, origin: 0, entry.Defines);
        if (entry.Facts.Target is { } target) Follow(sequence, entry.Id, entry.CentreId, entry.Facts, target, voided, referrers.Count > 0 ? null : ChainOf(target, entry.Id));
        if (referrers.Count > 0) Lift(referrers, [(sequence, entry.CentreId, entry.Facts.Inherited), .. ChainFrom(entry.Facts.Target, entry.Id)], [entry.Id]);
    }

    /// <summary>Makes the delivery rows: of the statement, and of those that had voided it before it came.</summary>
    private void Deliver(ConsumerMatch[] current, long sequence, StatementEntry entry, List<StoredRow> referrers)
    {
        var victim = entry.Facts.Voids is { } id && _rows.Find(id) is { } row && MaySee(entry.CentreId, row.CentreId) ? FactsOf(row) : null;
        foreach (var consumer in current)
        {
            if (!consumer.Takes(entry.CentreId, entry.Facts, victim)) continue;
            _rows.Deliver(consumer.Number, sequence);
            foreach (var referrer in referrers)
                if (FactsOf(referrer).Voids == entry.Id) _rows.Deliver(consumer.Number, referrer.Sequence);
        }
    }

    private void Follow(
        long sequence, Guid id, Guid centreId, Facts facts, Guid target, bool voided, List<(long Sequence, Guid CentreId, Facts Facts)>? chain = null)
    {
        _rows.Refer(target, sequence);
        if (!voided) Inherit(sequence, centreId, chain ?? ChainFrom(target, id));
        if (facts.Voids is not null && _rows.Find(target) is { } victim && MaySee(centreId, victim.CentreId)) Void(victim);
    }

    private void Void(StoredRow victim)
    {
        var facts = FactsOf(victim);
        if (facts.Voids is not null) return; // A voiding statement can't be voided. (Data 2.3.2)
        _rows.Void(victim.Sequence);
        _rows.Unlink(victim.Sequence, facts);
        _rows.LinkVoided(victim.Sequence, facts);
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
                // Counted from each referrer, so that it makes no difference which came first.
                Inherit(referrer.Sequence, referrer.CentreId, chain.Take(Deepest - depth));
                above.AddRange(_rows.ReferrersOf(referrer.Id));
            }
            referrers = above;
        }
    }

    private void Inherit(long sequence, Guid centreId, IEnumerable<(long Sequence, Guid CentreId, Facts Facts)> chain)
    {
        foreach (var link in chain)
            if (link.Sequence != sequence && MaySee(centreId, link.CentreId)) _rows.Link(sequence, link.Facts, link.Sequence, defines: false);
    }

    /// <summary>The same for a statement that nobody refers to, so that no chain leads back to it.</summary>
    private List<(long Sequence, Guid CentreId, Facts Facts)> ChainOf(Guid target, Guid from)
    {
        if (target == from) return [];
        if (_latest is not { } latest || latest.Target != target) _latest = latest = (target, ChainFrom(target, from));
        return latest.Chain;
    }

    /// <summary>The statements that a target leads to, one after the other.</summary>
    private List<(long Sequence, Guid CentreId, Facts Facts)> ChainFrom(Guid? target, Guid from)
    {
        var chain = new List<(long, Guid, Facts)>();
        var visited = new HashSet<Guid> { from };
        while (target is { } id && visited.Add(id) && chain.Count < Deepest && _rows.Find(id) is { } row)
        {
            var facts = FactsOf(row);
            chain.Add((row.Sequence, row.CentreId, facts.Inherited));
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
