using Lms.Web.Data;
using Lms.Web.Features.Xapi.Consumers;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>After an upgrade from a version that linked statements otherwise: links them, in the order of their storage.</summary>
internal sealed class StatementUpgrade(LmsDbContext db, StatementClock clock, KnownNames names, ConsumerMatches consumers, ILogger<StatementUpgrade> log)
{
    private const int Batch = 2_000;

    public async Task RunAsync(Guid hubId, CancellationToken ct)
    {
        if (await db.StatementVerbs.AnyAsync(ct)) return;
        await db.Database.OpenConnectionAsync(ct);
        using var session = new StatementSession(db, clock, names, consumers, hubId);
        for (var last = 0L; ;)
        {
            var rows = await db.Statements.AsNoTracking().Where(s => s.Sequence > last).OrderBy(s => s.Sequence).Take(Batch)
                .Select(s => new StoredRow(s.Sequence, s.Id, s.CentreId, s.Json)).ToListAsync(ct);
            if (rows.Count == 0) break;
            log.LogInformation("Linking {Count} statements of an earlier version", session.Index(rows));
            last = rows[^1].Sequence;
        }
        await db.Database.CloseConnectionAsync();
    }
}
