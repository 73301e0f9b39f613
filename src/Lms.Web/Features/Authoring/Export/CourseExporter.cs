using System.Globalization;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>What became of a wish for a package.</summary>
public abstract record ExportOutcome
{
    private ExportOutcome() { }

    /// <param name="FileName">As a browser keeps it.</param>
    public sealed record Exported(string FileName, byte[] Zip) : ExportOutcome;

    /// <summary>No course of that name is published.</summary>
    public sealed record Unknown : ExportOutcome;

    /// <summary>The course is a package itself, of somebody else's making.</summary>
    public sealed record IsPackage : ExportOutcome;

    /// <summary>The course is not there in that language.</summary>
    public sealed record NoLanguage(IReadOnlyList<string> Languages) : ExportOutcome;
}

/// <summary>Makes packages of published courses. The same version, format and language are the same bytes.</summary>
public sealed class CourseExporter(LmsDbContext db, CourseLibrary library, XapiAddresses addresses, ExportPages pages, ExportRuntime runtime, ExportPictures pictures)
{
    /// <param name="language">Null for the language that the course was written in.</param>
    public async Task<ExportOutcome> ExportAsync(string slug, PackageFormat format, string? language, CancellationToken ct)
    {
        var version = await db.Courses.AsNoTracking().Where(c => c.Slug == slug).Select(c => c.CurrentVersionId).SingleOrDefaultAsync(ct);
        if (version is not { } id) return new ExportOutcome.Unknown();
        var published = await library.GetAsync(id, ct);
        if (published.Lessons.Any(l => l.Package is not null)) return new ExportOutcome.IsPackage();

        var languages = published.Content.Languages;
        if ((language is null ? published.Content.Language : languages.FirstOrDefault(l => l.Equals(language, StringComparison.OrdinalIgnoreCase))) is not { } chosen)
            return new ExportOutcome.NoLanguage(languages);

        var course = new ExportedCourse(published, format, chosen, addresses);
        var zip = await InWordsOfAsync(chosen, () => WriteAsync(course, ct));
        return new ExportOutcome.Exported($"{slug}-{published.Row.Number}-{chosen}-{PackageFormats.NameOf(format)}.zip", zip);
    }

    private async Task<byte[]> WriteAsync(ExportedCourse course, CancellationToken ct)
    {
        var package = new PackageWriter();
        if (course.Format == PackageFormat.Cmi5) package.Add("cmi5.xml", Cmi5Structure.Of(course));
        package.Add("course.css", ExportRuntime.Style());
        package.Add("course.js", runtime.Script(course));
        foreach (var lesson in course.Published.Lessons) package.Add(ExportedCourse.PageOf(lesson), await pictures.CollectAsync(pages.Lesson(course, lesson), "../", package, ct));
        if (course.Content.Assessment is { } assessment) package.Add(ExportedCourse.AssessmentPage, await pictures.CollectAsync(pages.Assessment(course, assessment), "", package, ct));
        if (course.Format == PackageFormat.Scorm12) package.Add("imsmanifest.xml", Scorm12Manifest.Of(course, package.Paths));
        if (course.Format == PackageFormat.Scorm2004) package.Add("imsmanifest.xml", Scorm2004Manifest.Of(course, package.Paths));
        return package.ToZip();
    }

    // A package speaks the language of its course, whoever asks for it; English where the site has no words in it.
    private static async Task<byte[]> InWordsOfAsync(string language, Func<Task<byte[]>> write)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(SharedFeature.Languages.FirstOrDefault(l => l == language.Split('-')[0]) ?? "en");
            return await write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }
}
