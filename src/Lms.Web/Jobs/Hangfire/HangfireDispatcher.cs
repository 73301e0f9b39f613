using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Jobs.Hangfire;

/// <summary>
/// Hands the ids of due rows to Hangfire, a few of each queue at a time. A row that is handed over keeps a date by which it should have begun; whatever
/// loses it on the way, it is handed over again then.
/// </summary>
internal sealed class HangfireDispatcher(
    JobRunner runner, JobRegistry jobs, RecurringJobs recurring, IServiceScopeFactory scopes, IBackgroundJobClientV2 client, IRecurringJobManagerV2 schedules,
    JobStorage storage, OutboxSignal signal, TimeProvider clock, ILogger<HangfireDispatcher> log) : JobLoop(signal, log)
{
    /// <summary>Rows of a queue that wait at Hangfire at the same time. The rest waits where it is, so that a queue of a million is not written twice.</summary>
    public const int MostWaiting = 32;
    private bool _scheduled;

    protected override async Task DispatchAsync(CancellationToken ct)
    {
        if (!_scheduled) await ScheduleAsync(ct);
        _scheduled = true;
        foreach (var queue in Enum.GetValues<JobQueue>()) await HandOverAsync(queue, ct);
    }

    private async Task HandOverAsync(JobQueue queue, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        var outbox = scope.ServiceProvider.GetRequiredService<LmsDbContext>().Outbox;
        var now = clock.GetUtcNow().UtcDateTime;
        var waiting = await outbox.CountAsync(m => m.State == JobState.Pending && m.Queue == queue && m.LeaseUntil >= now, ct);
        if (waiting >= MostWaiting) return;
        foreach (var id in await runner.DueAsync(queue, MostWaiting - waiting, ct))
        {
            var begins = now + JobRunner.Lease;
            // Of several processes one hands it over.
            if (await outbox.Where(m => m.Id == id && (m.LeaseUntil == null || m.LeaseUntil < now) && m.State != JobState.Failed).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, JobState.Pending).SetProperty(m => m.LeaseUntil, begins), ct) == 0) continue;
            var name = await outbox.Where(m => m.Id == id).Select(m => m.Job).SingleAsync(ct);
            client.Create(Job.FromExpression<HangfireJobs>(hangfire => hangfire.RunAsync(id, name, CancellationToken.None)), new EnqueuedState(HangfireProvider.NameOf(queue)));
        }
    }

    /// <summary>Gives Hangfire the list of recurring jobs, and no others.</summary>
    private async Task ScheduleAsync(CancellationToken ct)
    {
        await recurring.AddDueAsync(ct);
        foreach (var job in jobs.Recurring)
        {
            var name = job.Name;
            schedules.AddOrUpdate(name, Job.FromExpression<HangfireJobs>(hangfire => hangfire.AskAsync(name, CancellationToken.None), HangfireProvider.NameOf(JobQueue.Default)),
                job.Schedule!.Cron, new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
        }
        using var connection = storage.GetConnection();
        foreach (var old in connection.GetRecurringJobs().Where(known => jobs.Recurring.All(job => job.Name != known.Id))) schedules.RemoveIfExists(old.Id);
    }
}
