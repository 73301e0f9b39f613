using Lms.Manuscripts.Courses;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Catalog;

[AllowAnonymous]
public sealed class CourseModel(LmsDbContext db, CourseLibrary library, IStandings standings) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";

    public PublishedCourse Course { get; private set; } = null!;
    public CourseCard Card { get; private set; } = null!;
    public Standing? Standing { get; private set; }
    public string Language { get; private set; } = "";

    /// <summary>The clauses that the course teaches, by document.</summary>
    public IReadOnlyList<IGrouping<string, StandardRef>> Standards { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var row = await db.Courses.AsNoTracking().SingleOrDefaultAsync(c => c.Slug == Slug && c.CurrentVersionId != null, ct);
        if (row is null) return NotFound();

        Course = await library.GetAsync(row.CurrentVersionId!.Value, ct);
        Card = row.Card;
        Language = Course.LanguageFor(System.Globalization.CultureInfo.CurrentUICulture.Name);
        Standards = [.. Course.Lessons.SelectMany(l => l.Standards).Distinct()
            .OrderBy(s => s.Clause, ClauseOrder.Instance)
            .GroupBy(s => $"{s.Title} ({s.Year})").OrderBy(g => g.Key, StringComparer.Ordinal)];
        if (User.Identity?.IsAuthenticated == true)
            Standing = (await standings.OfAsync(User.PersonId(), [row.Id], ct)).GetValueOrDefault(row.Id);
        return Page();
    }
}
