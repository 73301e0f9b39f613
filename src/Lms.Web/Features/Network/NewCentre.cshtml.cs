using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Network;

[Authorize(Policies.Administrator)]
public sealed class NewCentreModel(Centres centres) : PageModel
{
    [BindProperty] public CentreForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var problems = await centres.CreateAsync(Input.Slug, Input.Kind, Input.Details, ct);
        if (problems.Count == 0) return RedirectToPage("CentreList");
        ModelState.Add(problems);
        return Page();
    }
}
