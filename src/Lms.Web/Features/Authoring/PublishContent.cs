using System.Security.Cryptography;
using System.Text;
using Lms.Manuscripts;
using Lms.Manuscripts.Findings;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Network;
using Lms.Web.Files;
using Lms.Web.Images;
using Microsoft.EntityFrameworkCore;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Authoring;

/// <summary>What became of a content folder.</summary>
/// <param name="Findings">Everything that is to be said about the manuscripts.</param>
/// <param name="Published">Courses with a new version, as <c>id version</c>.</param>
/// <param name="Unchanged">Courses whose content is published already.</param>
public sealed record PublishResult(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Published, IReadOnlyList<string> Unchanged)
{
    public bool Ok => Findings.All(f => f.Severity != Severity.Error);
}

/// <summary>Turns a folder of manuscripts into immutable course versions.</summary>
public sealed class PublishContent(LmsDbContext db, IFileStore files, Pictures pictures, IImageProcessor images, ContentFolder folder, TimeProvider clock, ILogger<PublishContent> log)
{
    /// <summary>Publishes the courses that come with the program; a course that can't be published does not keep the site from starting.</summary>
    public async Task AtStartAsync(Centre hub, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(hub);
        // To read the manuscripts takes a second and 50 MB; a folder that was published as it is needs neither.
        if (folder.Path is null || folder.Hash(images.Name) is var hash && hash == hub.ContentHash) return;
        var result = await PublishAsync(folder.Path, hub.Id, by: null, ct);
        foreach (var finding in result.Findings.Where(f => f.Severity == Severity.Error)) log.LogError("{Finding}", finding);
        if (result.Ok) await db.Centres.Where(c => c.Id == hub.Id).ExecuteUpdateAsync(c => c.SetProperty(h => h.ContentHash, hash), ct);
    }

    /// <summary>Publishes every course of the folder that changed, if no course has an error; nothing is half-published.</summary>
    public async Task<PublishResult> PublishAsync(string path, Guid centreId, Guid? by, CancellationToken ct)
    {
        var content = ContentReader.Read(path, images.Limits, ct);
        if (!content.Ok) return new PublishResult(content.Findings, [], []);
        // Two who publish the same at once meet at the unique index on the number; the loser comes again and finds it published.
        return await db.RetryAsync(() => PublishAsync(content, centreId, by, ct));
    }

    private async Task<PublishResult> PublishAsync(Content content, Guid centreId, Guid? by, CancellationToken ct)
    {
        var findings = content.Findings.ToList();
        List<string> published = [], unchanged = [];
        foreach (var course in content.Courses)
        {
            var outcome = await PublishAsync(course, centreId, by, findings, ct);
            if (outcome is { } done) (done ? published : unchanged).Add($"{course.Id} {course.Version}");
        }
        if (findings.Any(f => f.Severity == Severity.Error))
        {
            // What was prepared for the sound courses must not go with whatever this unit of work saves next.
            db.ChangeTracker.Clear();
            return new PublishResult(findings, [], []);
        }
        await PublishProgrammesAsync(content.Programmes, ct);
        await db.SaveChangesAsync(ct);
        return new PublishResult(findings, published, unchanged);
    }

    /// <summary>True when published, false when it was published before, null when refused.</summary>
    private async Task<bool?> PublishAsync(Manuscript.Course manuscript, Guid centreId, Guid? by, List<Finding> findings, CancellationToken ct)
    {
        var json = Canonical.Json(manuscript);
        var hash = Canonical.Hash(json);
        // Of a course that is published already, too: this build may make of its pictures what the one before could not.
        var refused = await pictures.KeepAsync(manuscript.Assets, ct);
        findings.AddRange(refused);
        if (refused.Count > 0) return null;
        var course = await db.Courses.SingleOrDefaultAsync(c => c.Slug == manuscript.Id, ct);
        if (course is not null)
        {
            var newest = await db.CourseVersions.Where(v => v.CourseId == course.Id)
                .OrderByDescending(v => v.Major).ThenByDescending(v => v.Minor).FirstAsync(ct);
            if (newest.Hash == hash) return false;
            if (manuscript.Version <= new Manuscript.CourseNumber(newest.Major, newest.Minor))
            {
                findings.Add(VersionNotRaised(manuscript, newest));
                return null;
            }
        }
        // Files come before the rows that name them: a crash between the two leaves a file too many, never one too few.
        await files.PutAsync(json, ct);
        if (course is null) db.Add(course = new Course { Slug = manuscript.Id, CentreId = centreId });
        var version = new CourseVersion
        {
            CourseId = course.Id,
            Major = manuscript.Version.Major,
            Minor = manuscript.Version.Minor,
            Hash = hash,
            PublishedAt = clock.GetUtcNow().UtcDateTime,
            PublishedBy = by,
        };
        db.Add(version);
        course.Publish(version, CardOf(await pictures.ReadAsync(json, ct)));
        return true;
    }

