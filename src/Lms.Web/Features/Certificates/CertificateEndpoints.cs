using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.Net.Http.Headers;

namespace Lms.Web.Features.Certificates;

/// <summary>The certificate as a file. Holders get their own; staff those of their centres.</summary>
internal static class CertificateEndpoints
{
    public static void MapCertificateFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/certificates").RequireAuthorization().RequireRateLimiting(Limits.Files).ExcludeFromDescription();
        files.MapGet("/{id:guid}.svg", SvgAsync);
        files.MapGet("/{id:guid}.pdf", PdfAsync);
        var open = app.MapGroup("/verify").AllowAnonymous().RequireRateLimiting(Limits.Verify).ExcludeFromDescription();
        open.MapGet("/{serial}/badge.png", (string serial, CertificatePictures pictures, HttpContext http) => PictureAsync(serial, CertificatePicture.Badge, pictures, http));
        open.MapGet("/{serial}/preview.png", (string serial, CertificatePictures pictures, HttpContext http) => PictureAsync(serial, CertificatePicture.Preview, pictures, http));
    }

    private static async Task<IResult> PictureAsync(string serial, CertificatePicture picture, CertificatePictures pictures, HttpContext http)
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        if (await pictures.DrawAsync(serial, picture, http.RequestAborted) is not { } png) return TypedResults.NotFound();
        // Of a certificate that is revoked there is soon none.
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Bytes(png, "image/png", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(png))}\""));
    }

    /// <summary>Whether the certificate is the person's own or one of a centre where they are staff.</summary>
    public static bool MaySee(this ClaimsPrincipal user, Certificate certificate) =>
        certificate.LearnerId == user.PersonId() || user.Has(Policies.Staff, certificate.CentreId);

    private static async Task<IResult> SvgAsync(
        Guid id, ClaimsPrincipal user, CertificateService certificates, CertificateDrawing drawing, HttpContext context, CancellationToken ct)
    {
        if (await certificates.FindAsync(id, ct) is not { } certificate || !user.MaySee(certificate)) return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.File(Encoding.UTF8.GetBytes(drawing.Draw(certificate)), "image/svg+xml", $"{certificate.Serial}.svg");
    }

    private static async Task<IResult> PdfAsync(
        Guid id, ClaimsPrincipal user, CertificateService certificates, CertificateDrawing drawing, CertificateConverter converter, HttpContext context, CancellationToken ct)
    {
        if (await certificates.FindAsync(id, ct) is not { } certificate || !user.MaySee(certificate)) return TypedResults.NotFound();
        if (await converter.PdfAsync(drawing.Draw(certificate), certificate.IssuedAt, ct) is not { } bytes) return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.File(bytes, "application/pdf", $"{certificate.Serial}.pdf");
    }
}
