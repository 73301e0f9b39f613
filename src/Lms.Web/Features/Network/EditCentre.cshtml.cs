using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Network;

[Authorize(Policies.Manager)]
public sealed class EditCentreModel(Centres centres, IStringLocalizer<NetworkText> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty] public CentreForm Input { get; set; } = new();
    public Centre Centre { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await centres.FindAsync(User, Slug, ct) is not { } centre) return NotFound();
        (Centre, Input) = (centre, CentreForm.Of(centre));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await centres.FindAsync(User, Slug, ct) is not { } centre) return NotFound();
        Centre = centre;
        var problems = await centres.EditAsync(centre.Id, Input.Details, ct);
        ModelState.Add(problems);
        return problems.Count > 0 ? Page() : Saved();
    }

    public async Task<IActionResult> OnPostCloseAsync(bool closed, CancellationToken ct)
    {
        if (!User.Has(Role.Administrator)) return Forbid();
        if (await centres.FindAsync(User, Slug, ct) is not { } centre) return NotFound();
        await centres.SetClosedAsync(centre.Id, closed, ct);
        return Saved();
    }

    private RedirectToPageResult Saved()
    {
        TempData.Notify(text["Saved."]);
        return RedirectToPage();
    }
}
