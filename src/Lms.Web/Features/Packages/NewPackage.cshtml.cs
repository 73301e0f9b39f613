using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Packages;

/// <summary>Where a package, or a new version of one, is brought; <see cref="UploadEndpoints"/> takes it.</summary>
[Authorize(Policies.Packages)]
public sealed class NewPackageModel(PackageLibrary library, PackagesOptions options) : PageModel
{
    /// <summary>Languages that packages for this domain come in; another can be given through the API.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "fr", "ar", "es", "pt", "ru", "zh", "ko", "hi", "id", "sw", "vi"];

    [BindProperty(SupportsGet = true, Name = "package")] public Guid? PackageId { get; set; }

    public PackageRow? Of { get; private set; }
    public long MostBytes => options.MostUploadBytes;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (PackageId is not { } id) return Page();
        Of = await library.FindAsync(id, ct);
        return Of is not null && User.Has(Policies.Packages, Of.Package.CentreId) ? Page() : NotFound();
    }
}
