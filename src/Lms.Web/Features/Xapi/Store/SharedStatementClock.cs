using System.Data.Common;
using System.Diagnostics;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Consumers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// The order where several processes write: the database knows what is on its way. A number that two of them chose in the same microsecond is
/// found out by the key of the statements, and the loser comes again with another one.
/// </summary>
internal sealed class SharedStatementClock(SharedOrder order, KnownNames names, ConsumerMatches consumers, NodeSignal others) : StatementClock, IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly NodeSignal _others = others;
    private long _last, _complete, _askedAt;

    public override void StartAfter(long sequence)
    {
        lock (_lock) _last = Math.Max(_last, sequence);
    }

    public override async ValueTask<StatementStretch> OpenAsync(LmsDbContext unit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(unit);
        await unit.BeginUntilSavedAsync(ct);
        return await OpenAsync(unit.Database.CurrentTransaction!.GetDbTransaction(), ct);
    }

    public override async ValueTask<StatementStretch> OpenAsync(DbTransaction transaction, CancellationToken ct)
    {
        var opened = await order.OpenAsync(transaction, ct);
        // What is kept in memory is at least as new as this transaction; what another process has just changed holds for it.
        names.Expect(opened.Versions.Names);
        await consumers.ExpectAsync(opened.Versions.Consumers, transaction, ct);
        return new Stretch(this, opened.Floor);
    }

    /// <summary>Whoever asks while the database is being asked shares the next answer with all who wait: an older one may miss what they know of.</summary>
    public override async ValueTask<DateTime> ConsistentThroughAsync(CancellationToken ct)
    {
        var now = Stopwatch.GetTimestamp();
        await _asking.WaitAsync(ct);
        try
        {
            if (_askedAt <= now)
            {
                var asked = Stopwatch.GetTimestamp();
                _complete = await order.CompleteAsync(ct);
                _askedAt = asked;
            }
            return new DateTime(_complete, DateTimeKind.Utc);
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private sealed class Stretch(SharedStatementClock clock, long floor) : StatementStretch
    {
        public override long Next()
        {
            lock (clock._lock) return clock._last = Math.Max(clock._last + 1, floor);
        }

        public override void Dispose()
        {
            clock.SayAdvanced();
            clock._others.Set();
        }
    }
}
