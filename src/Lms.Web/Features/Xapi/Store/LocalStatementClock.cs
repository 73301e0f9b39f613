using System.Data.Common;
using Lms.Web.Data;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>The order where one process has the database to itself: all that is on its way is known here.</summary>
internal sealed class LocalStatementClock(TimeProvider time) : StatementClock
{
    private readonly Lock _lock = new();
    private readonly SortedSet<long> _open = [];
    private long _last;

    /// <summary>Every statement stored up to here can be read, now and for ever.</summary>
    public DateTime ConsistentThrough
    {
        get
        {
            lock (_lock) return new DateTime((_open.Count == 0 ? Take() : _open.Min) - 1, DateTimeKind.Utc);
        }
    }

    public override void StartAfter(long sequence)
    {
        lock (_lock) _last = Math.Max(_last, sequence);
    }

    public override ValueTask<StatementStretch> OpenAsync(LmsDbContext unit, CancellationToken ct) => new(Open());

    public override ValueTask<StatementStretch> OpenAsync(DbTransaction transaction, CancellationToken ct) => new(Open());

    public override ValueTask<DateTime> ConsistentThroughAsync(CancellationToken ct) => new(ConsistentThrough);

    public StatementStretch Open()
    {
        lock (_lock)
        {
            var start = Take();
            _open.Add(start);
            return new Stretch(this, start);
        }
    }

    private long Take() => _last = Math.Max(_last + 1, time.GetUtcNow().UtcTicks);

    private sealed class Stretch(LocalStatementClock clock, long start) : StatementStretch
    {
        public override long Next()
        {
            lock (clock._lock) return clock.Take();
        }

        public override void Dispose()
        {
            lock (clock._lock) clock._open.Remove(start);
            clock.SayAdvanced();
        }
    }
}
