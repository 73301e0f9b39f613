using Lms.Web.Features.Shared;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Reporting;

[Authorize(Policies.Staff)]
public sealed class CoursesModel(TeachingService teaching) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public IReadOnlyList<TaughtCourse> Courses { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        PageNumber = Pager.Number(PageNumber);
        (Courses, Total) = await teaching.CoursesAsync(PageNumber, ct);
    }
}
