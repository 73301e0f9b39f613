using System.Net.Mime;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// Tells anybody who holds a serial what the certificate is worth. It shows no more than the paper does: the name is there so that
/// a borrowed or altered certificate is noticed; why one was revoked stays with its centre.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Verify)]
public sealed class VerifyModel(CertificateService certificates, CertificateConverter converter, SiteAddress address) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Serial { get; set; }

    public VerifiedCertificate? Found { get; private set; }
    /// <summary>Where the picture is that is shown with a link to the certificate; null for one that does not stand, or where none can be made.</summary>
    public string? Picture => Found is { Standing: CertificateStanding.Valid } && converter.IsAvailable ? address.Link(Request, $"/verify/{Found.Certificate.Serial}/preview.png") : null;
    public string Link => address.Link(Request, $"/verify/{Found!.Certificate.Serial}");
    public bool Misspelt { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // The answer is true at the moment of asking only, and a serial belongs in no search engine.
        Response.Headers.CacheControl = "no-store";
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        Response.Headers.Vary = "Accept";
        if (string.IsNullOrWhiteSpace(Serial)) return Page();

        var serial = Certificates.Serial.Parse(Serial);
        if (serial is not null && RouteData.Values["serial"] is null && !WantsJson) return Redirect($"/verify/{serial}");
        Misspelt = serial is null;
        Found = serial is null ? null : await certificates.VerifyAsync(serial, ct);
        Serial = serial ?? Serial;
        if (Found is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return WantsJson ? new JsonResult(Found is null ? new { Serial, Status = "not found" } : Facts(Found)) : Page();
    }

    private bool WantsJson => Request.GetTypedHeaders().Accept
        .OrderByDescending(a => a.Quality ?? 1).FirstOrDefault()?.MediaType.Value == MediaTypeNames.Application.Json;

    private static object Facts(VerifiedCertificate found)
    {
        var certificate = found.Certificate;
        return new
        {
            certificate.Serial,
            Status = found.Standing.ToString().ToLowerInvariant(),
            StatusOn = certificate.StatusAt is { } at ? Dates.Text(at) : null,
            certificate.Type,
            Holder = certificate.HolderName,
            Course = certificate.CourseTitle,
            certificate.CourseNumber,
            certificate.Minutes,
            Issuer = certificate.Issuer.Name,
            CompletedOn = Dates.Text(certificate.CompletedAt),
            IssuedOn = Dates.Text(certificate.IssuedAt),
            ExpiresOn = certificate.ExpiresAt is { } end ? Dates.Text(end) : null,
            SupersededBy = found.NewerSerial,
        };
    }
}