    private static Finding VersionNotRaised(Manuscript.Course manuscript, CourseVersion newest) => new(
        $"{manuscript.Id}/course.yaml", 1, 1, Severity.Error, "version-not-raised",
        $"The content differs from the published version {newest.Number}, and course.yaml says {manuscript.Version}.",
        $"Raise `version` to {newest.Major}.{newest.Minor + 1} to keep completions, or to {newest.Major + 1}.0 when they no longer stand.");

    private async Task PublishProgrammesAsync(IReadOnlyList<Manuscript.Programme> manuscripts, CancellationToken ct)
    {
        var existing = await db.Programmes.ToDictionaryAsync(p => p.Slug, ct);
        foreach (var (position, manuscript) in manuscripts.Index())
        {
            if (!existing.TryGetValue(manuscript.Id, out var programme)) db.Add(programme = new Programme { Slug = manuscript.Id });
            (programme.Position, programme.Title, programme.Summary, programme.Courses) = (position, manuscript.Title, manuscript.Summary, manuscript.Courses);
        }
    }

    private static CourseCard CardOf(Manuscript.Course course) => new()
    {
        Title = course.Title,
        Summary = course.Summary,
        Languages = course.Languages,
        Minutes = course.Minutes,
        Lessons = course.Lessons.Count(),
        Certificate = course.Certificate is not null,
        Bytes = course.Languages.ToDictionary(l => l, l => course.Lessons.Sum(lesson => LessonSize.Of(lesson.Texts[l]))),
    };
}

/// <summary>Where the courses are that come with the program; null when there are none.</summary>
public sealed record ContentFolder(string? Path)
{
    /// <summary>SHA-256, in hexadecimal, of the files' names and bytes and of the code that reads them. Links are not followed, and not read as manuscripts either.</summary>
    /// <param name="images">What pictures are made into.</param>
    public string Hash(string images)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(typeof(ContentReader).Module.ModuleVersionId.ToByteArray());
        Add(Encoding.UTF8.GetBytes(images));
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(Path!, "*", all).Order(StringComparer.Ordinal))
        {
            Add(Encoding.UTF8.GetBytes(System.IO.Path.GetRelativePath(Path!, file)));
            using var bytes = File.OpenRead(file);
            Add(SHA256.HashData(bytes));
        }
        return Convert.ToHexStringLower(sha.GetHashAndReset());

        // With its length before it, no part can pass for a piece of its neighbour.
        void Add(byte[] part)
        {
            sha.AppendData(BitConverter.GetBytes(part.LongLength));
            sha.AppendData(part);
        }
    }

    /// <summary>The configured folder, else <c>content</c> beside the program, else that of the checkout it was built in.</summary>
    public static ContentFolder Find(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration["LMS:Content"] is { Length: > 0 } configured)
            return Directory.Exists(configured) ? new(configured) : throw new RefusalException($"LMS__Content names the folder {configured}, and there is none. Name the folder that holds programmes.yaml, or leave it out.");
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = System.IO.Path.Combine(directory.FullName, "content");
            if (File.Exists(System.IO.Path.Combine(candidate, "programmes.yaml"))) return new(candidate);
        }
        return new ContentFolder((string?)null);
    }
}
