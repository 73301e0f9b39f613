using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

[Authorize(Policies.Manager)]
public sealed class InvitationsModel(Invitations invitations, Centres centres, SiteAddress site, IStringLocalizer<IdentityText> text) : PageModel
{
    public IReadOnlyList<OpenInvitation> Open { get; private set; } = [];
    public IReadOnlyList<Centre> Managed { get; private set; } = [];
    public string? Link { get; private set; }
    public IEnumerable<Role> Grantable => Enum.GetValues<Role>().Where(role => Managed.Any(c => User.MayGrant(role, c)));

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(Role role, Guid centre, string? email, CancellationToken ct)
    {
        if (email is { Length: > 256 } || (!string.IsNullOrWhiteSpace(email) && !Accounts.LooksLikeEmail(email.Trim())))
        {
            ModelState.AddModelError("email", text["Write an e-mail address, such as name@example.org."]);
        }
        else
        {
            if (await invitations.InviteAsync(User, role, centre, email, ct) is not { } path) return Forbid();
            Link = site.Link(Request, path);
            Response.Headers.CacheControl = "no-store";
        }
        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken ct)
    {
        await invitations.WithdrawAsync(User, id, ct);
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Managed = await centres.ManagedAsync(User, ct);
        Open = await invitations.ListAsync(User, ct);
    }
}
