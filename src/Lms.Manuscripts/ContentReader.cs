using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts;

/// <summary>Reads a content folder, or the folder of one course.</summary>
public static class ContentReader
{
    /// <summary>
    /// Reads every course under <paramref name="folder"/>. A folder that holds <c>course.yaml</c> is one course, and
    /// <c>standards.yaml</c> and <c>glossary/</c> are then looked for in it and up to two folders above.
    /// Never throws for what the files contain: all that is wrong is in <see cref="Content.Findings"/>.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException"><paramref name="folder"/> does not exist.</exception>
    public static Content Read(string folder, CancellationToken ct = default) => Read(folder, PictureLimits.AsShown, ct);

    /// <summary>The same, with pictures as large as <paramref name="pictures"/> says.</summary>
    /// <exception cref="DirectoryNotFoundException"><paramref name="folder"/> does not exist.</exception>
    public static Content Read(string folder, PictureLimits pictures, CancellationToken ct = default)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder “{folder}”.");
        var content = new ContentFolder(folder, pictures);
        var report = new Report();
        var library = Library.Read(content, [.. Above(content.Root)], report);
        var courses = new List<Course>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (own, id, at, course) in ReadCourses(content, library, report, ct))
        {
            if (id is { Length: > 0 } && !ids.Add(id))
                own.Error(at, "id-twice", $"Two courses have the id “{id}”.", "Give one of the two another id.");
            else if (course is not null) courses.Add(course);
            report.Add(own);
        }
        var programmes = Path.Combine(content.Root, "programmes.yaml");
        var read = File.Exists(programmes) ? ProgrammesReader.Read(content, programmes, ids, report) : [];
        return new Content(read, courses, [.. report.Sorted]);
    }

    /// <summary>
    /// Writes into every translation under <paramref name="folder"/> the hash of the source that it translates: it thereby
    /// says that the translation is up to date. Returns the files that changed, relative to the folder.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException"><paramref name="folder"/> does not exist.</exception>
    public static IReadOnlyList<string> WriteSourceHashes(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder “{folder}”.");
        var content = new ContentFolder(folder);
        var ignored = new Report();
        var library = Library.Read(content, [.. Above(content.Root)], ignored);
        return [.. CourseFolders(content, ignored).SelectMany(course => Directory.EnumerateDirectories(course).Order(StringComparer.Ordinal).Prepend(course))
            .SelectMany(path => SourceHashWriter.Write(content, path, library))];
    }

    // Courses share nothing that is written to, so they are read side by side; their order stays.
    private static List<(Report Own, string? Id, Place At, Course? Course)> ReadCourses(ContentFolder content, Library library, Report report, CancellationToken ct) =>
        [.. CourseFolders(content, report).AsParallel().AsOrdered().WithCancellation(ct).Select(folder =>
        {
            var own = new Report();
            var (id, at, course) = CourseReader.Read(content, folder, library, own, ct);
            return (own, id, at, course);
        })];

    // A folder with course.yaml is one course; its standards and glossary may lie as far up as content/ does.
    private static IEnumerable<string> Above(string root)
    {
        yield return root;
        if (!File.Exists(Path.Combine(root, "course.yaml"))) yield break;
        if (Path.GetDirectoryName(root) is not { } parent) yield break;
        yield return parent;
        if (Path.GetDirectoryName(parent) is { } grandparent) yield return grandparent;
    }

    private static List<string> CourseFolders(ContentFolder content, Report report)
    {
        if (File.Exists(Path.Combine(content.Root, "course.yaml"))) return [content.Root];
        var courses = Path.Combine(content.Root, "courses");
        var found = Directory.Exists(courses) && !content.IsLinked(courses) ? Directory.EnumerateDirectories(courses).Order(StringComparer.Ordinal).ToList() : [];
        foreach (var folder in found.ToList())
        {
            var at = new Place(content.Name(Path.Combine(folder, "course.yaml")), 1, 1);
            if (content.IsLinked(folder)) report.Error(at, "file-link", "The course's folder is a symbolic link.", "Put the folder itself there.");
            else if (!File.Exists(Path.Combine(folder, "course.yaml"))) report.Error(at, "course-file-missing", "The folder has no course.yaml.", "Write it, or remove the folder.");
            else continue;
            found.Remove(folder);
        }
        if (found.Count == 0 && report.Errors == 0)
            report.Error(new Place("courses", 1, 1), "courses-missing", "There is no course here.", "Name a folder that holds courses/ or course.yaml.");
        return found;
    }
}

/// <summary>What a content folder holds.</summary>
/// <param name="Programmes">In the author's order.</param>
/// <param name="Courses">The courses without an error.</param>
/// <param name="Findings">All findings, by file, line and column.</param>
public sealed record Content(
    IReadOnlyList<Programme> Programmes, IReadOnlyList<Course> Courses, IReadOnlyList<Finding> Findings)
{
    /// <summary>True when nothing must be mended.</summary>
    public bool Ok => Findings.All(f => f.Severity != Severity.Error);
}
