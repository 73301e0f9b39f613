using System.Security.Claims;
using System.Text;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;

namespace Lms.Web.Features.Certificates;

/// <summary>The certificate as a file. Holders get their own; staff those of their centres.</summary>
internal static class CertificateEndpoints
{
    public static void MapCertificateFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/certificates").RequireAuthorization().RequireRateLimiting(Limits.Files).ExcludeFromDescription();
        files.MapGet("/{id:guid}.svg", SvgAsync);
        files.MapGet("/{id:guid}.pdf", PdfAsync);
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
        Guid id, ClaimsPrincipal user, CertificateService certificates, CertificateDrawing drawing, CertificatePdf pdf, HttpContext context, CancellationToken ct)
    {
        if (await certificates.FindAsync(id, ct) is not { } certificate || !user.MaySee(certificate)) return TypedResults.NotFound();
        if (await pdf.MakeAsync(drawing.Draw(certificate), certificate.IssuedAt, ct) is not { } bytes) return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.File(bytes, "application/pdf", $"{certificate.Serial}.pdf");
    }
}
