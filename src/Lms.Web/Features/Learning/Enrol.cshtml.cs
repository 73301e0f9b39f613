using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Learning;

/// <summary>Takes the form of a course page, or of My learning.</summary>
public sealed class EnrolModel(EnrolmentService enrolments) : PageModel
{
    /// <summary>Signing in on the way leads here without the form: back to the course, where it is.</summary>
    public IActionResult OnGet(string slug) => LocalRedirect($"/courses/{Uri.EscapeDataString(slug)}");

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken ct) =>
        await enrolments.EnrolAsync(slug, User.PersonId(), User.CentreId(), ct) is { } id ? Redirect($"/learn/{id}") : NotFound();
}
