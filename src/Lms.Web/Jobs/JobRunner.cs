using System.Diagnostics;
using Lms.Web.Data;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Jobs;

/// <summary>
/// Claims due outbox rows with a lease and runs them. A process that dies leaves its lease to run out, and the job runs
/// again; several processes may share one database.
/// </summary>
public sealed class JobRunner(IServiceScopeFactory scopes, JobRegistry jobs, TimeProvider clock, SiteMetrics metrics, ILogger<JobRunner> log)
{
    private const int Batch = 32;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AtStop = TimeSpan.FromSeconds(10);

    /// <summary>Runs what is due now. Returns how many rows it took on.</summary>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        var taken = 0;
        foreach (var id in await DueAsync(ct))
        {
            if (await ClaimAsync(id, ct)) { taken++; await RunAsync(id, ct); }
        }
        return taken;
    }

    private async Task<List<long>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var scope = NewScope(out var db);
        return await db.Outbox
            .Where(m => (m.State == JobState.Pending && m.DueAt <= now) || (m.State == JobState.Running && m.LeaseUntil < now))
            .OrderBy(m => m.DueAt).ThenBy(m => m.Id)
            .Select(m => m.Id).Take(Batch).ToListAsync(ct);
    }

    private async Task<bool> ClaimAsync(long id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var scope = NewScope(out var db);
        return await db.Outbox
            .Where(m => m.Id == id && ((m.State == JobState.Pending && m.DueAt <= now) || (m.State == JobState.Running && m.LeaseUntil < now)))
            .ExecuteUpdateAsync(row => row
                .SetProperty(m => m.State, JobState.Running)
                .SetProperty(m => m.Attempts, m => m.Attempts + 1)
                .SetProperty(m => m.LeaseUntil, now + Lease), ct) == 1;
    }

    private async Task RunAsync(long id, CancellationToken ct)
    {
        await using var scope = NewScope(out var db);
        var row = await db.Outbox.AsNoTracking().SingleAsync(m => m.Id == id, ct);
        var since = Stopwatch.GetTimestamp();
        using var grace = new Grace(AtStop, ct);
        using var span = Telemetry.Source.StartActivity($"job {row.Job}", ActivityKind.Consumer);
        try
        {
            await jobs.RunAsync(scope.ServiceProvider, row.Job, row.Payload, grace.Token);
            await db.Outbox.Where(m => m.Id == id).ExecuteDeleteAsync(CancellationToken.None);
            metrics.JobRan(row.Job, "done", since);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await GiveBackAsync(id);
            throw;
        }
#pragma warning disable CA1031 // Whatever a job throws belongs on its row, where a person can see it and retry.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            metrics.JobRan(row.Job, "failed", since);
            span.Failed(failure);
            log.LogWarning(failure, "Job {Job} {Id} failed on try {Attempt}", row.Job, id, row.Attempts);
            await RecordFailureAsync(id, failure.ToString(), CancellationToken.None);
        }
    }

    /// <summary>The site stops: the job runs again as soon as a process takes it, and this was no try.</summary>
    private async Task GiveBackAsync(long id)
    {
        await using var scope = NewScope(out var db);
        await db.Outbox.Where(m => m.Id == id && m.State == JobState.Running).ExecuteUpdateAsync(row => row
            .SetProperty(m => m.State, JobState.Pending)
            .SetProperty(m => m.Attempts, m => m.Attempts - 1)
            .SetProperty(m => m.LeaseUntil, (DateTime?)null));
    }

    private async Task RecordFailureAsync(long id, string error, CancellationToken ct)
    {
        await using var scope = NewScope(out var db);
        var row = await db.Outbox.SingleAsync(m => m.Id == id, ct);
        row.Fail(error, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
    }

    private AsyncServiceScope NewScope(out LmsDbContext db)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        return scope;
    }
}
