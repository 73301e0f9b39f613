namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>Wakes the forwarder when this process has written delivery rows, or a person has changed a consumer.</summary>
public sealed class ForwarderSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        if (_signal.CurrentCount > 0) return;
        try { _signal.Release(); }
        catch (SemaphoreFullException) { /* another commit was quicker: the forwarder wakes all the same */ }
    }

    /// <summary>Something whose disposal wakes it: for a unit of work that lets go when it has saved.</summary>
    public IDisposable WhenDisposed() => new Wake(this);

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);

    public void Dispose() => _signal.Dispose();

    private sealed class Wake(ForwarderSignal signal) : IDisposable
    {
        public void Dispose() => signal.Set();
    }
}
