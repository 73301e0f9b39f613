using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>Somebody wants a consumer to be sent again what was stored within a stretch of time.</summary>
/// <param name="Consumer">Its number.</param>
/// <param name="Replay">The consumer's <see cref="StatementConsumer.ReplayId"/>.</param>
/// <param name="After">The sequence behind which it goes on.</param>
/// <param name="UpTo">The last sequence; what came later is delivered anyway.</param>
public sealed record ReplayAsked(int Consumer, Guid Replay, long After, long UpTo);

/// <summary>Makes the delivery rows of a replay, some thousand statements at a time: the message for the next piece is written with the rows of this one.</summary>
internal sealed class ReplayStatements(LmsDbContext db, ConsumerMatches matches, Outbox outbox, ForwarderSignal signal) : IJob<ReplayAsked>
{
    private const int Piece = 2_000;

    public async Task RunAsync(ReplayAsked message, CancellationToken ct)
    {
        if (await db.StatementConsumers.SingleOrDefaultAsync(c => c.Number == message.Consumer, ct) is not { } consumer || consumer.ReplayId != message.Replay) return;
        var isHub = await db.Centres.AnyAsync(c => c.Id == consumer.CentreId && c.Kind == CentreKind.Hub, ct);
        var match = matches.Of(consumer.Number, isHub ? null : consumer.CentreId, consumer.Filter);

        var rows = await db.Statements.AsNoTracking()
            .Where(s => s.Sequence > message.After && s.Sequence <= message.UpTo && (match.CentreId == null || s.CentreId == match.CentreId))
            .OrderBy(s => s.Sequence).Take(Piece).Select(s => new StoredRow(s.Sequence, s.Id, s.CentreId, s.Json)).ToListAsync(ct);
        if (rows.Count > 0) await AddAsync(match, rows, ct);
        if (rows.Count < Piece) consumer.EndReplay();
        else
        {
            consumer.ReplayReached(new DateTime(rows[^1].Sequence, DateTimeKind.Utc));
            outbox.Add(message with { After = rows[^1].Sequence });
        }
        db.OpenUntilSaved(signal.WhenDisposed());
        await db.SaveChangesAsync(ct);
    }

    private async Task AddAsync(ConsumerMatch match, List<StoredRow> rows, CancellationToken ct)
    {
        var (first, last) = (rows[0].Sequence, rows[^1].Sequence);
        var waiting = await db.StatementDeliveries.Where(d => d.Consumer == match.Number && d.Sequence >= first && d.Sequence <= last).Select(d => d.Sequence).ToHashSetAsync(ct);
        foreach (var row in rows)
        {
            if (waiting.Contains(row.Sequence)) continue;
            var facts = FactsOf(row.Json);
            if (match.Takes(row.CentreId, facts, await VoidedAsync(facts, row.CentreId, match, ct))) db.Add(new StatementDelivery { Consumer = match.Number, Sequence = row.Sequence });
        }
    }

    /// <summary>What the statement says that this one voids, as far as a consumer of that centre may know.</summary>
    private async Task<Facts?> VoidedAsync(Facts facts, Guid centreId, ConsumerMatch match, CancellationToken ct)
    {
        if (facts.Voids is not { } id) return null;
        var json = await db.Statements.AsNoTracking().Where(s => s.Id == id && (match.CentreId == null || s.CentreId == centreId)).Select(s => s.Json).SingleOrDefaultAsync(ct);
        return json is null ? null : FactsOf(json);
    }

    private static Facts FactsOf(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return Facts.Of(document.RootElement, AgentKey.Of(document.RootElement.GetProperty("authority"u8))!);
    }
}

/// <summary>A consumer is no more.</summary>
/// <param name="Consumer">The number that it had.</param>
public sealed record ConsumerRemoved(int Consumer);

/// <summary>Clears away what waited for a consumer that was removed, in pieces that hold nobody up.</summary>
internal sealed class ClearDeliveries(LmsDbContext db) : IJob<ConsumerRemoved>
{
    private const int Piece = 10_000;

    public async Task RunAsync(ConsumerRemoved message, CancellationToken ct)
    {
        while (await db.StatementDeliveries.Where(d => d.Consumer == message.Consumer).OrderBy(d => d.Sequence).Skip(Piece).Select(d => (long?)d.Sequence).FirstOrDefaultAsync(ct) is { } end)
            await db.StatementDeliveries.Where(d => d.Consumer == message.Consumer && d.Sequence < end).ExecuteDeleteAsync(ct);
        await db.StatementDeliveries.Where(d => d.Consumer == message.Consumer).ExecuteDeleteAsync(ct);
        await db.DeadLetters.Where(l => l.Consumer == message.Consumer).ExecuteDeleteAsync(ct);
    }
}
