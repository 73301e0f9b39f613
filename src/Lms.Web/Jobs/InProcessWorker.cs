namespace Lms.Web.Jobs;

/// <summary>Runs jobs in the web process: at once when this process commits a message, and by polling for all else.</summary>
internal sealed class InProcessWorker(JobRunner runner, OutboxSignal signal, ILogger<InProcessWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await runner.RunDueAsync(stoppingToken) == 0) await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A full disk or a locked database must not end the worker for good.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogError(failure, "The job worker could not reach its queue; trying again");
                await Task.Delay(Poll, stoppingToken);
            }
        }
    }
}

/// <summary>Wakes the worker when this process commits a message.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        if (_signal.CurrentCount > 0) return;
        try { _signal.Release(); }
        catch (SemaphoreFullException) { /* another commit was quicker: the worker wakes all the same */ }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);

    public void Dispose() => _signal.Dispose();
}
