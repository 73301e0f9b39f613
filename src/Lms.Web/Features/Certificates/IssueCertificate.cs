using Lms.Manuscripts.Courses;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Xapi;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Certificates;

/// <summary>A certificate was issued.</summary>
public sealed record CertificateIssued(Guid CertificateId);

/// <summary>
/// Issues the certificate that a completed course earns: once, however often it runs. A certificate of the same course that the
/// learner holds from before is superseded.
/// </summary>
public sealed class IssueCertificate(
    LmsDbContext db, CourseLibrary library, CertificateIssuers issuers, StatementStore statements, LearningStatements say,
    XapiAddresses addresses, Outbox outbox, TimeProvider clock) : IJob<CourseCompleted>
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
        if (course.Content.Certificate is not { } policy || enrolment.CompletedAt is null) return false;

        var certificate = await NewAsync(enrolment, course, policy, ct);
        db.Add(certificate);
        await statements.AppendAsync(Earned(enrolment, course, certificate), enrolment.CentreId, ct);
        outbox.Add(new CertificateIssued(certificate.Id));
        await db.SaveChangesAsync(ct);
        return true;
    }

    private async Task<Certificate> NewAsync(Enrolment enrolment, PublishedCourse course, CertificatePolicy policy, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var learner = await db.People.Where(p => p.Id == enrolment.LearnerId).Select(p => new { p.Name, p.Language }).SingleAsync(ct);
        var earlier = await EarlierAsync(enrolment, course.Row, ct);
        var completed = enrolment.CompletedAt!.Value;
        var certificate = new Certificate
        {
            Serial = Serial.New(),
            EnrolmentId = enrolment.Id,
            Issue = 1,
            LearnerId = enrolment.LearnerId,
            CentreId = enrolment.CentreId,
            CourseVersionId = enrolment.CourseVersionId,
            Type = policy.Type,
            HolderName = PrintedName.Of(learner.Name),
            CourseTitle = course.Content.Title,
            CourseNumber = course.Row.Number,
            Issuer = await issuers.ForAsync(enrolment.CentreId, ct),
            Language = learner.Language,
            Minutes = course.Content.Minutes,
            Score = enrolment.Score,
            CompletedAt = completed,
            IssuedAt = now,
            ExpiresAt = policy.ValidMonths is { } months ? completed.AddMonths(months) : null,
            EvidenceHash = await CertificateEvidence.HashAsync(db, enrolment, course.Row, ct),
            ReplacesId = earlier.FirstOrDefault()?.Id,
        };
        foreach (var old in earlier) old.ReplaceBy(certificate, $"Course completed again on version {course.Row.Number}", by: null, now);
        return certificate;
    }

    /// <summary>The learner's standing certificates of the same course, newest first; one of a newer version is none of them.</summary>
    private async Task<List<Certificate>> EarlierAsync(Enrolment enrolment, CourseVersion version, CancellationToken ct) =>
        await db.Certificates
            .Where(c => c.LearnerId == enrolment.LearnerId && c.Status == CertificateStatus.Active)
            .Where(c => db.CourseVersions.Any(v => v.Id == c.CourseVersionId && v.CourseId == enrolment.CourseId
                && (v.Major < version.Major || (v.Major == version.Major && v.Minor <= version.Minor))))
            .OrderByDescending(c => c.IssuedAt).ToListAsync(ct);

    private Statement Earned(Enrolment enrolment, PublishedCourse course, Certificate certificate) =>
        say.About(enrolment, course, Verbs.Earned, new Activity(addresses.Certificate(certificate.Serial))
        {
            Definition = new ActivityDefinition
            {
                Name = certificate.CourseTitle,
                Type = ActivityTypes.Certificate,
                MoreInfo = addresses.Certificate(certificate.Serial),
            },
        }, language: certificate.Language);
}
