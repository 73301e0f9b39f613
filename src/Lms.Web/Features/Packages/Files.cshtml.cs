using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>The files of a version; each opens on the package's own origin.</summary>
[Authorize(Policies.Staff)]
public sealed class FilesModel(PackageLibrary library, PackageOrigin origin, LmsDbContext db) : PageModel
{
    public const int PageSize = 100;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public int Number { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public PackageRow Row { get; private set; } = null!;
    public IReadOnlyList<PackageFile> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        PageNumber = Pager.Number(PageNumber);
        if (await library.FindAsync(Id, ct) is not { } row || await library.VersionAsync(Id, Number, ct) is not { } version) return NotFound();
        (Row, Total) = (row, version.FileCount);
        Rows = await db.PackageFiles.AsNoTracking().Where(f => f.PackageVersionId == version.Id).OrderBy(f => f.Path).Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return Page();
    }

    public string UrlOf(PackageFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return origin.Url(Request, file.PackageVersionId, Guid.Empty, string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString)));
    }
}
