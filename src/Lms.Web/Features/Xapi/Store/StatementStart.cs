using Lms.Web.Data;
using Lms.Web.Features.Xapi.Counting;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// Before serving: lets the order go on from the last statement stored and, after an upgrade from a version that linked statements
/// otherwise, links them.
/// </summary>
internal sealed class StatementStart(LmsDbContext db, StatementClock clock, KnownNames names, ILogger<StatementStart> log)
{
    private const int Batch = 2_000;

    public async Task RunAsync(Guid hubId, CancellationToken ct)
    {
        await db.AddVersionsAsync(ct);
        clock.StartAfter(await db.Statements.Select(s => (long?)s.Sequence).MaxAsync(ct) ?? 0);
        if (await db.StatementVerbs.AnyAsync(ct)) return;
        await db.Database.OpenConnectionAsync(ct);
        using var session = new StatementSession(db, names, hubId);
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
