using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Packages;

/// <summary>The report of a version: what will be tracked and what not, what to mend, and, while it waits, what it changes for learners.</summary>
[Authorize(Policies.Staff)]
public sealed class VersionModel(PackageLibrary library, CarryOver carryOver, LmsDbContext db, IStringLocalizer<PackagesText> text) : PageModel
{
    public const int MostShown = 500;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public int Number { get; set; }

    public PackageRow Row { get; private set; } = null!;
    public PackageVersion Version { get; private set; } = null!;
    /// <summary>Against the version before it; null for the first.</summary>
    public CarryOverPreview? Preview { get; private set; }
    public bool MayPublish => Number > Row.Current.Number && User.Has(Policies.Packages, Row.Package.CentreId);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await library.FindAsync(Id, ct) is not { } row || await library.VersionAsync(Id, Number, ct) is not { } version) return NotFound();
        (Row, Version) = (row, version);
        var before = Number > row.Current.Number ? row.Current : await db.PackageVersions.AsNoTracking().Where(v => v.PackageId == Id && v.Number < Number).OrderByDescending(v => v.Number).FirstOrDefaultAsync(ct);
        if (before is not null) Preview = await carryOver.PreviewAsync(row.Package, before, version, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(UpdatePolicy policy, CancellationToken ct)
    {
        if (!ModelState.IsValid || !await library.PublishAsync(User, Id, Number, policy, ct)) return NotFound();
        TempData.Notify(text["Version {0} is published.", Number]);
        return RedirectToPage();
    }
}
