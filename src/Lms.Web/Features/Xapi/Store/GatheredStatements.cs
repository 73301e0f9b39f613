using System.Data.Common;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// For databases at the other end of a wire, where a command costs more than a row: reads ahead what is asked about a group of statements, and
/// gathers the rows that they become, so that a hundred statements cost no more trips than one.
/// </summary>
internal sealed class GatheredStatements(LmsDbContext db)
{
    private readonly Dictionary<Guid, StoredRow?> _known = [];
    private readonly Dictionary<Guid, List<StoredRow>> _referrers = [];
    private readonly GatheredRows _statements = new("Statements", false,
        ("Sequence", typeof(long)), ("Id", typeof(Guid)), ("CentreId", typeof(Guid)), ("Timestamp", typeof(DateTime?)), ("Voided", typeof(bool)), ("Json", typeof(byte[])));
    private readonly GatheredRows _references = new("StatementReferences", false, ("TargetId", typeof(Guid)), ("Sequence", typeof(long)));
    private readonly GatheredRows _deliveries = new("StatementDeliveries", true, ("Consumer", typeof(int)), ("Sequence", typeof(long)));
    private readonly List<GatheredRows> _links = [];

    public GatheredRows Links(string table, params (string Name, Type Type)[] columns)
    {
        var links = new GatheredRows(table, orIgnore: true, columns);
        _links.Add(links);
        return links;
    }

    /// <summary>Reads what is there of the statements, and of those that refer to them.</summary>
    public void ReadAhead(IReadOnlyList<StatementEntry> entries)
    {
        Forget();
        var ids = entries.Select(e => e.Id).Distinct().ToList();
        var known = entries.Select(e => e.Facts.Target).OfType<Guid>().Union(ids).ToList();
        known.ForEach(id => _known[id] = null);
        ids.ForEach(id => _referrers[id] = []);
        foreach (var row in db.Statements.IgnoreQueryFilters().AsNoTracking().Where(s => known.Contains(s.Id)).Select(s => new StoredRow(s.Sequence, s.Id, s.CentreId, s.Json)))
            _known[row.Id] = row;
        var referrers = db.Set<StatementReference>().Where(r => ids.Contains(r.TargetId))
            .Join(db.Statements.IgnoreQueryFilters(), r => r.Sequence, s => s.Sequence, (r, s) => new { r.TargetId, Row = new StoredRow(s.Sequence, s.Id, s.CentreId, s.Json) });
        foreach (var referrer in referrers) _referrers[referrer.TargetId].Add(referrer.Row);
    }

    public bool Knows(Guid id, out StoredRow? row) => _known.TryGetValue(id, out row);

    public List<StoredRow>? ReferrersOf(Guid id) => _referrers.GetValueOrDefault(id);

    public void Insert(long sequence, StatementEntry entry, bool voided)
    {
        _statements.Add(sequence, entry.Id, entry.CentreId, entry.Timestamp, voided, entry.Json);
        _known[entry.Id] = new StoredRow(sequence, entry.Id, entry.CentreId, entry.Json);
    }

    public void Refer(Guid target, long sequence)
    {
        _references.Add(target, sequence);
        _referrers.Remove(target);
    }

    public void Deliver(int consumer, long sequence) => _deliveries.Add(consumer, sequence);

    /// <summary>Writes what was gathered, the names first.</summary>
    public void Write(DbTransaction transaction, IEnumerable<GatheredRows> names)
    {
        GatheredRows[] all = [.. names, _statements, .. _links, _references, _deliveries];
        var filled = Array.FindAll(all, rows => rows.Count > 0);
        if (filled.Length == 0) return;
        db.WriteTogether(transaction, filled);
        Array.ForEach(filled, rows => rows.Clear());
    }

    /// <summary>Forgets what was read and gathered.</summary>
    public void Forget()
    {
        _known.Clear();
        _referrers.Clear();
        foreach (var rows in _links.Concat([_statements, _references, _deliveries])) rows.Clear();
    }
}
