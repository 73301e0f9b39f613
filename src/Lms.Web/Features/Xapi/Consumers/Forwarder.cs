using System.Diagnostics;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Jobs;
using Lms.Web.Operations;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>
/// Sends consumers what waits for them: for each of them one request at a time, in the order of storage and so in the order of each
/// registration, at least once. A row is deleted only when the consumer has said that it has the statement.
/// </summary>
internal sealed class Forwarder(ConsumerTurns turns, TurnRunner runner, ForwarderSignal signal) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly Dictionary<int, Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await turns.GuardedAsync(queue => queue.ReleaseAsync(stoppingToken), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await turns.GuardedAsync(queue => StartDueAsync(queue, stoppingToken), stoppingToken);
            try
            {
                // However many commits there are in a second, a look at the consumers each moment is enough.
                await Task.Delay(ConsumerTurns.Soon, stoppingToken);
                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) { break; }
        }
        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await turns.GuardedAsync(queue => queue.ReleaseAsync(CancellationToken.None), CancellationToken.None);
    }

    private async Task StartDueAsync(ConsumerQueue queue, CancellationToken ct)
    {
        foreach (var done in _running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList()) _running.Remove(done);
        foreach (var number in await queue.DueAsync(ct))
            if (!_running.ContainsKey(number)) _running[number] = runner.StartAsync(turns, number, ct);
    }
}

/// <summary>The way of one batch to one consumer.</summary>
internal sealed class Delivery(StatementConsumer consumer, ConsumerQueue queue, ConsumerClient client, AttachmentStore attachments, StatementMetrics metrics)
{
    private int _refusedInARow, _posts;

    /// <summary>
    /// Sends them; a batch that is refused, or fails over and over, is halved until the statement that is to blame stands alone. False when the consumer must wait.
    /// </summary>
    public async Task<bool> SendAsync(IReadOnlyList<OutgoingStatement> statements, CancellationToken ct)
    {
        var answer = await PostAsync(statements, ct);
        if (statements.Count > 1 && (answer.Outcome == ConsumerOutcome.Refused || IsDoubtful(answer, ForwardingOptions.OpensAfter)))
            return await SendAsync([.. statements.Take(statements.Count / 2)], ct) && await SendAsync([.. statements.Skip(statements.Count / 2)], ct);
        if (answer is { Outcome: ConsumerOutcome.Refused, Status: StatusCodes.Status409Conflict } && consumer.Kind == ConsumerKind.Xapi)
            answer = await ConflictAsync(statements[0], answer, ct);
        switch (answer.Outcome)
        {
            case ConsumerOutcome.Taken:
                _refusedInARow = 0;
                await DeliveredAsync(statements, answer, ct);
                return true;
            case ConsumerOutcome.Refused when ++_refusedInARow < ForwardingOptions.MostRefusedInARow:
                await PutAsideAsync(statements[0], answer, ct);
                return true;
            case ConsumerOutcome.Failed when IsDoubtful(answer, ForwardingOptions.DoubtsAfter) && await TakesAnotherAsync(ct):
                await PutAsideAsync(statements[0], answer, ct);
                return true;
            default:
                await queue.FailedAsync(consumer, answer.Outcome == ConsumerOutcome.Refused ? answer with { Problem = ConsumerProblem.RefusesAll } : answer, ct);
                metrics.Failed(consumer.Number);
                return false;
        }
    }

    private async Task<ConsumerAnswer> PostAsync(IReadOnlyList<OutgoingStatement> statements, CancellationToken ct)
    {
        // Requests that each took their time may have used the lease up: then the consumer is another process's.
        if (_posts++ > 0 && await queue.ClaimAsync(consumer.Number, ct) is null) throw new OperationCanceledException("Another process serves the consumer.");
        using var span = Telemetry.Source.StartActivity("forward statements", ActivityKind.Producer);
        span?.SetTag("seedlot.consumer", consumer.Number).SetTag("seedlot.statements", statements.Count);
        using var content = await OutgoingBatch.ContentAsync(consumer, statements, attachments, ct);
        var answer = await client.PostAsync(consumer, content, OutgoingBatch.IdOf(statements), ct);
        span?.SetTag("seedlot.outcome", answer.Outcome.ToString()).SetTag("http.response.status_code", answer.Status);
        return answer;
    }

    /// <summary>Whether with this answer there were so many failures in a row, so that it may be the statements' fault: the consumer is there, and can't answer.</summary>
    private bool IsDoubtful(ConsumerAnswer answer, int failures) => answer.Problem == ConsumerProblem.Failed && consumer.Failures + 1 >= failures;

    /// <summary>Whether the consumer takes a statement that may go before the one that fails; when it takes none, it is down.</summary>
    private async Task<bool> TakesAnotherAsync(CancellationToken ct)
    {
        foreach (var other in await queue.OthersAsync(consumer, ct))
        {
            if (await PostAsync([other], ct) is not { Outcome: ConsumerOutcome.Taken } answer) continue;
            await DeliveredAsync([other], answer, ct);
            return true;
        }
        return false;
    }

    private async Task DeliveredAsync(IReadOnlyList<OutgoingStatement> statements, ConsumerAnswer answer, CancellationToken ct)
    {
        await queue.DeliveredAsync(consumer, statements, answer, ct);
        metrics.Delivered(consumer.Number, statements.Count);
    }

    private async Task PutAsideAsync(OutgoingStatement statement, ConsumerAnswer answer, CancellationToken ct)
    {
        await queue.PutAsideAsync(consumer, statement, answer, ct);
        metrics.Refused(consumer.Number);
    }

    /// <summary>
    /// The consumer has a statement of that id. It is ours, most likely, from a try whose answer was lost: where it lets us see, we look; where it
    /// doesn't, the statement counts as delivered, and the consumer's page says so.
    /// </summary>
    private async Task<ConsumerAnswer> ConflictAsync(OutgoingStatement statement, ConsumerAnswer answer, CancellationToken ct) =>
        await client.HasAsync(consumer, statement.Id, statement.Record.Json, ct) switch
        {
            true => answer with { Outcome = ConsumerOutcome.Taken },
            false => answer,
            null => answer with { Outcome = ConsumerOutcome.Taken, Problem = ConsumerProblem.Unverified },
        };
}
