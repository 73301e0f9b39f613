using Lms.Web.Data;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Catalog;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// Issues the certificate that passing the assessment again earns, in the place of the one that expires: once for each attempt,
/// however often it runs. One that was revoked or replaced meanwhile is not renewed.
/// </summary>
public sealed class RenewCertificate(LmsDbContext db, CourseLibrary library, CertificateIssuance issuance) : IJob<AssessmentRenewed>
{
    public Task RunAsync(AssessmentRenewed message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        // Two that run at once meet at the unique index on (enrolment, issue); the loser comes again and finds the evidence used.
        return db.RetryAsync(() => RenewAsync(message, ct));
    }

    private async Task<bool> RenewAsync(AssessmentRenewed message, CancellationToken ct)
    {
        var enrolment = await db.Enrolments.SingleAsync(e => e.Id == message.EnrolmentId, ct);
        var attempt = await db.Attempts.AsNoTracking().SingleAsync(a => a.Id == message.AttemptId, ct);
        var course = await library.GetAsync(enrolment.CourseVersionId, ct);
        if (course.Content.Certificate is not { } policy) return false;

        var hash = CertificateEvidence.Hash(enrolment, course.Row, attempt);
        var issued = await db.Certificates.AsNoTracking().Where(c => c.EnrolmentId == enrolment.Id).OrderByDescending(c => c.Issue)
            .Select(c => new { c.Issue, c.Status, c.EvidenceHash }).ToListAsync(ct);
        // A re-issue carries the evidence on, so an attempt is known whichever certificate rests on it now.
        if (issued is not [{ Status: CertificateStatus.Active } newest, ..] || issued.Exists(c => c.EvidenceHash == hash)) return false;

        await issuance.IssueAsync(enrolment, course, policy, new Achievement(newest.Issue + 1, attempt.Score, attempt.SubmittedAt!.Value, hash, "Renewed"), ct);
        return true;
    }
}
