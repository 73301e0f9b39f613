using System.Collections.Concurrent;
using Lms.Manuscripts;
using Lms.Web.Data;
using Lms.Web.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Manuscript = Lms.Manuscripts.Courses.Course;

namespace Lms.Web.Features.Catalog;

/// <summary>Published course versions, read from the file store. A version never changes, so it is kept while memory allows.</summary>
public sealed class CourseLibrary(IServiceScopeFactory scopes, IFileStore files) : IDisposable
{
    // A course of six lessons in two languages takes about 1 MB; the budget is part of the 400 MB that the server may use.
    private const long CacheBytes = 48 << 20;
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = CacheBytes });
    private readonly ConcurrentDictionary<Guid, Lazy<Task<PublishedCourse?>>> _loading = new();

    /// <summary>The course version, or null when there is none of that id.</summary>
    public async ValueTask<PublishedCourse?> FindAsync(Guid versionId, CancellationToken ct)
    {
        if (_cache.TryGetValue(versionId, out PublishedCourse? course)) return course;
        var loading = _loading.GetOrAdd(versionId, id => new Lazy<Task<PublishedCourse?>>(() => LoadOnceAsync(id)));
        return await loading.Value.WaitAsync(ct);
    }

    /// <summary>The course version of a row that refers to it, and so exists.</summary>
    public async ValueTask<PublishedCourse> GetAsync(Guid versionId, CancellationToken ct) =>
        await FindAsync(versionId, ct) ?? throw new InvalidOperationException($"Course version {versionId} is missing.");

    // The load itself takes its entry away: a caller who gives up waiting must not leave the course held beside the cache.
    private async Task<PublishedCourse?> LoadOnceAsync(Guid versionId)
    {
        try
        {
            return await LoadAsync(versionId);
        }
        finally
        {
            _loading.TryRemove(versionId, out _);
        }
    }

    private async Task<PublishedCourse?> LoadAsync(Guid versionId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        var row = await db.CourseVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == versionId);
        if (row is null) return null;

        await using var file = await files.OpenAsync(row.Hash, CancellationToken.None)
            ?? throw new FilesUnavailableException($"The file {row.Hash} of course version {versionId} is missing. Restore it from a backup.");
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var manuscript = await scope.ServiceProvider.GetRequiredService<Pictures>().ReadAsync(bytes.ToArray(), CancellationToken.None);
        var course = new PublishedCourse(row, manuscript);
        _cache.Set(versionId, course, new MemoryCacheEntryOptions { Size = bytes.Length * 2 });
        return course;
    }

    public void Dispose() => _cache.Dispose();
}

/// <summary>A course version with its content.</summary>
public sealed class PublishedCourse(CourseVersion row, Manuscript content)
{
    private readonly Dictionary<string, Manuscripts.Courses.Lesson> _bySlug = content.Lessons.ToDictionary(l => l.Slug, StringComparer.Ordinal);

    public CourseVersion Row { get; } = row;
    public Manuscript Content { get; } = content;
    public IReadOnlyList<Manuscripts.Courses.Lesson> Lessons { get; } = [.. content.Lessons];

    public Manuscripts.Courses.Lesson? LessonAt(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The language to show to somebody who reads <paramref name="wanted"/>: theirs where the course has it.</summary>
    public string LanguageFor(string wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var parent = wanted.Split('-')[0];
        return Content.Languages.FirstOrDefault(l => l.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? Content.Languages.FirstOrDefault(l => l.Split('-')[0].Equals(parent, StringComparison.OrdinalIgnoreCase))
            ?? Content.Language;
    }
}
