using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>How an upload goes on; once it is a package, that package.</summary>
[Authorize(Policies.Packages)]
public sealed class ImportModel(PackageUploads uploads, UploadFiles files, LmsDbContext db) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public PackageUpload Upload { get; private set; } = null!;
    public long Received { get; private set; }
    public double Progress { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await uploads.FindAsync(Id, User.PersonId(), ct) is not { } upload) return NotFound();
        if (upload.State == UploadState.Imported)
        {
            var newest = await db.PackageVersions.Where(v => v.PackageId == upload.PackageId).OrderByDescending(v => v.Number).Select(v => (int?)v.Number).FirstOrDefaultAsync(ct);
            return newest is null ? NotFound() : Redirect($"/packages/{upload.PackageId}/versions/{newest}");
        }
        (Upload, Received, Progress) = (upload, files.Length(Id), upload.Progress ?? 0);
        return Page();
    }
}
