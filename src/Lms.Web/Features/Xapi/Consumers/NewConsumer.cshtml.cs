using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Consumers;

[Authorize(Policies.Manager)]
internal sealed class NewConsumerModel(StatementConsumers consumers, Centres centres, IStringLocalizer<XapiText> text) : PageModel
{
    [BindProperty] public ConsumerForm Input { get; set; } = new();
    public IReadOnlyList<Centre> Managed { get; private set; } = [];
    /// <summary>The signing key just made: shown in this answer and never again.</summary>
    public string? Made { get; private set; }
    public Guid MadeId { get; private set; }

    /// <summary>Only those who manage the hub may limit its consumers; the choice says nothing for another centre's.</summary>
    public ConsumerFields Fields => new(Input, Managed.Any(c => c.Kind == CentreKind.Hub) ? [.. Managed.Where(c => c.Kind != CentreKind.Hub).Select(c => (c.Id, c.Name))] : [], HasSecret: false);

    public async Task OnGetAsync(ConsumerKind kind, CancellationToken ct)
    {
        await LoadAsync(ct);
        (Input.Kind, Input.Centre) = (kind, Managed.Count > 0 ? Managed[0].Id : Guid.Empty);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        var (consumer, secret, problems) = await consumers.CreateAsync(User, Input.Centre, Input.Details, ct);
        if (consumer is null)
        {
            ModelState.Add(problems);
            return Page();
        }
        if (secret is null)
        {
            TempData.Notify(text["The consumer is made. Test it now."]);
            return RedirectToPage("EditConsumer", new { consumer.Id });
        }
        (Made, MadeId) = (secret, consumer.Id);
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct) => Managed = await centres.ManagedAsync(User, ct);
}
