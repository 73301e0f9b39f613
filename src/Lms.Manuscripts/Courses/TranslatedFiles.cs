using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Courses;

/// <summary>Finds <c>name.md</c> and its translations <c>name.fr.md</c>, <c>name.ar.md</c> …</summary>
internal static class TranslatedFiles
{
    /// <summary>Paths by language, the source first and the others in the order of their tags.</summary>
    public static IReadOnlyList<(string Language, string Path)> Find(string folder, string name, string source, ContentFolder content, Report report)
    {
        var found = new List<(string, string)>();
        var first = Path.Combine(folder, name + ".md");
        if (File.Exists(first)) found.Add((source, first));
        foreach (var path in Directory.EnumerateFiles(folder, name + ".*.md").Order(StringComparer.Ordinal))
        {
            var tag = Path.GetFileName(path)[(name.Length + 1)..^3];
            if (!LanguageTag.IsValid(tag)) report.Error(new Place(content.Name(path), 1, 1), "language-tag", $"“{tag}” is not a language tag.", $"Name the file after its language, such as {name}.fr.md.");
            else if (string.Equals(tag, source, StringComparison.OrdinalIgnoreCase)) report.Error(new Place(content.Name(path), 1, 1), "translation-of-source", $"The course's own language is “{source}”, so this is no translation.", $"Put the text into {name}.md.");
            else found.Add((tag, path));
        }
        return found;
    }

    /// <summary>Compares the hash that a translation names with its source's. True when the translation is stale.</summary>
    public static bool IsStale(string? named, string source, Place at, string of, Report report)
    {
        if (string.Equals(named, source, StringComparison.OrdinalIgnoreCase)) return false;
        report.Warning(at, named is null ? "source-hash-missing" : "translation-stale",
            named is null ? $"The translation does not say which text of {of} it translates." : $"{of} has changed since this translation was made.",
            "Bring the translation up to date, then run “content check --write-hashes”.");
        return true;
    }
}
