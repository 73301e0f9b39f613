using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Network;

[Authorize(Policies.Manager)]
public sealed class CentreListModel(Centres centres) : PageModel
{
    public IReadOnlyList<Centre> Shown { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Shown = await centres.ListAsync(User, ct);
}
