using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>Who receives statements, and how far behind each is.</summary>
[Authorize(Policies.Manager)]
internal sealed class ConsumersModel(ConsumerList list) : PageModel
{
    public IReadOnlyList<ConsumerRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Rows = await list.OfAsync(User, ct);
}
