using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Packages;

/// <summary>A package with its versions.</summary>
[Authorize(Policies.Staff)]
public sealed class PackageViewModel(PackageLibrary library, IStringLocalizer<PackagesText> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public PackageRow Row { get; private set; } = null!;
    public IReadOnlyList<VersionRow> Versions { get; private set; } = [];
    public bool MayChange => User.Has(Policies.Packages, Row.Package.CentreId);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await library.FindAsync(Id, ct) is not { } row) return NotFound();
        (Row, Versions) = (row, await library.VersionsAsync(Id, ct));
        return Page();
    }

    public async Task<IActionResult> OnPostPolicyAsync(UpdatePolicy policy, CancellationToken ct)
    {
        if (!ModelState.IsValid || !await library.SetPolicyAsync(User, Id, policy, ct)) return NotFound();
        TempData.Notify(text["Saved."]);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        if (!await library.DeleteAsync(User, Id, ct)) return NotFound();
        TempData.Notify(text["The package was removed."]);
        return Redirect("/packages");
    }
}
