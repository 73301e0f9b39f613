using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Xapi.Credentials;

[Authorize(Policies.Manager)]
public sealed class CredentialListModel(CredentialAdministration credentials) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? After { get; set; }
    public CredentialPage Found { get; private set; } = new([], null);

    public Pager Pager => new(
        After is null ? null : Url.Page("CredentialList", new { After = (Guid?)null }),
        Found.Next is null ? null : Url.Page("CredentialList", new { After = Found.Next }), "");

    public async Task OnGetAsync(CancellationToken ct) => Found = await credentials.ListAsync(User, After, CredentialAdministration.PageSize, ct);
}
