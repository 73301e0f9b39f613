using System.Security.Cryptography;
using System.Text;
using Lms.Manuscripts.Files;

namespace Lms.Manuscripts.Courses;

/// <summary>
/// The hash by which a translation names the text that it translates. It covers what a translator translates: a lesson's
/// title, objectives and text, or a whole file of questions. A review or a corrected minute makes no translation stale.
/// </summary>
internal static class SourceHash
{
    private const string Comment = "<!-- source_hash:";

    public static string Of(LessonFile lesson) =>
        Of(lesson.Objectives.Select(o => $"{o.Id} {o.Text}").Prepend(lesson.Title).Concat(lesson.Body.Select(l => l.Text)));

    public static string Of(SourceFile questions) => Of(questions.Lines.Select(l => l.Text));

    private static string Of(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(l => l.TrimEnd())).Trim('\n'))));

    /// <summary>The hash in the first line of translated questions, and the lines after it.</summary>
    public static (string? Hash, IReadOnlyList<Line> Lines) Split(SourceFile questions)
    {
        var first = questions.Lines[0].Text.Trim();
        return first.StartsWith(Comment, StringComparison.Ordinal) && first.EndsWith("-->", StringComparison.Ordinal)
            ? (first[Comment.Length..^3].Trim(), [.. questions.Lines.Skip(1)]) : (null, questions.Lines);
    }

    /// <summary>A translated lesson's text with the hash in its front matter.</summary>
    public static string InLesson(string text, string hash)
    {
        var lines = SourceFile.Normalise(text).Split('\n').ToList();
        var end = lines.FindIndex(1, l => l.TrimEnd() == "---");
        if (end < 0) return text;
        var at = lines.FindIndex(1, end - 1, l => l.StartsWith("source_hash:", StringComparison.Ordinal));
        if (at >= 0) lines[at] = "source_hash: " + hash;
        else lines.Insert(end, "source_hash: " + hash);
        return string.Join('\n', lines);
    }

    /// <summary>Translated questions with the hash in their first line.</summary>
    public static string InQuestions(string text, string hash)
    {
        var source = SourceFile.Normalise(text);
        var rest = source.TrimStart().StartsWith(Comment, StringComparison.Ordinal) ? source[(source.IndexOf('\n', StringComparison.Ordinal) is var n && n < 0 ? source.Length : n + 1)..] : source;
        return $"{Comment} {hash} -->\n{rest}";
    }
}
