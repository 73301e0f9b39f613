namespace Lms.Web.Jobs;

/// <summary>Looks after due rows: when this process has committed some, and every few seconds.</summary>
internal abstract class JobLoop(OutboxSignal signal, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    protected ILogger Log { get; } = log;

    /// <summary>Takes on what is due, as far as there is room.</summary>
    protected abstract Task DispatchAsync(CancellationToken ct);

    /// <summary>Waits for what is still running.</summary>
    protected virtual Task StoppedAsync() => Task.CompletedTask;

    /// <summary>There is room again.</summary>
    protected void Wake() => signal.Set();

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DispatchAsync(stoppingToken);
                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // A full disk or a locked database must not end the worker for good.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Log.LogError(failure, "The job worker could not reach its queue; trying again");
                await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await StoppedAsync();
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
