using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>A page of statements, newest first.</summary>
/// <param name="Newer">The sequence behind which the page of newer ones begins; null when there are none.</param>
/// <param name="Older">The sequence before which the page of older ones begins; null at the end.</param>
public sealed record LinePage(IReadOnlyList<StatementLine> Lines, long? Newer, long? Older)
{
    public static LinePage Empty { get; } = new([], null, null);
}

/// <summary>Shows statements to people, as far as they may see them.</summary>
public sealed class StatementWindow(LmsDbContext db, StatementReader reader, StatementTexts texts, CentreScope scope)
{
    public const int PageSize = 50;
    private const int MostReferrers = 50;

    /// <summary>The page before, behind or, without either, at the newest end. A place in the order stays where it is while new statements arrive.</summary>
    public async Task<LinePage> PageAsync(StatementQuery query, long? before, long? after, int size, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        var viewer = StatementViewer.Of(scope);
        if (after is { } newest)
        {
            var found = await reader.FindAsync(query with { After = Math.Max(query.After, newest), Ascending = true, Limit = size }, viewer, ct);
            // Nothing newer yet: the newest page, as if nothing was asked.
            if (found.Statements.Count < size) return await PageAsync(query, null, null, size, ct);
            var lines = await texts.LinesAsync([.. found.Statements.Reverse()], ct);
            return new LinePage(lines, found.Next is null ? null : lines[0].Sequence, lines[^1].Sequence);
        }
        var page = await reader.FindAsync(before is { } from ? query with { Before = Math.Min(query.Before, from), Limit = size } : query with { Limit = size }, viewer, ct);
        var shown = await texts.LinesAsync(page.Statements, ct);
        return new LinePage(shown, before is null || shown.Count == 0 ? null : shown[0].Sequence, page.Next);
    }

    /// <summary>One statement, voided or not; null when there is none to be seen.</summary>
    public Task<StoredStatement?> FindAsync(Guid id, CancellationToken ct) => db.Statements.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);

    /// <summary>The statements whose object refers to this one, oldest first.</summary>
    public async Task<IReadOnlyList<StoredStatement>> ReferrersAsync(Guid id, CancellationToken ct) =>
        await db.Set<StatementReference>().Where(r => r.TargetId == id).OrderBy(r => r.Sequence).Take(MostReferrers)
            .Join(db.Statements, r => r.Sequence, s => s.Sequence, (_, s) => s).AsNoTracking().OrderBy(s => s.Sequence).ToListAsync(ct);

    /// <summary>Some statements by their ids, as far as they can be seen.</summary>
    public async Task<IReadOnlyList<StoredStatement>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? [] : await db.Statements.AsNoTracking().Where(s => ids.Contains(s.Id)).OrderBy(s => s.Sequence).ToListAsync(ct);

    public static StatementRecord RecordOf(StoredStatement row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(row.Sequence, row.Json, row.Timestamp is not null);
    }

    /// <summary>The attachments that a statement names, its sub-statement's included.</summary>
    public static IReadOnlyList<JsonElement> AttachmentsOf(JsonElement statement)
    {
        var found = new List<JsonElement>();
        if (statement.TryGetProperty("attachments"u8, out var own)) found.AddRange(own.EnumerateArray());
        if (statement.TryGetProperty("object"u8, out var target) && target.TryGetProperty("attachments"u8, out var inner)) found.AddRange(inner.EnumerateArray());
        return found;
    }
}
