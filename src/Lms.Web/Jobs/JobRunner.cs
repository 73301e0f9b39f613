using System.Diagnostics;
using Lms.Web.Data;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Jobs;

/// <summary>What became of a row that was to be run.</summary>
/// <param name="Taken">False when it was done, not due, or somebody else had it.</param>
public readonly record struct JobRun(bool Taken, Exception? Failure = null);

/// <summary>
/// Claims outbox rows with a lease and runs their jobs. The lease is renewed while a job runs; a process that dies lets it run out, and the job
/// runs again. Several processes may share one database.
/// </summary>
public sealed class JobRunner(IServiceScopeFactory scopes, JobRegistry jobs, TimeProvider clock, SiteMetrics metrics, ILogger<JobRunner> log)
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private const int Batch = 32;

    /// <summary>Runs all that is due now, one after the other and the most urgent first. Returns how many rows it took on.</summary>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        var taken = 0;
        foreach (var queue in new[] { JobQueue.Critical, JobQueue.Default, JobQueue.Bulk })
            foreach (var id in await DueAsync(queue, Batch, ct))
                if ((await RunAsync(id, ct)).Taken) taken++;
        return taken;
    }

    /// <summary>The rows of a queue that are due and that nobody has: what was left behind first, then the longest due.</summary>
    public async Task<List<long>> DueAsync(JobQueue queue, int most, CancellationToken ct)
    {
        var now = Now;
        await using var scope = NewScope(out var db);
        var waiting = db.Outbox.Where(m => m.Queue == queue);
        // Two questions, each of which an index answers without looking at all that waits.
        var due = await waiting.Where(m => m.State == JobState.Running && m.LeaseUntil < now).OrderBy(m => m.Id).Select(m => m.Id).Take(most).ToListAsync(ct);
        if (due.Count < most)
        {
            due.AddRange(await waiting.Where(m => m.State == JobState.Pending && m.DueAt <= now && (m.LeaseUntil == null || m.LeaseUntil < now))
                .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Select(m => m.Id).Take(most - due.Count).ToListAsync(ct));
        }
        return due;
    }

    /// <summary>Runs a row's job, if it is due and nobody else does.</summary>
    public async Task<JobRun> RunAsync(long id, CancellationToken ct)
    {
        if (await ClaimAsync(id, ct) is not { } row) return new JobRun(Taken: false);
        var since = Stopwatch.GetTimestamp();
        using var span = Telemetry.StartLinked($"job {row.Job}", ActivityKind.Consumer, [Telemetry.CauseOf(row.Payload)]);
        using var job = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewing = RenewAsync(row, job);
        try
        {
            await using var scope = NewScope(out var db);
            await jobs.RunAsync(scope.ServiceProvider, row.Job, row.Payload, job.Token);
            await db.Outbox.Where(m => m.Id == id).ExecuteDeleteAsync(CancellationToken.None);
            metrics.JobRan(row.Job, "done", since);
            return new JobRun(Taken: true);
        }
        catch (OperationCanceledException) when (job.IsCancellationRequested)
        {
            // Stopping, or another process has taken it over: then there is nothing to give back.
            await GiveBackAsync(row);
            ct.ThrowIfCancellationRequested();
            return new JobRun(Taken: true);
        }
#pragma warning disable CA1031 // Whatever a job throws belongs on its row, where a person can see it and retry.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            metrics.JobRan(row.Job, "failed", since);
            span.Failed(failure);
            log.LogWarning(failure, "Job {Job} {Id} failed on try {Attempt}", row.Job, id, row.Attempts);
            await RecordFailureAsync(row, failure.ToString(), CancellationToken.None);
            return new JobRun(Taken: true, failure);
        }
        finally
        {
            await job.CancelAsync();
            await renewing;
        }
    }

    private async Task<OutboxMessage?> ClaimAsync(long id, CancellationToken ct)
    {
        var now = Now;
        await using var scope = NewScope(out var db);
        var claimed = await db.Outbox
            .Where(m => m.Id == id && ((m.State == JobState.Pending && m.DueAt <= now) || (m.State == JobState.Running && m.LeaseUntil < now)))
            .ExecuteUpdateAsync(row => row
                .SetProperty(m => m.State, JobState.Running)
                .SetProperty(m => m.Attempts, m => m.Attempts + 1)
                .SetProperty(m => m.LeaseUntil, now + Lease), ct);
        return claimed == 1 ? await db.Outbox.AsNoTracking().SingleAsync(m => m.Id == id, ct) : null;
    }

    private async Task RenewAsync(OutboxMessage row, CancellationTokenSource job)
    {
        using var timer = new PeriodicTimer(Lease / 4);
        try
        {
            while (await timer.WaitForNextTickAsync(job.Token))
            {
                var until = Now + Lease;
                if (await TryAsync(row, "renewed", mine => mine.ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseUntil, until), job.Token)) == 0) await job.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The job is over.
        }
    }

    private Task<int?> GiveBackAsync(OutboxMessage row) => TryAsync(row, "given back", mine => mine.ExecuteUpdateAsync(set => set
        .SetProperty(m => m.State, JobState.Pending)
        .SetProperty(m => m.LeaseUntil, (DateTime?)null)
        .SetProperty(m => m.Attempts, m => m.Attempts - 1)));

    /// <summary>Changes the row if this claim still holds. Null when the database can't be reached: then the lease decides.</summary>
    private async Task<int?> TryAsync(OutboxMessage row, string what, Func<IQueryable<OutboxMessage>, Task<int>> change)
    {
        try
        {
            await using var scope = NewScope(out var db);
            return await change(Mine(db, row));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogWarning(failure, "The lease of job {Job} {Id} could not be {What}", row.Job, row.Id, what);
            return null;
        }
    }

    private async Task RecordFailureAsync(OutboxMessage claim, string error, CancellationToken ct)
    {
        await using var scope = NewScope(out var db);
        if (await Mine(db, claim).SingleOrDefaultAsync(ct) is not { } row) return;
        row.Fail(error, Now);
        await db.SaveChangesAsync(ct);
    }

    // Each claim counts one try, so that the number says whose it is.
    private static IQueryable<OutboxMessage> Mine(LmsDbContext db, OutboxMessage claim) =>
        db.Outbox.Where(m => m.Id == claim.Id && m.State == JobState.Running && m.Attempts == claim.Attempts);

    private AsyncServiceScope NewScope(out LmsDbContext db)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        return scope;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
