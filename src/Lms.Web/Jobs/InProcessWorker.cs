using System.Collections.Concurrent;

namespace Lms.Web.Jobs;

/// <summary>
/// Runs jobs in the web process: at once when this process commits a message, and by polling for all else. Each crew has its own places, so that
/// a long job keeps nobody of another queue waiting.
/// </summary>
internal sealed class InProcessWorker(JobRunner runner, JobWorkers workers, RecurringJobs recurring, OutboxSignal signal, ILogger<InProcessWorker> log)
    : JobLoop(signal, log)
{
    private readonly IReadOnlyList<JobCrew> _crews = workers.Crews;
    private readonly ConcurrentDictionary<long, (JobCrew Crew, Task Run)> _running = new();

    protected override async Task DispatchAsync(CancellationToken ct)
    {
        await recurring.AddDueAsync(ct);
        foreach (var crew in _crews)
        {
            foreach (var queue in crew.Queues)
            {
                var free = crew.Workers - _running.Values.Count(r => r.Crew == crew);
                if (free <= 0) break;
                // What was just begun may not be claimed yet.
                var due = await runner.DueAsync(queue, free + _running.Count, ct);
                foreach (var id in due.Where(id => !_running.ContainsKey(id)).Take(free)) Start(crew, id, ct);
            }
        }
    }

    protected override Task StoppedAsync() => Task.WhenAll(_running.Values.Select(r => r.Run));

    private void Start(JobCrew crew, long id, CancellationToken ct)
    {
        var begin = new TaskCompletionSource();
        _running[id] = (crew, RunAsync(id, begin.Task, ct));
        begin.SetResult();
    }

    private async Task RunAsync(long id, Task begin, CancellationToken ct)
    {
        await begin.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var free = false;
        try
        {
            await runner.RunAsync(id, ct);
            free = true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopping: its row is given back.
        }
#pragma warning disable CA1031 // A full disk or a locked database must not end the worker for good.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.LogError(failure, "Job {Id} could not be claimed or put back; its lease decides", id);
        }
        finally
        {
            _running.TryRemove(id, out _);
            if (free) Wake();
        }
    }
}
