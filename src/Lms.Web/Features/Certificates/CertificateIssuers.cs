using Lms.Web.Data;
using Lms.Web.Features.Network;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// Who issues and signs: the centre where it says so, else the hub, else <c>LMS__Certificates__Issuer</c>, <c>__Signatory</c> and
/// <c>__SignatoryTitle</c>, else the hub by its name. A signatory never signs under another's name, so the three go together.
/// </summary>
public sealed class CertificateIssuers(LmsDbContext db, IConfiguration configuration)
{
    public async Task<CertificateIssuer> ForAsync(Guid centreId, CancellationToken ct)
    {
        var centres = await db.Centres.AsNoTracking().Where(c => c.Id == centreId || c.Kind == CentreKind.Hub).OrderBy(c => c.Id).ToListAsync(ct);
        return Of(centres.Find(c => c.Id == centreId)) ?? HubOf(centres);
    }

    /// <summary>The issuer that the whole installation stands for.</summary>
    public async Task<CertificateIssuer> HubAsync(CancellationToken ct) =>
        HubOf(await db.Centres.AsNoTracking().Where(c => c.Kind == CentreKind.Hub).OrderBy(c => c.Id).ToListAsync(ct));

    private CertificateIssuer HubOf(List<Centre> centres)
    {
        var hub = centres.Find(c => c.Kind == CentreKind.Hub);
        var section = configuration.GetSection("LMS:Certificates");
        return Of(hub) ?? new CertificateIssuer(section["Issuer"] ?? hub?.Name ?? "Seedlot", section["Signatory"], section["SignatoryTitle"]);
    }

    private static CertificateIssuer? Of(Centre? centre) => string.IsNullOrWhiteSpace(centre?.CertificateIssuer)
        ? null
        : new CertificateIssuer(centre.CertificateIssuer, centre.CertificateSignatory, centre.CertificateSignatoryTitle);
}
