using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Consumers;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// Stores received statements in a unit of work of the caller's, so that what follows from them is the same commit. Where nothing follows,
/// <see cref="StatementCommitter"/> is faster: there many senders share one wait for the disk.
/// </summary>
public sealed class StatementUnits(
    LmsDbContext db, StatementClock clock, KnownNames names, ConsumerMatches consumers, ForwarderSignal forwarder, OutboxSignal outbox, StatementMetrics metrics)
{
    /// <summary>Begins a transaction, in which nobody else writes.</summary>
    public async Task<StatementUnit> BeginAsync(CancellationToken ct)
    {
        await consumers.LoadAsync(ct);
        var hub = await db.Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).FirstAsync(ct);
        var transaction = await db.Database.BeginTransactionAsync(ct);
        var session = new StatementSession(db, names, hub, consumers);
        await session.JoinAsync(transaction.GetDbTransaction(), clock, ct);
        return new StatementUnit(db, transaction, session, Committed);
    }

    private void Committed(int statements)
    {
        metrics.Committed(statements);
        if (consumers.Current.Length > 0) forwarder.Set();
        if (db.CarriesMessages) outbox.Set();
    }
}

/// <summary>A unit of work that stores statements. Without <see cref="CommitAsync"/> nothing has happened.</summary>
public sealed class StatementUnit : IAsyncDisposable
{
    private readonly LmsDbContext _db;
    private readonly IDbContextTransaction _transaction;
    private readonly StatementSession _session;
    private readonly Action<int> _committed;
    private bool _done;

    internal StatementUnit(LmsDbContext db, IDbContextTransaction transaction, StatementSession session, Action<int> committed) =>
        (_db, _transaction, _session, _committed) = (db, transaction, session, committed);

    /// <summary>Those of a batch that are not stored yet; a conflict when one's id belongs to a statement that says something else.</summary>
    public (IReadOnlyList<StatementEntry> Fresh, StoreResult.Conflict? Conflict) Sift(IReadOnlyList<StatementEntry> batch) => _session.Sift(batch);

    /// <summary>Stores what <see cref="Sift"/> found to be new.</summary>
    public void Store(IReadOnlyList<StatementEntry> fresh) => _session.Insert(fresh);

    /// <summary>Saves what is on the context, and commits.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        await _db.SaveChangesAsync(ct);
        await _transaction.CommitAsync(ct);
        _done = true;
        _session.Committed();
        _committed(_session.Stored);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_done) _session.RolledBack();
        await _transaction.DisposeAsync();
        _session.Dispose();
    }
}
