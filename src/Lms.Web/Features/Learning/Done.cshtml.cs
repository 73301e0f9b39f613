using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Learning;

public sealed class DoneModel(LessonReader reader) : PageModel
{
    public Enrolment Enrolment { get; private set; } = null!;
    public PublishedCourse Course { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid enrolmentId, CancellationToken ct)
    {
        if (await reader.FindAsync(enrolmentId, User.PersonId(), ct) is not var (enrolment, course)) return NotFound();
        (Enrolment, Course) = (enrolment, course);
        return enrolment.CompletedAt is null ? Redirect($"/learn/{enrolmentId}") : Page();
    }
}
