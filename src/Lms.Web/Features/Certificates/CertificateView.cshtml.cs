using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Certificates;

/// <summary>A certificate on screen and, printed by any browser, on paper.</summary>
public sealed class CertificateViewModel(CertificateService certificates, Renewals renewals, CertificateDrawing drawing, CertificateConverter converter) : PageModel
{
    public Certificate Certificate { get; private set; } = null!;
    public CertificateStanding Standing { get; private set; }
    public string Drawing { get; private set; } = "";
    public bool IsHolder { get; private set; }
    /// <summary>Whether the holder may renew it now.</summary>
    public bool CanRenew { get; private set; }
    /// <summary>Whole days until it expires; null when it never does or is not in force.</summary>
    public int? DaysLeft { get; private set; }
    public Guid? Newer { get; private set; }
    public bool HasPdf => converter.IsAvailable;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await certificates.FindAsync(id, ct) is not { } certificate || !User.MaySee(certificate)) return NotFound();
        Certificate = certificate;
        Standing = certificate.StandingAt(certificates.Now);
        Drawing = drawing.Draw(certificate);
        IsHolder = certificate.LearnerId == User.PersonId();
        Newer = certificate.ReplacedById;
        CanRenew = IsHolder && Standing is CertificateStanding.Valid or CertificateStanding.Expired
            && (await renewals.OpenAsync([certificate.EnrolmentId], ct)).Count > 0;
        DaysLeft = Certificate.DaysLeftOf(Standing, certificate.ExpiresAt, certificates.Now);
        Response.Headers.CacheControl = "private, no-store";
        return Page();
    }
}
