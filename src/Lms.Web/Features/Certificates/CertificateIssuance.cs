using Lms.Manuscripts.Courses;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Xapi;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Certificates;

/// <summary>A certificate was issued.</summary>
public sealed record CertificateIssued(Guid CertificateId);

/// <summary>What a certificate is issued for.</summary>
/// <param name="Issue">1 for the first of the enrolment.</param>
/// <param name="EarnedAt">Its validity counts from here.</param>
/// <param name="Reason">Why it takes the place of an earlier one.</param>
public sealed record Achievement(int Issue, double? Score, DateTime EarnedAt, string EvidenceHash, string Reason);

/// <summary>Issues a certificate in one commit with the statement about it; those of the same course from before are superseded.</summary>
public sealed class CertificateIssuance(
    LmsDbContext db, CertificateIssuers issuers, StatementStore statements, LearningStatements say, XapiAddresses addresses, Outbox outbox, SiteMetrics metrics, TimeProvider clock)
{
    public async Task IssueAsync(Enrolment enrolment, PublishedCourse course, CertificatePolicy policy, Achievement achievement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(achievement);
        var certificate = await NewAsync(enrolment, course, policy, achievement, ct);
        db.Add(certificate);
        await statements.AppendAsync(Earned(enrolment, course, certificate), enrolment.CentreId, ct);
        outbox.Add(new CertificateIssued(certificate.Id));
        await db.SaveChangesAsync(ct);
        metrics.CertificateIssued();
    }

    private async Task<Certificate> NewAsync(Enrolment enrolment, PublishedCourse course, CertificatePolicy policy, Achievement achievement, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var learner = await db.People.Where(p => p.Id == enrolment.LearnerId).Select(p => new { p.Name, p.Language }).SingleAsync(ct);
        var earlier = await EarlierAsync(enrolment, course.Row, ct);
        var certificate = new Certificate
        {
            Serial = Serial.New(),
            EnrolmentId = enrolment.Id,
            Issue = achievement.Issue,
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
            Score = achievement.Score,
            CompletedAt = enrolment.CompletedAt!.Value,
            IssuedAt = now,
            ExpiresAt = policy.ValidMonths is { } months ? achievement.EarnedAt.AddMonths(months) : null,
            EvidenceHash = achievement.EvidenceHash,
            ReplacesId = earlier.FirstOrDefault()?.Id,
        };
        foreach (var old in earlier) old.ReplaceBy(certificate, achievement.Reason, by: null, now);
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
