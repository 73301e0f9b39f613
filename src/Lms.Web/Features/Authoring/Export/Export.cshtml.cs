using System.Globalization;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>A published course as a package for other learning platforms.</summary>
[Authorize(Policies.Author)]
public sealed class ExportModel(LmsDbContext db, CourseLibrary library, CourseExporter exporter) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";

    public string Title { get; private set; } = "";
    public IReadOnlyList<string> Languages { get; private set; } = [];
    /// <summary>Whether the course was imported as a package.</summary>
    public bool IsPackage { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var version = await db.Courses.AsNoTracking().Where(c => c.Slug == Slug).Select(c => c.CurrentVersionId).SingleOrDefaultAsync(ct);
        if (version is not { } id) return NotFound();
        var course = await library.GetAsync(id, ct);
        (Title, Languages) = (course.Content.Title.In(CultureInfo.CurrentUICulture.Name), course.Content.Languages);
        IsPackage = course.Lessons.Any(l => l.Package is not null);
        return Page();
    }

    public async Task<IActionResult> OnGetPackageAsync(string? format, string? language, CancellationToken ct) =>
        PackageFormats.ByName.TryGetValue(format ?? "", out var chosen) && await exporter.ExportAsync(Slug, chosen, language, ct) is ExportOutcome.Exported exported
            ? File(exported.Zip, "application/zip", exported.FileName)
            : NotFound();

    public static string AboutOf(PackageFormat format) => format switch
    {
        PackageFormat.Scorm12 => "Runs nearly everywhere. The platform shows the contents; lessons are opened from there.",
        PackageFormat.Scorm2004 => "Goes on from lesson to lesson, and tells progress and mastery.",
        _ => "For platforms with a record store: every answer is a statement there.",
    };
}
