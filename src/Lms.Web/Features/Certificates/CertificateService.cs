using Lms.Web.Data;
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
