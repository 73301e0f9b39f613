using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Certificates;

/// <summary>Leads from a completed course to its certificate, which a job issues a moment later.</summary>
public sealed class OfEnrolmentModel(LmsDbContext db, CourseLibrary library, CertificateService certificates, Renewals renewals) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid enrolmentId, CancellationToken ct)
    {
        var learner = User.PersonId();
        var enrolment = await db.Enrolments.AsNoTracking().SingleOrDefaultAsync(e => e.Id == enrolmentId && e.LearnerId == learner, ct);
        if (enrolment?.CompletedAt is null) return NotFound();
        if (await certificates.OfEnrolmentAsync(enrolmentId, ct) is { } id && !await renewals.IsPendingAsync(id, ct)) return Redirect($"/certificates/{id}");
        var course = await library.GetAsync(enrolment.CourseVersionId, ct);
        Response.Headers.CacheControl = "no-store";
        return course.Content.Certificate is null ? Redirect("/certificates") : Page();
    }
}
