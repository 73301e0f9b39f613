using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Certificates;

/// <summary>One certificate for the managers of its centre: its facts, and what can be done about it.</summary>
[Authorize(Policies.Manager)]
public sealed class AdminCertificateModel(CertificateService certificates, LmsDbContext db, IStringLocalizer<CertificatesText> text) : PageModel
{
    private const int LongestReason = 500;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public string? HolderName { get; set; }
    [BindProperty] public string? Reason { get; set; }
    [BindProperty] public bool Sure { get; set; }

    public Certificate Certificate { get; private set; } = null!;
    public CertificateStanding Standing { get; private set; }
    public string? ChangedBy { get; private set; }
    public bool MayRevoke => Certificate.Status == CertificateStatus.Active;
    public bool MayReissue => Certificate.ReplacedById is null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (!Sure) ModelState.AddModelError("", text["Tick the box to confirm."]);
        if (!HasReason()) return Page();
        return await certificates.RevokeAsync(Id, Reason!, User.PersonId(), ct) switch
        {
            CertificateChange.Done => Done(Id, text["The certificate has been revoked."]),
            CertificateChange.NotFound => NotFound(),
            _ => Refuse(),
        };
    }

    public async Task<IActionResult> OnPostReissueAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (PrintedName.Of(HolderName ?? "").Length == 0) ModelState.AddModelError("", text["Type the name as it should be printed."]);
        if (!HasReason()) return Page();
        var (change, newer) = await certificates.ReissueAsync(Id, HolderName!, Reason!, User.PersonId(), ct);
        return change switch
        {
            CertificateChange.Done => Done(newer!.Value, text["The new certificate has been issued."]),
            CertificateChange.NotFound => NotFound(),
            _ => Refuse(),
        };
    }

    private bool HasReason()
    {
        Reason = Reason?.Trim();
        if (Reason is not { Length: > 0 and <= LongestReason }) ModelState.AddModelError("", text["Say the reason, in at most {0} characters.", LongestReason]);
        return ModelState.IsValid;
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await certificates.FindAsync(Id, ct) is not { } certificate || !User.Has(Policies.Manager, certificate.CentreId)) return false;
        Certificate = certificate;
        Standing = certificate.StandingAt(certificates.Now);
        ChangedBy = certificate.StatusBy is { } by ? await db.People.Where(p => p.Id == by).Select(p => p.Name).SingleOrDefaultAsync(ct) : null;
        return true;
    }

    private RedirectResult Done(Guid id, string sentence)
    {
        TempData.Notify(sentence);
        return Redirect($"/admin/certificates/{id}");
    }

    private PageResult Refuse()
    {
        ModelState.AddModelError("", text["Somebody else changed this certificate first. Look at it again."]);
        return Page();
    }
}
