using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Certificates;

[Authorize(Policies.Manager)]
public sealed class AdminCertificatesModel(
    CertificateService certificates, CertificateTemplates templates, IStringLocalizer<CertificatesText> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public CertificateStanding? Status { get; set; }

    public int Number { get; private set; } = 1;
    public CertificatePage Certificates { get; private set; } = new(0, []);
    public string? TemplateRefused { get; private set; }

    public IEnumerable<SelectListItem> Statuses =>
    [
        new(text["All"], ""),
        new(text["Valid"], nameof(CertificateStanding.Valid)),
        new(text["Expired"], nameof(CertificateStanding.Expired)),
        new(text["Revoked"], nameof(CertificateStanding.Revoked)),
        new(text["Replaced"], nameof(CertificateStanding.Superseded)),
    ];

    public async Task OnGetAsync(CancellationToken ct)
    {
        // Not bound: "page" is also a route value that Razor Pages keeps for itself.
        Number = int.TryParse(Request.Query["page"], out var page) && page > 0 ? page : 1;
        Certificates = await certificates.SearchAsync(Q, Status, Number, ct);
        TemplateRefused = User.Has(Role.Administrator) ? templates.Refused : null;
    }
}
