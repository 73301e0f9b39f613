using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Certificates;

/// <summary>A certificate on screen and, printed by any browser, on paper.</summary>
public sealed class CertificateViewModel(CertificateService certificates, CertificateDrawing drawing, CertificatePdf pdf) : PageModel
{
    /// <summary>How long before it expires a holder is told.</summary>
    public static readonly TimeSpan RenewalTime = TimeSpan.FromDays(60);

    public Certificate Certificate { get; private set; } = null!;
    public CertificateStanding Standing { get; private set; }
    public string Drawing { get; private set; } = "";
    public bool IsHolder { get; private set; }
    public bool RenewSoon { get; private set; }
    public Guid? Newer { get; private set; }
    public bool HasPdf => pdf.IsAvailable;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await certificates.FindAsync(id, ct) is not { } certificate || !User.MaySee(certificate)) return NotFound();
        Certificate = certificate;
        Standing = certificate.StandingAt(certificates.Now);
        Drawing = drawing.Draw(certificate);
        IsHolder = certificate.LearnerId == User.PersonId();
        Newer = certificate.ReplacedById;
        RenewSoon = IsHolder && certificate.ExpiresAt is { } end && end - certificates.Now < RenewalTime;
        Response.Headers.CacheControl = "private, no-store";
        return Page();
    }
}
