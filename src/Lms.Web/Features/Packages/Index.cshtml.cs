using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Packages;

/// <summary>The packages of the centres where somebody is staff.</summary>
[Authorize(Policies.Staff)]
public sealed class IndexModel(PackageLibrary library) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")] public string? Words { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public PackagePage Found { get; private set; } = new([], 0);
    public bool MayImport => User.Has(Policies.Packages, User.CentreId());

    public async Task OnGetAsync(CancellationToken ct)
    {
        PageNumber = Pager.Number(PageNumber);
        Found = await library.PageAsync(Words, PageNumber, ct);
    }
}
