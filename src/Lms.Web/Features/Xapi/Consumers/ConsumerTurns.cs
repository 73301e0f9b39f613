using System.Diagnostics;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Jobs;
using Lms.Web.Operations;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>Serves a consumer until it has all, or must wait.</summary>
internal sealed class ConsumerTurns(IServiceScopeFactory scopes, ForwarderSignal signal, IOptions<ForwardingOptions> options, ILogger<ConsumerTurns> log) : ITurns
{
    private static readonly TimeSpan AtStop = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    // Where turns are lent workers, others are to have theirs, too.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public async Task<bool> LeaseAsync(int number, string owner, CancellationToken ct)
    {
        var leased = false;
        await GuardedAsync(async queue => leased = await In(queue, owner).ClaimAsync(number, ct) is not null, ct);
        return leased;
    }

    public async Task ServeAsync(int number, string? owner, CancellationToken ct)
    {
        // A batch that is on its way when the site stops may still arrive: cut off, it would be sent twice.
        using var grace = new Grace(AtStop, ct);
        // A scope for each batch: what was read for one is not kept for the next.
        var (goOn, began) = (true, Stopwatch.GetTimestamp());
        while (goOn && !ct.IsCancellationRequested && (owner is null || Stopwatch.GetElapsedTime(began) < Longest))
        {
            goOn = false;
            await GuardedAsync(async (services, queue) => goOn = await StepAsync(services, In(queue, owner), number, grace.Token), grace.Token);
        }
        if (owner is null) return;
        await GuardedAsync(queue => In(queue, owner).ReleaseAsync(CancellationToken.None), CancellationToken.None);
        signal.Set();
    }

    /// <summary>Works on the queue, with every row visible. What goes wrong is told in the log, and must not end the forwarding for good.</summary>
    public Task GuardedAsync(Func<ConsumerQueue, Task> work, CancellationToken ct) => GuardedAsync((_, queue) => work(queue), ct);

    private static ConsumerQueue In(ConsumerQueue queue, string? owner)
    {
        if (owner is not null) queue.Owner = owner;
        return queue;
    }

    /// <summary>Sends one batch. False when nothing is left, or the consumer must wait.</summary>
    private async Task<bool> StepAsync(IServiceProvider services, ConsumerQueue queue, int number, CancellationToken ct)
    {
        if (await queue.ClaimAsync(number, ct) is not { } consumer) return false;
        var most = consumer.Failures < ForwardingOptions.OpensAfter ? ForwardingOptions.MostStatements : 1;
        var next = await queue.NextAsync(consumer, most, ct);
        if (next.Statements.Count == 0)
        {
            if (next.More) await Task.Delay(Soon, ct);
            return next.More;
        }
        var delivery = new Delivery(consumer, queue, services.GetRequiredService<ConsumerClient>(), services.GetRequiredService<AttachmentStore>(), services.GetRequiredService<StatementMetrics>());
        if (!await delivery.SendAsync(next.Statements, ct)) return false;
        // What comes in small pieces is gathered, so that a busy store is not busier for every reader.
        if (!next.More) await Task.Delay(options.Value.Gather, ct);
        return true;
    }

    private async Task GuardedAsync(Func<IServiceProvider, ConsumerQueue, Task> work, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
            await work(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ConsumerQueue>());
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopping: what was on its way goes again.
        }
#pragma warning disable CA1031 // A full disk or a locked database must not end the forwarder for good.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "The forwarder of statements could not do its work; trying again");
        }
    }
}
