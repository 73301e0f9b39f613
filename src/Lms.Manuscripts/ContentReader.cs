using Lms.Manuscripts.Courses;
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
    public static Content Read(string folder, CancellationToken ct = default) => throw new NotImplementedException();
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
