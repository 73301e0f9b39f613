using Lms.Web.Data;
using Lms.Web.Features.Assessment;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Certificates;

/// <summary>Which certificates their holders may renew by passing the assessment again.</summary>
public sealed class Renewals(LmsDbContext db, TimeProvider clock) : IRenewals
{
    /// <summary>How long before it expires a certificate can be renewed, and its holder is told.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(60);

    /// <remarks>An enrolment has at most one active certificate, its newest; one that was revoked is not for the learner to renew.</remarks>
    public async Task<IReadOnlyDictionary<Guid, DateTime>> OpenAsync(IReadOnlyCollection<Guid> enrolmentIds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(enrolmentIds);
        if (enrolmentIds.Count == 0) return new Dictionary<Guid, DateTime>();
        var until = clock.GetUtcNow().UtcDateTime + Period;
        return await Unrenewed()
            .Where(c => enrolmentIds.Contains(c.EnrolmentId) && c.ExpiresAt < until)
            .Where(c => db.Enrolments.Any(e => e.Id == c.EnrolmentId && e.HasAssessment && e.ReplacedAt == null))
            .ToDictionaryAsync(c => c.EnrolmentId, c => c.IssuedAt, ct);
    }

    /// <summary>Whether the assessment was passed again and the certificate for it is still being made.</summary>
    public async Task<bool> IsPendingAsync(Guid certificateId, CancellationToken ct) =>
        await db.Certificates.AnyAsync(c => c.Id == certificateId && c.Status == CertificateStatus.Active, ct)
        && !await Unrenewed().AnyAsync(c => c.Id == certificateId, ct);

    private IQueryable<Certificate> Unrenewed() =>
        from certificate in db.Certificates
        where certificate.Status == CertificateStatus.Active
        where !db.Attempts.Any(a => a.EnrolmentId == certificate.EnrolmentId && a.Passed == true && a.SubmittedAt > certificate.IssuedAt)
        select certificate;
}
