using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Credentials;

[Authorize(Policies.Manager)]
public sealed class CredentialModel(CredentialAdministration credentials, IStringLocalizer<XapiText> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public bool Sure { get; set; }
    public CredentialRow Row { get; private set; } = null!;
    /// <summary>The secret just made: shown in this answer and never again.</summary>
    public string? Secret { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRotateAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (!IsSure()) return Page();
        Secret = await credentials.RotateAsync(User, Id, ct);
        if (Secret is null) ModelState.AddModelError("", text["The credential is revoked. Make a new one."]);
        Response.Headers.CacheControl = "no-store";
        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (!IsSure()) return Page();
        await credentials.RevokeAsync(User, Id, ct);
        TempData.Notify(text["The credential is revoked."]);
        return RedirectToPage();
    }

    private bool IsSure()
    {
        if (!Sure) ModelState.AddModelError("", text["Tick the box to confirm."]);
        return Sure;
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await credentials.FindAsync(User, Id, ct) is not { } row) return false;
        Row = row;
        return true;
    }
}
