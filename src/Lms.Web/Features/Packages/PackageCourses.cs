using System.Globalization;
using System.Text;
using Lms.Manuscripts;
using Lms.Manuscripts.Courses;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Files;
using Microsoft.EntityFrameworkCore;
using Manuscript = Lms.Manuscripts.Courses;
using Course = Lms.Web.Features.Catalog.Course;

namespace Lms.Web.Features.Packages;

/// <summary>A package in the catalogue: a course of one lesson, which is the package.</summary>
public sealed class PackageCourses(LmsDbContext db, CourseLibrary library, IFileStore files, TimeProvider clock)
{
    /// <summary>Id and address of the one lesson.</summary>
    public const string LessonId = "package";
    private const int MostSlug = 48;

    /// <summary>Adds a course of an address that nobody has, to the caller's unit of work.</summary>
    public async Task<Course> CreateAsync(string title, Guid centreId, CancellationToken ct)
    {
        var slug = SlugOf(title);
        if (await db.Courses.AnyAsync(c => c.Slug == slug, ct)) slug = $"{slug}-{Guid.NewGuid().ToString("N")[..8]}";
        var course = new Course { Slug = slug, CentreId = centreId };
        db.Add(course);
        return course;
    }

    /// <summary>The version becomes the one that is played and the course's next one, in the caller's unit of work.</summary>
    public async Task PublishAsync(Package package, PackageVersion version, ImportSettings settings, Guid? by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(settings);
        var course = await db.Courses.FindAsync([package.CourseId], ct) ?? throw new InvalidOperationException($"Package {package.Id} has no course.");
        var before = course.CurrentVersionId is { } current ? (await library.GetAsync(current, ct)).Content : null;
        package.Publish(version, settings.Policy);
        var manuscript = ManuscriptOf(course.Slug, version, settings.Language ?? before?.Language ?? "en", CertificateOf(settings, before));
        var json = Canonical.Json(manuscript);
        await files.PutAsync(json, ct);
        var published = new CourseVersion
        {
            CourseId = course.Id,
            Major = manuscript.Version.Major,
            Minor = manuscript.Version.Minor,
            Hash = Canonical.Hash(json),
            PublishedAt = clock.GetUtcNow().UtcDateTime,
            PublishedBy = by,
        };
        db.Add(published);
        course.Publish(published, new CourseCard
        {
            Title = manuscript.Title,
            Summary = manuscript.Summary,
            Languages = manuscript.Languages,
            Lessons = 1,
            Certificate = manuscript.Certificate is not null,
            Bytes = new Dictionary<string, long> { [manuscript.Language] = version.Bytes },
        });
    }

    private static CertificatePolicy? CertificateOf(ImportSettings settings, Manuscript.Course? before) => settings.Certificate switch
    {
        null => before?.Certificate,
        ImportSettings.NoCertificate => null,
        var type => new CertificatePolicy(type, settings.CertificateMonths),
    };

    private static Manuscript.Course ManuscriptOf(string slug, PackageVersion version, string language, CertificatePolicy? certificate) => new()
    {
        Id = slug,
        Version = new CourseNumber(1, version.Number - 1),
        Language = language,
        Languages = [language],
        Title = new() { [language] = version.Title },
        Summary = [],
        Audience = [],
        Modules = [new Module { Title = new() { [language] = version.Title }, Lessons = [LessonOf(version, language)] }],
        Bank = new Dictionary<string, IReadOnlyList<Manuscripts.Questions.Item>> { [language] = [] },
        Certificate = certificate,
    };

    private static Lesson LessonOf(PackageVersion version, string language) => new()
    {
        Id = LessonId,
        Slug = LessonId,
        Minutes = 0,
        Bloom = "",
        Objectives = [],
        Standards = [],
        Package = version.Id,
        Texts = new Dictionary<string, LessonText> { [language] = new() { Title = version.Title, Blocks = [], Assets = [], AssetBytes = version.Bytes } },
    };

    /// <summary>Lower-case letters, digits and hyphens: what of the title can be written so, or else a word that says what it is.</summary>
    private static string SlugOf(string title)
    {
        var slug = new StringBuilder();
        foreach (var c in title.Normalize(NormalizationForm.FormD))
        {
            if (slug.Length == MostSlug) break;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug is { Length: > 0 } && slug[^1] != '-') slug.Append('-');
        }
        var text = slug.ToString().Trim('-');
        return text.Length > 0 ? text : "package";
    }
}
