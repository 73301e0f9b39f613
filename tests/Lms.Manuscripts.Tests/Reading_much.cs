using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Lms.Manuscripts.Tests;

public sealed class Reading_much(ITestOutputHelper output)
{
    private const int Lessons = 500;

    /// <summary>The aim is 5 s on an idle machine; the bound leaves room for a busy one.</summary>
    [Fact]
    public void Five_hundred_lessons_are_read_in_seconds()
    {
        using var manuscript = new Manuscript();
        for (var course = 0; course < 10; course++) Write(manuscript, $"courses/big-{course}", Lessons / 10);
        var watch = Stopwatch.StartNew();

        var content = manuscript.Read();

        watch.Stop();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Lessons} lessons in {watch.Elapsed.TotalSeconds:0.00} s"));
        Assert.Empty(content.Findings);
        Assert.Equal(Lessons + 1, content.Courses.Sum(c => c.Lessons.Count()));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    private static void Write(Manuscript manuscript, string folder, int count)
    {
        var id = folder["courses/".Length..];
        var names = Enumerable.Range(1, count).Select(i => $"l{i}").ToList();
        manuscript.Write($"{folder}/course.yaml", $"id: {id}\nversion: 1.0\nlanguage: en\ntitle: {{ en: Big }}\nsummary: {{ en: Many lessons. }}\nmodules:\n  - title: {{ en: M }}\n    lessons: [{string.Join(", ", names)}]\n");
        foreach (var name in names)
        {
            manuscript.Write($"{folder}/{name}/lesson.md", Manuscript.LessonHead.Replace("l1", name, StringComparison.Ordinal) + Text(name));
            manuscript.Write($"{folder}/{name}/flow.svg", Drawing(name));
        }
    }

    // As long as a real lesson: about 1 500 words, a table, a figure, a formula, five questions.
    private static string Text(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"## Part {i} of {name}\n\n");
            for (var p = 0; p < 3; p++)
                text.Append("Air carries particles, and particles carry **microbes**; a [CAPA](glossary:capa) follows when 3 520 is passed.[^a] A grade is a promise about how many particles a cubic metre may hold, at rest and while people work there, and so on for a while.\n\n");
            if (i % 2 == 0) text.Append("What is it?\n\n[( )] wrong <!-- conf: It is not. -->\n[(X)] right\n[( )] neither <!-- part: Hardly. -->\n****\nIt is so.\n****\n\n");
        }
        return text.Append("| Grade | Limit |\n|---|---|\n| A | 3 520 |\n| B | 352 000 |\n\n> [!GMP]\n> The rule.\n\n![A flow](flow.svg \"Flow\")\n\nSo $C_n = 10^N \\times (0.1/D)^{2.08}$.\n\n[^a]: doc-a 2023 1.4\n").ToString();
    }

    private static string Drawing(string name) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 300\">{string.Concat(Enumerable.Range(0, 40).Select(i => $"<rect class=\"brand-soft s-brand\" x=\"{i}\" y=\"{i}\" width=\"30\" height=\"20\"/><text class=\"ink\" x=\"{i}\" y=\"9\">{name}</text>"))}</svg>";
}
