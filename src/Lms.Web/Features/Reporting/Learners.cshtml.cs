using Lms.Web.Features.Catalog;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Reporting;

/// <summary>Who is where in a course.</summary>
[Authorize(Policies.Staff)]
public sealed class LearnersModel(TeachingService teaching, CourseLibrary library) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public LearnerFilter Show { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public PublishedCourse Course { get; private set; } = null!;
    public IReadOnlyList<LearnerRow> Learners { get; private set; } = [];
    public IReadOnlyDictionary<string, int> LessonCounts { get; private set; } = new Dictionary<string, int>();
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await teaching.CourseAsync(Slug, ct) is not { } course) return NotFound();
        PageNumber = Pager.Number(PageNumber);
        Course = await library.GetAsync(course.CurrentVersionId!.Value, ct);
        (Learners, Total) = await teaching.LearnersAsync(course.Id, Show, PageNumber, ct);
        LessonCounts = await teaching.LessonCountsAsync(Course.Row.Id, ct);
        return Page();
    }
}
