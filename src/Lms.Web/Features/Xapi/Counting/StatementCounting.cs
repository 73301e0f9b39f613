using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Counting;

/// <summary>
/// Counts statements behind the back of those who write them. It follows the order of storage as far as it is complete, and saves how far
/// it came in the same commit as the counts: whenever it is killed, each statement is counted once. What a statement counts follows from
/// the order alone: a voiding statement takes away what its target had added, if that came before it; a target that comes later is not counted.
/// </summary>
public sealed class StatementCounting(LmsDbContext db, StatementClock clock, NameFinder names)
{
    public const int Batch = 2_000;

    /// <summary>Counts the next statements. Returns how many there were; less than <see cref="Batch"/> says that it is up to date.</summary>
    public async Task<int> AdvanceAsync(CancellationToken ct)
    {
        var cursor = await CursorAsync(ct);
        var through = (await clock.ConsistentThroughAsync(ct)).Ticks;
        var rows = await db.Statements.IgnoreQueryFilters().AsNoTracking().Where(s => s.Sequence > cursor.Sequence && s.Sequence <= through)
            .OrderBy(s => s.Sequence).Take(Batch).ToListAsync(ct);
        if (rows.Count == 0) return 0;

        var hub = await db.Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).FirstAsync(ct);
        var changes = new CountChanges(db, names);
        foreach (var row in rows) await TakeAsync(row, changes, hub, ct);

        var (from, version, to) = (cursor.Sequence, cursor.Version, rows[^1].Sequence);
        return await db.TransactionAsync(async () =>
        {
            // Another process may have been quicker, or something been deleted meanwhile: then nothing of this holds.
            if (await db.StatementCursors.Where(c => c.Name == StatementCursor.Counts && c.Sequence == from && c.Version == version)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Sequence, to), ct) == 0) return Batch;
            await changes.SaveAsync(ct);
            return rows.Count;
        }, ct);
    }

    /// <summary>Takes statements that are about to be deleted out of the counts, within the transaction that deletes them.</summary>
    public async Task ForgetAsync(IReadOnlyList<StoredStatement> statements, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statements);
        // Holds the counting up from here to the end of the transaction.
        await db.StatementCursors.Where(c => c.Name == StatementCursor.Counts).ExecuteUpdateAsync(set => set.SetProperty(c => c.Version, c => c.Version + 1), ct);
        var cursor = await CursorAsync(ct);
        var hub = await db.Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).FirstAsync(ct);
        var changes = new CountChanges(db, names);
        foreach (var row in statements)
        {
            if (row.Sequence > cursor.Sequence) continue;
            // Voided, it counts only while the counting has not come to the voiding statement.
            if (row.Voided && !(await FirstVoiderAsync(row, hub, ct) > cursor.Sequence)) continue;
            using var json = JsonDocument.Parse(row.Json);
            await changes.AddAsync(row.Sequence, row.CentreId, json.RootElement, -1, ct);
        }
        await changes.SaveAsync(ct);
    }

    /// <summary>How far the counting has come.</summary>
    public async Task<StatementCursor> CursorAsync(CancellationToken ct)
    {
        if (await FindAsync() is { } known) return known;
        return await db.RetryAsync(async () =>
        {
            if (await FindAsync() is { } added) return added;
            var cursor = new StatementCursor { Name = StatementCursor.Counts };
            db.Add(cursor);
            await db.SaveChangesAsync(ct);
            return cursor;
        });

        Task<StatementCursor?> FindAsync() => db.StatementCursors.AsNoTracking().SingleOrDefaultAsync(c => c.Name == StatementCursor.Counts, ct);
    }

    private async Task TakeAsync(StoredStatement row, CountChanges changes, Guid hub, CancellationToken ct)
    {
        using var json = JsonDocument.Parse(row.Json);
        if (!row.Voided || await FirstVoiderAsync(row, hub, ct) > row.Sequence) await changes.AddAsync(row.Sequence, row.CentreId, json.RootElement, 1, ct);
        if (StatementLinks.Of(json.RootElement).Voids is not { } targetId) return;

        var target = await db.Statements.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(s => s.Id == targetId, ct);
        if (target is not { Voided: true } || target.Sequence > row.Sequence || await FirstVoiderAsync(target, hub, ct) != row.Sequence) return;
        using var victim = JsonDocument.Parse(target.Json);
        await changes.AddAsync(target.Sequence, target.CentreId, victim.RootElement, -1, ct);
    }

    private async Task<long?> FirstVoiderAsync(StoredStatement target, Guid hub, CancellationToken ct)
    {
        var referrers = await db.Set<StatementReference>().Where(r => r.TargetId == target.Id).OrderBy(r => r.Sequence)
            .Join(db.Statements.IgnoreQueryFilters(), r => r.Sequence, s => s.Sequence, (_, s) => s).AsNoTracking()
            .Where(s => s.CentreId == target.CentreId || s.CentreId == hub).OrderBy(s => s.Sequence).ToListAsync(ct);
        foreach (var referrer in referrers)
        {
            using var json = JsonDocument.Parse(referrer.Json);
            if (StatementLinks.Of(json.RootElement).Voids == target.Id) return referrer.Sequence;
        }
        return null;
    }
}

/// <summary>
/// Keeps the counts up to date while the site serves. Writers go first: it waits until nothing has been stored for a second, and even when they
/// never rest it does only some of its work once a minute.
/// </summary>
internal sealed class StatementCounter(IServiceScopeFactory scopes, StatementClock clock, Locks locks, ILogger<StatementCounter> log) : BackgroundService
{
    private const int MostBatches = 10;
    private const int MostPauses = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitForQuietAsync(stoppingToken);
                // Of several processes one counts; what the others counted would be thrown away.
                await using var mine = await locks.TryTakeAsync("counting", stoppingToken);
                for (var batch = 0; mine is not null && batch < MostBatches && await AdvanceAsync(stoppingToken) == StatementCounting.Batch; batch++) { }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A full disk or a locked database must not end the counting for good.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogError(failure, "Statements could not be counted; trying again");
                await Task.Delay(5 * Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitForQuietAsync(CancellationToken ct)
    {
        for (var pause = 0; pause < MostPauses; pause++)
        {
            var written = clock.Advance;
            if (await Task.WhenAny(written, Task.Delay(Pause, ct)) != written) return;
            await Task.Delay(Pause, ct);
        }
    }

    private async Task<int> AdvanceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        return await scope.ServiceProvider.GetRequiredService<StatementCounting>().AdvanceAsync(ct);
    }
}
