using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Lms.Web.Features.Packages;

/// <summary>Uploads that are to be imported, and how far that has come.</summary>
public sealed class ImportQueue
{
    private readonly Channel<Guid> _waiting = Channel.CreateUnbounded<Guid>();
    private readonly ConcurrentDictionary<Guid, double> _progress = new();

    public void Add(Guid id) => _waiting.Writer.TryWrite(id);

    /// <summary>From 0 to 1; null while it waits, and when it is done.</summary>
    public double? Progress(Guid id) => _progress.TryGetValue(id, out var progress) ? progress : null;

    internal IAsyncEnumerable<Guid> ReadAllAsync(CancellationToken ct) => _waiting.Reader.ReadAllAsync(ct);

    internal void Report(Guid id, double progress) => _progress[id] = progress;

    internal void Done(Guid id) => _progress.TryRemove(id, out _);
}
