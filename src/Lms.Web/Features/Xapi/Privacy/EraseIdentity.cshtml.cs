using System.Globalization;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi.Window;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Privacy;

/// <summary>Asks whether an agent shall be taken out of the statements.</summary>
[Authorize(Policies.Manager)]
public sealed class EraseIdentityModel(StatementPrivacy privacy, StatementTexts texts, XapiAddresses addresses, LmsDbContext db, IStringLocalizer<XapiText> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public string? Reason { get; set; }
    [BindProperty] public bool WithContent { get; set; }
    [BindProperty] public string? Typed { get; set; }

    public string Name { get; private set; } = "";
    public string Key { get; private set; } = "";
    /// <summary>What is typed to confirm: figures, which every keyboard has.</summary>
    public string Code => (Id % 10_000).ToString("0000", CultureInfo.InvariantCulture);
    public bool IsErased => Pseudonyms.IsOne(Key, addresses.Root);
    public bool IsOwn => Key.StartsWith($"account|{addresses.Root}|", StringComparison.Ordinal);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct) || IsErased) return NotFound();
        (Reason, Typed) = (Reason?.Trim(), Typed?.Trim());
        if (Reason is not { Length: > 0 and <= Erasure.LongestReason }) ModelState.AddModelError("", text["Say the reason, in at most {0} characters.", Erasure.LongestReason]);
        if (Typed != Code) ModelState.AddModelError("", text["Type the number {0} to confirm.", Code]);
        if (!ModelState.IsValid) return Page();
        await privacy.EraseAsync(Key, WithContent, Reason!, User, ct);
        TempData.Notify(text["The identity is being erased. The list shows when it is done."]);
        return Redirect("/statements/privacy");
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await db.XapiAgents.AsNoTracking().SingleOrDefaultAsync(a => a.Id == Id, ct) is not { } agent || !await privacy.MayEraseAsync(Id, User, ct)) return false;
        Key = agent.Name;
        Name = (await texts.OpenAsync([], [], [Key], ct)).Agent(Key, agent.DisplayName);
        return true;
    }
}
