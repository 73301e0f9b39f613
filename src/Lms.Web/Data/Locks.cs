using System.Collections.Concurrent;

namespace Lms.Web.Data;

/// <summary>Locks by name for work that takes longer than a transaction, held against all processes on the database.</summary>
public abstract class Locks
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes the lock, which is held until it is disposed of, or the process dies; null when somebody has it.</summary>
    public abstract ValueTask<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken ct);

    /// <summary>Takes the lock when it is free.</summary>
    public async ValueTask<IAsyncDisposable> TakeAsync(string name, CancellationToken ct)
    {
        while (true)
        {
            if (await TryTakeAsync(name, ct) is { } taken) return taken;
            await Task.Delay(Again, ct);
        }
    }
}

/// <summary>Where one process has the database to itself.</summary>
internal sealed class LocalLocks : Locks
{
    private readonly ConcurrentDictionary<string, byte> _taken = new(StringComparer.Ordinal);

    public override ValueTask<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken ct) => new(_taken.TryAdd(name, 0) ? new Held(_taken, name) : null);

    private sealed class Held(ConcurrentDictionary<string, byte> taken, string name) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            taken.TryRemove(name, out _);
            return ValueTask.CompletedTask;
        }
    }
}
