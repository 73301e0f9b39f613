using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Certificates;

public sealed class MyCertificatesModel(CertificateService certificates, Renewals renewals) : PageModel
{
    private IReadOnlyDictionary<Guid, DateTime> _open = new Dictionary<Guid, DateTime>();

    public int Number { get; private set; } = 1;

    public CertificatePage Certificates { get; private set; } = new(0, []);

    /// <summary>Of the certificates of an enrolment only the one in force, or that was until it expired, is renewed.</summary>
    public bool CanRenew(CertificateRow row) => row.Standing is CertificateStanding.Valid or CertificateStanding.Expired && _open.ContainsKey(row.EnrolmentId);

    public async Task OnGetAsync(CancellationToken ct)
    {
        // Not bound: "page" is also a route value that Razor Pages keeps for itself.
        Number = int.TryParse(Request.Query["page"], out var page) && page > 0 ? page : 1;
        Certificates = await certificates.OwnAsync(User.PersonId(), Number, ct);
        _open = await renewals.OpenAsync([.. Certificates.Rows.Select(c => c.EnrolmentId).Distinct()], ct);
    }
}
