using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>A page of what a consumer refused.</summary>
/// <param name="Next">Where the next page begins; null at the end.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Rows, long? Next);

/// <summary>What a consumer refused: a person looks at it, and has it sent again or drops it.</summary>
internal sealed class DeadLetters(LmsDbContext db, ConsumerQueue queue, ForwarderSignal signal, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>The latest first.</summary>
    public async Task<DeadLetterPage> PageAsync(StatementConsumer consumer, long? before, CancellationToken ct)
    {
        var rows = await db.DeadLetters.AsNoTracking().Where(l => l.Consumer == consumer.Number && (before == null || l.Sequence < before))
            .OrderByDescending(l => l.Sequence).Take(PageSize + 1).ToListAsync(ct);
        return rows.Count <= PageSize ? new(rows, null) : new(rows[..PageSize], rows[PageSize - 1].Sequence);
    }

    /// <summary>Sends it again, in its old place of the order. False when there is none.</summary>
    public async Task<bool> RetryAsync(StatementConsumer consumer, long sequence, CancellationToken ct)
    {
        var found = await db.TransactionAsync(async () =>
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "StatementDeliveries" ("Consumer", "Sequence")
                SELECT l."Consumer", l."Sequence" FROM "StatementDeadLetters" l WHERE l."Consumer" = {consumer.Number} AND l."Sequence" = {sequence}
                AND NOT EXISTS (SELECT 1 FROM "StatementDeliveries" d WHERE d."Consumer" = l."Consumer" AND d."Sequence" = l."Sequence")
                """, ct);
            if (await db.DeadLetters.Where(l => l.Consumer == consumer.Number && l.Sequence == sequence).ExecuteDeleteAsync(ct) == 0) return false;
            await queue.CountRefusedAsync(consumer.Number, ct);
            return true;
        }, ct, keeps: found => found);
        if (found) signal.Set();
        return found;
    }

    /// <summary>Sends all again that nobody has dropped.</summary>
    public async Task RetryAllAsync(StatementConsumer consumer, CancellationToken ct)
    {
        await db.TransactionAsync(async () =>
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "StatementDeliveries" ("Consumer", "Sequence")
                SELECT l."Consumer", l."Sequence" FROM "StatementDeadLetters" l WHERE l."Consumer" = {consumer.Number} AND l."DroppedAt" IS NULL
                AND NOT EXISTS (SELECT 1 FROM "StatementDeliveries" d WHERE d."Consumer" = l."Consumer" AND d."Sequence" = l."Sequence")
                """, ct);
            await db.DeadLetters.Where(l => l.Consumer == consumer.Number && l.DroppedAt == null).ExecuteDeleteAsync(ct);
            await queue.CountRefusedAsync(consumer.Number, ct);
        }, ct);
        signal.Set();
    }

    /// <summary>Puts it away for good, with a reason that stays beside it. False when there is none to be dropped.</summary>
    public async Task<bool> DropAsync(StatementConsumer consumer, long sequence, string reason, Guid by, CancellationToken ct)
    {
        if (await db.DeadLetters.SingleOrDefaultAsync(l => l.Consumer == consumer.Number && l.Sequence == sequence, ct) is not { IsOpen: true } letter) return false;
        letter.Drop(reason, by, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
        await queue.CountRefusedAsync(consumer.Number, ct);
        return true;
    }
}
