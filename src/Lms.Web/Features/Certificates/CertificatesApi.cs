using System.Security.Claims;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;

namespace Lms.Web.Features.Certificates;

/// <summary>Certificates for programs: <c>/api/v1/certificates</c>.</summary>
internal static class CertificatesApi
{
    public static void MapCertificatesApi(this IEndpointRouteBuilder app)
    {
        var api = Api.Group(app).MapGroup("/certificates").WithTags("Certificates");
        api.MapGet("", ListAsync).WithSummary("The caller's own certificates; for staff, those of their centres. 50 a page, newest first.");
        api.MapGet("/{id:guid}", GetAsync).WithSummary("One certificate that the caller may see.");
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, CertificateService certificates, string? search, CertificateStanding? status, int? page, CancellationToken ct)
    {
        var number = Pager.Number(page);
        var found = Policies.Roles[Policies.Staff].Any(user.Has)
            ? await certificates.SearchAsync(search, status, number, ct)
            : await certificates.OwnAsync(user.PersonId(), number, ct);
        return TypedResults.Ok(new { Page = number, found.Total, Items = found.Rows });
    }

    private static async Task<IResult> GetAsync(Guid id, ClaimsPrincipal user, CertificateService certificates, CancellationToken ct) =>
        await certificates.FindAsync(id, ct) is { } certificate && user.MaySee(certificate)
            ? TypedResults.Ok(new
            {
                certificate.Id,
                certificate.Serial,
                Standing = certificate.StandingAt(certificates.Now).ToString(),
                certificate.EnrolmentId,
                certificate.LearnerId,
                certificate.Type,
                certificate.HolderName,
                certificate.CourseTitle,
                certificate.CourseNumber,
                certificate.Minutes,
                certificate.Score,
                Issuer = certificate.Issuer.Name,
                certificate.CompletedAt,
                certificate.IssuedAt,
                certificate.ExpiresAt,
                certificate.EvidenceHash,
                certificate.ReplacesId,
                certificate.ReplacedById,
            })
            : TypedResults.NotFound();
}
