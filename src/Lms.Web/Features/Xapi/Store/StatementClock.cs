using System.Data.Common;
using Lms.Web.Data;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// Gives out sequence numbers: times of storage in ticks, each given once and never lower than one before, whatever the machine's
/// clock does. It knows which are given out and not yet committed, and so since when a reader has seen all. (Communication 2.1.3)
/// </summary>
public abstract class StatementClock
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _advance;

    /// <summary>Continues after what is stored already.</summary>
    public abstract void StartAfter(long sequence);

    /// <summary>Opens a stretch of writing: until the unit of work is saved, nothing from its start on counts as complete.</summary>
    public abstract ValueTask<StatementStretch> OpenAsync(LmsDbContext unit, CancellationToken ct);

    /// <summary>Opens a stretch that ends with the transaction, and is to be disposed of after it.</summary>
    public abstract ValueTask<StatementStretch> OpenAsync(DbTransaction transaction, CancellationToken ct);

    /// <summary>Every statement stored up to here can be read, now and for ever.</summary>
    public abstract ValueTask<DateTime> ConsistentThroughAsync(CancellationToken ct);

    /// <summary>Done when <see cref="ConsistentThroughAsync"/> has moved past more writing. Take it before reading, or what comes in between is missed.</summary>
    public Task Advance
    {
        get
        {
            lock (_lock) return (_advance ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>A writer only says that there is something: whoever waits reads it from the store at its own pace.</summary>
    internal void SayAdvanced()
    {
        TaskCompletionSource? advance;
        lock (_lock) (advance, _advance) = (_advance, null);
        advance?.SetResult();
    }
}

/// <summary>A stretch of the order in which somebody writes.</summary>
public abstract class StatementStretch : IDisposable
{
    /// <summary>The next number.</summary>
    public abstract long Next();

    public abstract void Dispose();
}
