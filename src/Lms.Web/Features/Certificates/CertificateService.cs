using Lms.Manuscripts.Courses;
using Lms.Web.Data;
using Lms.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Certificates;

/// <summary>What became of a request to change a certificate.</summary>
public enum CertificateChange
{
    Done,
    /// <summary>There is none that the person may see.</summary>
    NotFound,
    /// <summary>Somebody else was quicker: it is revoked or replaced already.</summary>
    NotInForce,
}

/// <summary>Finds certificates and changes what they are worth.</summary>
public sealed class CertificateService(LmsDbContext db, TimeProvider clock)
{
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>For anybody who holds the serial, with the serial of the certificate in its place.</summary>
    public async Task<VerifiedCertificate?> VerifyAsync(string serial, CancellationToken ct)
    {
        // The person asking is nobody: the serial itself, which can't be guessed, is what lets them see this one row.
        var certificates = db.Certificates.IgnoreQueryFilters().AsNoTracking();
        var found = await certificates.SingleOrDefaultAsync(c => c.Serial == serial, ct);
        if (found is null) return null;
        var newer = found.ReplacedById is { } id ? await certificates.Where(c => c.Id == id).Select(c => c.Serial).SingleOrDefaultAsync(ct) : null;
        return new VerifiedCertificate(found, found.StandingAt(Now), newer);
    }

    /// <summary>A certificate that the present person may see.</summary>
    public Task<Certificate?> FindAsync(Guid id, CancellationToken ct) =>
        db.Certificates.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>The newest certificate of an enrolment; null while it is being issued, or when it earns none.</summary>
    public Task<Guid?> OfEnrolmentAsync(Guid enrolmentId, CancellationToken ct) =>
        db.Certificates.Where(c => c.EnrolmentId == enrolmentId).OrderByDescending(c => c.Issue).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct);

    /// <summary>One page of the person's own certificates, newest first.</summary>
    public Task<CertificatePage> OwnAsync(Guid personId, int page, CancellationToken ct) =>
        PageAsync(db.Certificates.Where(c => c.LearnerId == personId), page, ct);

    /// <summary>One page of what staff may see, by serial or the beginning of the holder's name, and by what it is worth now.</summary>
    public Task<CertificatePage> SearchAsync(string? text, CertificateStanding? standing, int page, CancellationToken ct)
    {
        var found = db.Certificates.AsQueryable();
        if (Serial.Parse(text) is { } serial) found = found.Where(c => c.Serial == serial);
        else if (!string.IsNullOrWhiteSpace(text)) found = found.Where(c => c.HolderName.StartsWith(text.Trim()));
        var now = Now;
        found = standing switch
        {
            CertificateStanding.Valid => found.Where(c => c.Status == CertificateStatus.Active && (c.ExpiresAt == null || c.ExpiresAt > now)),
            CertificateStanding.Expired => found.Where(c => c.Status == CertificateStatus.Active && c.ExpiresAt <= now),
            CertificateStanding.Revoked => found.Where(c => c.Status == CertificateStatus.Revoked),
            CertificateStanding.Superseded => found.Where(c => c.Status == CertificateStatus.Superseded),
            _ => found,
        };
        return PageAsync(found, page, ct);
    }

    private async Task<CertificatePage> PageAsync(IQueryable<Certificate> found, int page, CancellationToken ct)
    {
        var now = Now;
        var total = await found.CountAsync(ct);
        // Ids grow with time, so their own index gives the order.
        var rows = await found.AsNoTracking().OrderByDescending(c => c.Id).Skip((Pager.Number(page) - 1) * CertificatePage.Size).Take(CertificatePage.Size)
            .Select(c => new { c.Id, c.EnrolmentId, c.Serial, c.HolderName, c.CourseTitle, c.CourseNumber, c.IssuedAt, c.ExpiresAt, c.Status }).ToListAsync(ct);
        return new CertificatePage(total, [.. rows.Select(c =>
        {
            var standing = Certificate.StandingOf(c.Status, c.ExpiresAt, now);
            return new CertificateRow(c.Id, c.EnrolmentId, c.Serial, c.HolderName, c.CourseTitle, c.CourseNumber, c.IssuedAt, c.ExpiresAt, standing,
                Certificate.DaysLeftOf(standing, c.ExpiresAt, now));
        })]);
    }

    public Task<CertificateChange> RevokeAsync(Guid id, string reason, Guid by, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var certificate = await db.Certificates.SingleOrDefaultAsync(c => c.Id == id, ct);
            if (certificate is null) return CertificateChange.NotFound;
            if (!certificate.Revoke(reason, by, Now)) return CertificateChange.NotInForce;
            await db.SaveChangesAsync(ct);
            return CertificateChange.Done;
        });

    /// <summary>Issues the same facts anew, for example with the name put right; old and new know each other in one commit.</summary>
    public Task<(CertificateChange Change, Guid? Id)> ReissueAsync(Guid id, string holderName, string reason, Guid by, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var old = await db.Certificates.SingleOrDefaultAsync(c => c.Id == id, ct);
            if (old is null) return (CertificateChange.NotFound, (Guid?)null);
            var certificate = old.Reissued(holderName, Now);
            if (!old.ReplaceBy(certificate, reason, by, Now)) return (CertificateChange.NotInForce, null);
            db.Add(certificate);
            await db.SaveChangesAsync(ct);
            return (CertificateChange.Done, certificate.Id);
        });
}

/// <param name="Standing">At the time it was asked for.</param>
/// <param name="NewerSerial">Of the certificate that stands in its place; null when none does.</param>
public sealed record VerifiedCertificate(Certificate Certificate, CertificateStanding Standing, string? NewerSerial);

public sealed record CertificatePage(int Total, IReadOnlyList<CertificateRow> Rows)
{
    public const int Size = 50;
}

/// <summary>A certificate in a list.</summary>
public sealed record CertificateRow(
    Guid Id, Guid EnrolmentId, string Serial, string HolderName, LanguageMap CourseTitle, string CourseNumber, DateTime IssuedAt, DateTime? ExpiresAt,
    CertificateStanding Standing, int? DaysLeft);
