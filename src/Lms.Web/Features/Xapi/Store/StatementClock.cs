namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// Gives out sequence numbers: times of storage in ticks, each given once and never lower than one before, whatever the machine's
/// clock does. It knows which are given out and not yet committed, and so since when a reader has seen all. (Communication 2.1.3)
/// </summary>
public sealed class StatementClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<long> _open = [];
    private long _last;
    private TaskCompletionSource? _advance;

    /// <summary>Continues after what is stored already.</summary>
    public void StartAfter(long sequence)
    {
        lock (_lock) _last = Math.Max(_last, sequence);
    }

    /// <summary>The next number.</summary>
    public long Next()
    {
        lock (_lock) return Take();
    }

    /// <summary>Opens a stretch of writing: until it is disposed of, nothing from its start on counts as complete.</summary>
    public Lease Open()
    {
        lock (_lock)
        {
            var start = Take();
            _open.Add(start);
            return new Lease(this, start);
        }
    }

    /// <summary>Every statement stored up to here can be read, now and for ever.</summary>
    public DateTime ConsistentThrough
    {
        get
        {
            lock (_lock) return new DateTime((_open.Count == 0 ? Take() : _open.Min) - 1, DateTimeKind.Utc);
        }
    }

    /// <summary>Done when <see cref="ConsistentThrough"/> has moved past more writing. Take it before reading, or what comes in between is missed.</summary>
    public Task Advance
    {
        get
        {
            lock (_lock) return (_advance ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private long Take() => _last = Math.Max(_last + 1, time.GetUtcNow().UtcTicks);

    private void Close(long start)
    {
        TaskCompletionSource? advance;
        lock (_lock)
        {
            _open.Remove(start);
            (advance, _advance) = (_advance, null);
        }
        // A writer only says that there is something: whoever waits reads it from the store at its own pace.
        advance?.SetResult();
    }

    public sealed class Lease(StatementClock clock, long start) : IDisposable
    {
        public void Dispose() => clock.Close(start);
    }
}
