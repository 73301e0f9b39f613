using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// Issues the certificate that a completed course earns: once, however often it runs. A certificate of the same course that the
/// learner holds from before is superseded.
/// </summary>
public sealed class IssueCertificate(LmsDbContext db, CourseLibrary library, CertificateIssuance issuance) : IJob<CourseCompleted>
{
    public Task RunAsync(CourseCompleted message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        // Two that run at once meet at the unique index on (enrolment, issue); the loser comes again and finds the certificate.
        return db.RetryAsync(() => IssueAsync(message.EnrolmentId, ct));
    }

    private async Task<bool> IssueAsync(Guid enrolmentId, CancellationToken ct)
    {
        if (await db.Certificates.AnyAsync(c => c.EnrolmentId == enrolmentId, ct)) return false;
        var enrolment = await db.Enrolments.SingleAsync(e => e.Id == enrolmentId, ct);
        var course = await library.GetAsync(enrolment.CourseVersionId, ct);
        if (course.Content.Certificate is not { } policy || enrolment.CompletedAt is not { } completed) return false;

        var attempt = await db.Attempts.AsNoTracking().Where(a => a.EnrolmentId == enrolmentId && a.Passed == true)
            .OrderBy(a => a.Number).FirstOrDefaultAsync(ct);
        var hash = CertificateEvidence.Hash(enrolment, course.Row, attempt);
        var reason = $"Course completed again on version {course.Row.Number}";
        await issuance.IssueAsync(enrolment, course, policy, new Achievement(1, enrolment.Score, completed, hash, reason), ct);
        return true;
    }
}
