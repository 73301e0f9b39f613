using System.Diagnostics;
using System.Threading.Channels;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Consumers;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>What became of a batch of statements.</summary>
public abstract record StoreResult
{
    private StoreResult() { }

    /// <summary>All of them are on disk.</summary>
    public sealed record Stored : StoreResult;

    /// <summary>None was stored: the id belongs to a statement that says something else. (Data 2.3.1)</summary>
    public sealed record Conflict(Guid Id) : StoreResult;

    /// <summary>None was stored: content may not say this in its session.</summary>
    /// <param name="Requirement">The number of the requirement that it breaks.</param>
    /// <param name="Reason">One sentence.</param>
    public sealed record Refused(string Requirement, string Reason) : StoreResult;
}

/// <summary>
/// Stores batches of statements, each all or not at all. One writer takes what has arrived while the disk was busy and commits it together:
/// each answer means "on disk", and a hundred senders share the wait for it.
/// </summary>
public sealed class StatementCommitter(
    IServiceScopeFactory scopes, StatementClock clock, KnownNames names, ConsumerMatches consumers, ForwarderSignal forwarder, StatementMetrics metrics, ILogger<StatementCommitter> log)
    : BackgroundService
{
    private const int MostAtOnce = 2_000;
    // With the waits between them, some fifteen seconds: as long as a database takes to start.
    private const int MostAttempts = 14;
    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(1_024) { SingleReader = true });
    private Writer? _writer;

    /// <summary>Stores the batch, or nothing of it. Returns when it is on disk; throws when the database can't write.</summary>
    public async Task<StoreResult> StoreAsync(IReadOnlyList<StatementEntry> batch, CancellationToken ct)
    {
        if (batch.Count == 0) return new StoreResult.Stored();
        var work = new Work(batch);
        await _queue.Writer.WriteAsync(work, ct);
        return await work.Done.Task;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await consumers.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was taken on is finished; nothing more is.
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } running) await running.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var group = new List<Work>();
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            group.Clear();
            for (var count = 0; count < MostAtOnce && _queue.Reader.TryRead(out var work); count += work.Batch.Count) group.Add(work);
            await CommitAsync(group);
        }
        await CloseAsync();
    }

    private async Task CommitAsync(List<Work> group)
    {
        if (await TryCommitAsync(group) is not { } failure) return;
        if (group.Count > 1)
        {
            // One batch that can't be written must not take its neighbours with it.
            foreach (var work in group) await CommitAsync([work]);
            return;
        }
        log.LogError(failure, "A batch of {Count} statements could not be stored", group[0].Batch.Count);
        group[0].Done.SetException(failure);
    }

    /// <summary>Commits the batches together, and again when another process was quicker or the database was away for a while. Returns what keeps it from being done.</summary>
    private async Task<Exception?> TryCommitAsync(List<Work> group)
    {
        using var span = Telemetry.StartLinked("commit statements", ActivityKind.Internal, group.Select(w => w.Cause));
        span?.SetTag("seedlot.batches", group.Count);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _writer ??= await OpenAsync();
                var since = Stopwatch.GetTimestamp();
                var results = await _writer.Session.CommitAsync(group.ConvertAll(w => w.Batch), clock, again: attempt > 1);
                span?.SetTag("seedlot.statements", _writer.Session.Stored);
                metrics.Wrote(since);
                metrics.Committed(_writer.Session.Stored);
                if (consumers.Current.Length > 0) forwarder.Set();
                for (var i = 0; i < group.Count; i++) group[i].Done.SetResult(results[i]);
                return null;
            }
#pragma warning disable CA1031 // Whatever went wrong belongs to the senders; the writer goes on.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                var isWorthIt = _writer is null ? Retry.IsAway(failure) : _writer.Db.IsLostRace(failure) || Retry.IsAway(failure);
                if (Retry.IsAway(failure)) await CloseAsync();
                if (!isWorthIt || attempt >= MostAttempts) return failure;
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2_000, 20 << attempt)));
            }
        }
    }

    private async Task<Writer> OpenAsync()
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
            await db.OpenWriterAsync(CancellationToken.None);
            var hub = await db.Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).FirstAsync(CancellationToken.None);
            return new Writer(scope, db, new StatementSession(db, names, hub, consumers));
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    private async Task CloseAsync()
    {
        if (_writer is not { } writer) return;
        _writer = null;
        writer.Session.Dispose();
        await writer.Scope.DisposeAsync();
    }

    private sealed record Writer(AsyncServiceScope Scope, LmsDbContext Db, StatementSession Session);

    private sealed record Work(IReadOnlyList<StatementEntry> Batch)
    {
        public ActivityContext Cause { get; } = Telemetry.Current;
        public TaskCompletionSource<StoreResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
