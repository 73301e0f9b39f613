using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Xapi.Consumers;

/// <param name="Statements">What is to be sent in one request.</param>
/// <param name="More">True when more is there: what is behind these, or what may yet get a predecessor and is held back until it can't.</param>
internal sealed record NextStatements(List<OutgoingStatement> Statements, bool More);

/// <summary>
/// What waits for consumers, and what became of it. Every change is of single columns, so a person who edits a consumer meanwhile and the
/// forwarder don't undo each other's work.
/// </summary>
internal sealed class ConsumerQueue(LmsDbContext db, StatementClock order, Node self, IOptions<ForwardingOptions> options, TimeProvider clock)
{
    // Longer than a request may take, so a lease never ends while its batch is on its way.
    private TimeSpan Lease => options.Value.TimeLimit + TimeSpan.FromSeconds(30);

    /// <summary>In whose name consumers are claimed: this process's, or that of one turn.</summary>
    public string Owner { get; set; } = self.Name;

    /// <summary>The consumers that may be sent something now and have something to get.</summary>
    public Task<List<int>> DueAsync(CancellationToken ct)
    {
        var (now, node) = (Now, Owner);
        return db.StatementConsumers
            .Where(c => !c.Paused && (c.NextAttemptAt == null || c.NextAttemptAt <= now) && (c.LeaseUntil == null || c.LeaseUntil < now || c.LeaseOwner == node))
            .Where(c => db.StatementDeliveries.Any(d => d.Consumer == c.Number)).Select(c => c.Number).ToListAsync(ct);
    }

