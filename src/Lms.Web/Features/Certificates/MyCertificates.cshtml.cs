using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Certificates;

public sealed class MyCertificatesModel(CertificateService certificates) : PageModel
{
    public int Number { get; private set; } = 1;

    public CertificatePage Certificates { get; private set; } = new(0, []);

    public async Task OnGetAsync(CancellationToken ct)
    {
        // Not bound: "page" is also a route value that Razor Pages keeps for itself.
        Number = int.TryParse(Request.Query["page"], out var page) && page > 0 ? page : 1;
        Certificates = await certificates.OwnAsync(User.PersonId(), Number, ct);
    }
}
