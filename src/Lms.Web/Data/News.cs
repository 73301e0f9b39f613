namespace Lms.Web.Data;

/// <summary>
/// Wakes the other processes on the database when there is something to look at. It says nothing else and may be lost: whoever waits looks from time
/// to time anyway.
/// </summary>
public abstract class News
{
    /// <summary>Returns when another process tells, or when <paramref name="atMost"/> is over.</summary>
    public virtual Task WaitAsync(TimeSpan atMost, CancellationToken ct) => Task.Delay(atMost, ct);

    public virtual Task TellAsync(CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Where processes only look from time to time.</summary>
internal sealed class NoNews : News;

/// <summary>Set when this process has stored something that others may wait for: they are told soon, and of many things at once.</summary>
public sealed class NodeSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        if (_signal.CurrentCount > 0) return;
        try { _signal.Release(); }
        catch (SemaphoreFullException) { /* somebody else was quicker: they are told all the same */ }
    }

    public Task WaitAsync(CancellationToken ct) => _signal.WaitAsync(ct);

    public void Dispose() => _signal.Dispose();
}
