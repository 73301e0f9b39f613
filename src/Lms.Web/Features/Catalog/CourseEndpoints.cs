using Lms.Web.Data;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Catalog;

/// <summary>A published course as other systems see it.</summary>
public sealed record CourseDto(
    string Id, string Version, string Hash, DateTime PublishedAt, IReadOnlyDictionary<string, string> Title, IReadOnlyDictionary<string, string> Summary,
    IReadOnlyList<string> Languages, int Minutes, int Lessons);

internal static class CourseEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder app) =>
        Api.Group(app).MapGroup("/courses").WithTags("Courses")
            .MapGet("/", ListAsync).WithSummary("Published courses with their current version, by id, 50 a page.");

    private static async Task<Ok<List<CourseDto>>> ListAsync(int? page, LmsDbContext db, CancellationToken ct)
    {
        var rows = await db.Courses.AsNoTracking().OrderBy(c => c.Slug)
            .Join(db.CourseVersions, c => c.CurrentVersionId, v => v.Id, (c, v) => new { c.Slug, c.Card, Version = v })
            .OrderBy(r => r.Slug)
            .Skip((Pager.Number(page) - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return TypedResults.Ok(rows.ConvertAll(r => new CourseDto(
            r.Slug, r.Version.Number, r.Version.Hash, r.Version.PublishedAt, r.Card.Title, r.Card.Summary, r.Card.Languages, r.Card.Minutes, r.Card.Lessons)));
    }
}
