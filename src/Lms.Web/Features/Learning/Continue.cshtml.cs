using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Learning;

/// <summary>Takes a learner to where they left off.</summary>
public sealed class ContinueModel(LessonReader reader) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid enrolmentId, CancellationToken ct) =>
        await reader.FindAsync(enrolmentId, User.PersonId(), ct) is var (enrolment, course)
            ? Redirect(LessonReader.ContinueUrl(enrolment, course, new LearnLinks(enrolmentId, null)))
            : NotFound();
}