    /// <summary>The consumer, if it may be sent something now and this process is the one to do it.</summary>
    public async Task<StatementConsumer?> ClaimAsync(int number, CancellationToken ct)
    {
        var (now, node) = (Now, Owner);
        var consumer = await db.StatementConsumers.AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, ct);
        if (consumer is null or { Paused: true } || consumer.NextAttemptAt > now) return null;
        if (consumer.LeaseOwner == node && consumer.LeaseUntil > now + options.Value.TimeLimit) return consumer;
        return await db.StatementConsumers.Where(c => c.Number == number && (c.LeaseUntil == null || c.LeaseUntil < now || c.LeaseOwner == node))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.LeaseOwner, node).SetProperty(c => c.LeaseUntil, now + Lease), ct) == 1 ? consumer : null;
    }

    /// <summary>What the owner had claimed is free: after a turn, a stop, or a crash of this process.</summary>
    public Task ReleaseAsync(CancellationToken ct)
    {
        var node = Owner;
        return db.StatementConsumers.Where(c => c.LeaseOwner == node).ExecuteUpdateAsync(set => set.SetProperty(c => c.LeaseUntil, (DateTime?)null), ct);
    }

    /// <summary>The statements that come next, in the order of storage: as many as fit into one request.</summary>
    public async Task<NextStatements> NextAsync(StatementConsumer consumer, int most, CancellationToken ct)
    {
        var (statements, more) = await WaitingAsync(consumer, most, ct);
        // One with attachments goes by itself: they may be large, and not every store takes them.
        var alone = consumer.Kind == ConsumerKind.Xapi ? statements.FindIndex(s => MultipartAnswer.AttachmentsOf(s.Record.Json).Count > 0) : -1;
        return new(alone < 0 ? statements : statements[..Math.Max(1, alone)], more);
    }

    /// <summary>Some that wait behind the next one and may go before it: each is the first of another registration.</summary>
    public async Task<List<OutgoingStatement>> OthersAsync(StatementConsumer consumer, CancellationToken ct)
    {
        var (waiting, _) = await WaitingAsync(consumer, ForwardingOptions.MostStatements, ct);
        return [.. waiting.DistinctBy(s => RegistrationOf(s) ?? s.Id).Skip(1).Take(ForwardingOptions.MostOthers)];
    }

    private static Guid? RegistrationOf(OutgoingStatement statement)
    {
        using var json = JsonDocument.Parse(statement.Record.Json);
        return StatementLinks.Of(json.RootElement).Registration;
    }

    private async Task<NextStatements> WaitingAsync(StatementConsumer consumer, int most, CancellationToken ct)
    {
        var complete = (await order.ConsistentThroughAsync(ct)).Ticks;
        var waiting = await (
            from delivery in db.StatementDeliveries.Where(d => d.Consumer == consumer.Number).OrderBy(d => d.Sequence).Take(most)
            join statement in db.Statements on delivery.Sequence equals statement.Sequence into found
            from statement in found.DefaultIfEmpty()
            orderby delivery.Sequence
            select new { delivery.Sequence, Size = statement == null ? -1 : statement.Json.Length }).ToListAsync(ct);

        // A statement that is stored no more is owed to nobody.
        var gone = waiting.Where(w => w.Size < 0).Select(w => w.Sequence).ToList();
        if (gone.Count > 0) await RemoveAsync(consumer.Number, gone, ct);

        var (sequences, octets) = (new List<long>(), 0);
        foreach (var next in waiting.Where(w => w.Size >= 0 && w.Sequence <= complete))
        {
            octets += next.Size;
            if (sequences.Count > 0 && octets > ForwardingOptions.MostOctets) break;
            sequences.Add(next.Sequence);
        }
        if (sequences.Count == 0) return new([], waiting.Count > 0);
        var rows = await db.Statements.AsNoTracking().Where(s => sequences.Contains(s.Sequence)).OrderBy(s => s.Sequence)
            .Select(s => new { s.Sequence, s.Id, s.Json, HasTimestamp = s.Timestamp != null }).ToListAsync(ct);
        return new(rows.ConvertAll(s => new OutgoingStatement(s.Id, new StatementRecord(s.Sequence, s.Json, s.HasTimestamp))), waiting.Count == most);
    }

    /// <summary>The consumer has them.</summary>
    public async Task DeliveredAsync(StatementConsumer consumer, IReadOnlyList<OutgoingStatement> statements, ConsumerAnswer answer, CancellationToken ct)
    {
        var (now, node) = (Now, Owner);
        await db.TransactionAsync(async () =>
        {
            await RemoveAsync(consumer.Number, [.. statements.Select(s => s.Record.Sequence)], ct);
            await db.StatementConsumers.Where(c => c.Number == consumer.Number).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Delivered, c => c.Delivered + statements.Count)
                .SetProperty(c => c.LastSuccessAt, now)
                .SetProperty(c => c.Failures, 0).SetProperty(c => c.NextAttemptAt, (DateTime?)null)
                .SetProperty(c => c.Problem, answer.Problem).SetProperty(c => c.ProblemStatus, answer.Problem == ConsumerProblem.None ? null : answer.Status)
                .SetProperty(c => c.ProblemDetail, answer.Problem == ConsumerProblem.None ? null : answer.Detail)
                .SetProperty(c => c.LeaseUntil, c => c.LeaseOwner == node ? now + Lease : c.LeaseUntil), ct);
        }, ct);
    }

    /// <summary>The consumer doesn't want this one: it is put aside for a person.</summary>
    public async Task PutAsideAsync(StatementConsumer consumer, OutgoingStatement statement, ConsumerAnswer answer, CancellationToken ct)
    {
        var sequence = statement.Record.Sequence;
        await db.TransactionAsync(async () =>
        {
            await RemoveAsync(consumer.Number, [sequence], ct);
            await db.DeadLetters.Where(l => l.Consumer == consumer.Number && l.Sequence == sequence).ExecuteDeleteAsync(ct);
            db.Add(new DeadLetter
            {
                Consumer = consumer.Number, Sequence = sequence, CentreId = consumer.CentreId, StatementId = statement.Id, At = Now, Status = answer.Status ?? 0, Answer = answer.Detail,
            });
            await db.SaveChangesAsync(ct);
            await CountRefusedAsync(consumer.Number, ct);
        }, ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>Nothing came of it: the wait begins.</summary>
    public Task FailedAsync(StatementConsumer consumer, ConsumerAnswer answer, CancellationToken ct)
    {
        var wait = answer.Problem == ConsumerProblem.Denied ? options.Value.DeniedWait : options.Value.WaitAfter(consumer.Failures + 1);
        var next = Now + (answer.RetryAfter ?? wait);
        return db.StatementConsumers.Where(c => c.Number == consumer.Number).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Failures, c => c.Failures + 1).SetProperty(c => c.NextAttemptAt, next)
            .SetProperty(c => c.Problem, answer.Problem).SetProperty(c => c.ProblemStatus, answer.Status).SetProperty(c => c.ProblemDetail, answer.Detail), ct);
    }

    /// <summary>Dead letters are few, and counting them anew can't go wrong.</summary>
    public Task CountRefusedAsync(int number, CancellationToken ct) =>
        db.StatementConsumers.Where(c => c.Number == number).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Refused, c => db.DeadLetters.Count(l => l.Consumer == c.Number && l.DroppedAt == null)), ct);

    private Task<int> RemoveAsync(int number, List<long> sequences, CancellationToken ct) =>
        db.StatementDeliveries.Where(d => d.Consumer == number && sequences.Contains(d.Sequence)).ExecuteDeleteAsync(ct);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
