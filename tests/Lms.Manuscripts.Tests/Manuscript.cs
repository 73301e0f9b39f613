using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Tests;

/// <summary>A small course that reads without a finding, in a folder of its own; each test changes what it is about.</summary>
public sealed class Manuscript : IDisposable
{
    public const string Lesson = "courses/c1/01-first/lesson.md";
    public const string French = "courses/c1/01-first/lesson.fr.md";
    public const string Bank = "courses/c1/questions.md";
    public const string Figure = "courses/c1/01-first/flow.svg";

    public const string CourseYaml = """
        id: c1
        version: 1.0
        language: en
        title: { en: Course one }
        summary: { en: All of it. }
        modules:
          - title: { en: Module }
            lessons: [01-first]
        assessment:
          title: { en: Final }
          pass: 80
          blueprint: { l1-o1: 1 }
        certificate: { type: completion }

        """;

    public const string LessonHead = """
        ---
        id: l1
        title: First lesson
        minutes: 20
        bloom: understand
        objectives:
          - { id: l1-o1, text: Explain it }
        standards: [doc-a 2023 1.4]
        ---

        """;

    public const string Item = """
        <!-- item
        id: q1
        objective: l1-o1
        -->
        Which is the widest?

        [(X)] The system
        [( )] Control <!-- part: It is a part. -->
        ****
        The system contains the rest.
        ****

        """;

    private readonly string _root = Directory.CreateTempSubdirectory("manuscript-").FullName;

    public Manuscript(params (string File, string Text)[] changes)
    {
        Write("standards.yaml", "- { id: doc-a, title: Guide A, year: 2023, url: https://example.org/a }\n");
        Write("programmes.yaml", "- { id: base, title: { en: Base }, summary: { en: For all. }, courses: [c1] }\n");
        Write("glossary/en.yaml", "capa: { term: CAPA, text: \"Corrective and preventive action.\" }\n");
        Write("courses/c1/course.yaml", CourseYaml);
        Write(Lesson, LessonHead + "Text.\n");
        Write(Bank, Item);
        foreach (var (file, text) in changes) Write(file, text);
    }

    public string Root => _root;

    /// <summary>The small course with a lesson of this text.</summary>
    public static Manuscript WithText(string text, params (string, string)[] more) => new([(Lesson, LessonHead + text), .. more]);

    /// <summary>The first lesson's HTML, after checking that nothing must be mended.</summary>
    public static string Html(string text, params (string, string)[] more)
    {
        using var manuscript = WithText(text, more);
        var content = manuscript.Read();
        Assert.DoesNotContain(content.Findings, f => f.Severity == Severity.Error);
        return string.Concat(content.Courses.Single().Lessons.First().Texts["en"].Blocks.Select(b => b.Html));
    }

    public void Write(string file, string text) => Write(file, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string file, byte[] bytes)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    public Content Read() => ContentReader.Read(_root, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
