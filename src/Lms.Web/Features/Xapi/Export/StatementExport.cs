using System.Globalization;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;

namespace Lms.Web.Features.Xapi.Export;

/// <summary>
/// Writes all statements that a query asks for, in the order of storage, a page at a time: memory does not depend on how many there are. It ends
/// where the store was complete when it began, so whoever goes on from there misses nothing.
/// </summary>
internal sealed class StatementExport(StatementReader reader, StatementQuery query, StatementViewer viewer, DateTime through, IExportFormat format) : IResult
{
    private const int PageSize = 200;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, ct) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = format.ContentType;
        response.Headers[StatementEndpoints.ConsistentThrough] = through.ToString("O", CultureInfo.InvariantCulture);
        response.Headers.ContentDisposition = $"attachment; filename=\"statements-{through.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.{format.Extension}\"";
        response.Headers.CacheControl = "no-store";

        await format.BeginAsync(response.Body, ct);
        var next = query with { Before = Math.Min(query.Before, through.Ticks + 1), Limit = PageSize };
        for (var more = true; more;)
        {
            var page = await reader.FindAsync(next, viewer, ct);
            await format.WriteAsync(page.Statements, ct);
            more = page.Next is not null;
            next = next with { After = page.Next ?? next.After };
        }
        await format.EndAsync(ct);
    }
}
