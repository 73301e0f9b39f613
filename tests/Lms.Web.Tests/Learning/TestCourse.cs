using System.Globalization;

namespace Lms.Web.Tests.Learning;

/// <summary>A course of a few lines, written as an author would.</summary>
public sealed record TestCourse
{
    public string Id { get; init; } = $"course-{Guid.NewGuid():N}"[..20];
    public string Version { get; init; } = "1.0";
    public IReadOnlyList<string> Lessons { get; init; } = ["one", "two"];
    /// <summary>Lessons that must be done before one, by slug.</summary>
    public IReadOnlyDictionary<string, string> Needs { get; init; } = new Dictionary<string, string>();
    /// <summary>Markdown of every lesson's body.</summary>
    public string Body { get; init; } = "A lesson.";
    /// <summary>YAML of the assessment's policy without its title; null for a course without one.</summary>
    public string? Assessment { get; init; }
    /// <summary>Markdown of the bank.</summary>
    public string? Bank { get; init; }
    public bool Certificate { get; init; }
    /// <summary>Months until the certificate expires; null for never.</summary>
    public int? ValidMonths { get; init; }

    public void Write(string folder)
    {
        var course = Path.Combine(folder, "courses", Id);
        Directory.CreateDirectory(course);
        Directory.CreateDirectory(Path.Combine(folder, "glossary"));
        File.WriteAllText(Path.Combine(folder, "glossary", "en.yaml"), "gmp: { term: GMP, text: Good manufacturing practice }\n");
        File.WriteAllText(Path.Combine(folder, "standards.yaml"), "- { id: pics-part1, title: PIC/S Guide to GMP Part I, year: 2023 }\n");
        File.WriteAllText(Path.Combine(course, "course.yaml"), Yaml());
        if (Bank is not null) File.WriteAllText(Path.Combine(course, "questions.md"), Bank);
        foreach (var (index, slug) in Lessons.Index())
        {
            var lesson = Directory.CreateDirectory(Path.Combine(course, FolderOf(index, slug)));
            File.WriteAllText(Path.Combine(lesson.FullName, "lesson.md"), Lesson(slug));
        }
    }

    /// <summary>A bank of single choices: <c>{objective}-q{n}</c>, the right one first.</summary>
    public static string Choices(string objective, int count, string? critical = null) => string.Join('\n', Enumerable.Range(1, count).Select(n => $"""
        <!-- item
        id: {objective}-q{n}
        objective: {objective}
        clause: pics-part1 2023 2.20
        critical: {($"{objective}-q{n}" == critical ? "true" : "false")}
        -->
        Question {n} of {objective}?

        [(X)] The right one {n}
        [( )] The wrong one {n} <!-- conf: Reason {n} against it. -->
        ****
        Reason {n} for it.
        ****

        """));

    private static string FolderOf(int index, string slug) => string.Create(CultureInfo.InvariantCulture, $"{index + 1:00}-{slug}");

    private string Yaml() => $$"""
        id: {{Id}}
        version: {{Version}}
        language: en
        title: { en: Course {{Id}} }
        summary: { en: A course of a test. }
        modules:
          - title: { en: All of it }
            lessons: [{{string.Join(", ", Lessons.Select((slug, index) => FolderOf(index, slug)))}}]
        {{(Assessment is null ? "" : $"assessment:\n  title: {{ en: Final assessment }}\n{string.Join('\n', Assessment.Split('\n').Select(l => $"  {l}"))}")}}
        {{(Certificate ? "certificate:\n  type: completion" : "")}}
        {{(ValidMonths is { } months ? $"  valid_months: {months}" : "")}}
        """;

    private string Lesson(string slug) => $$"""
        ---
        id: {{slug}}
        title: Lesson {{slug}}
        minutes: 5
        bloom: apply
        objectives:
          - { id: {{slug}}-o1, text: Do {{slug}} }
        standards: [pics-part1 2023 2.20]
        {{(Needs.TryGetValue(slug, out var needed) ? $"prerequisites: [{needed}]" : "")}}
        status: draft
        ---

        {{Body.Replace("SLUG", slug, StringComparison.Ordinal)}}
        """;
}
