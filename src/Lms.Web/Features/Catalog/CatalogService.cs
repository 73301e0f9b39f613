using Lms.Manuscripts.Courses;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Catalog;

/// <summary>A course as a card shows it.</summary>
public sealed record CourseSummary(Guid Id, string Slug, CourseCard Card);

/// <summary>A programme with the first of its courses.</summary>
public sealed record ProgrammeSummary(string Slug, LanguageMap Title, LanguageMap Summary, IReadOnlyList<CourseSummary> Courses, int Total);

/// <summary>One page of courses.</summary>
public sealed record CoursePage(IReadOnlyList<CourseSummary> Courses, int Total);

/// <summary>Finds published courses.</summary>
public sealed class CatalogService(LmsDbContext db)
{
    public const int PageSize = 24;
    private const int ShownOfProgramme = 12;

    /// <summary>The programmes in order, each with its first published courses; a programme without any is left out.</summary>
    public async Task<IReadOnlyList<ProgrammeSummary>> ProgrammesAsync(CancellationToken ct)
    {
        var programmes = await db.Programmes.AsNoTracking().OrderBy(p => p.Position).ToListAsync(ct);
        var wanted = programmes.SelectMany(p => p.Courses.Take(ShownOfProgramme)).Distinct().ToList();
        var courses = await Summaries(Published.Where(c => wanted.Contains(c.Slug))).ToDictionaryAsync(c => c.Slug, ct);
        return [.. programmes
            .Select(p => new ProgrammeSummary(p.Slug, p.Title, p.Summary,
                [.. p.Courses.Take(ShownOfProgramme).Where(courses.ContainsKey).Select(slug => courses[slug])], p.Courses.Count))
            .Where(p => p.Courses.Count > 0)];
    }

    /// <summary>A page of courses: of one programme, of none, or with a word in a title or summary.</summary>
    public async Task<CoursePage> FindAsync(string? words, string? programme, int page, CancellationToken ct)
    {
        var courses = Published;
        if (!string.IsNullOrWhiteSpace(words))
        {
            // Titles and summaries live in the card's JSON, in every language; a network has hundreds of courses, not millions.
            courses = db.WhereHolds(courses, c => (string)(object)c.Card, words);
        }
        else
        {
            var grouped = await db.Programmes.AsNoTracking().Where(p => programme == null || p.Slug == programme).Select(p => p.Courses).ToListAsync(ct);
            var slugs = grouped.SelectMany(s => s).Distinct().ToList();
            courses = programme is null ? courses.Where(c => !slugs.Contains(c.Slug)) : courses.Where(c => slugs.Contains(c.Slug));
        }
        var total = await courses.CountAsync(ct);
        var shown = await Summaries(courses.OrderBy(c => c.Slug).Skip((page - 1) * PageSize).Take(PageSize)).ToListAsync(ct);
        return new CoursePage(shown, total);
    }

    private IQueryable<Course> Published => db.Courses.AsNoTracking().Where(c => c.CurrentVersionId != null);

    private static IQueryable<CourseSummary> Summaries(IQueryable<Course> courses) =>
        courses.Select(c => new CourseSummary(c.Id, c.Slug, c.Card));
}
