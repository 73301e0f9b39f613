using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lms.Manuscripts.Questions.Gift;

namespace Lms.Manuscripts.Tests;

/// <summary>Measures processor time, which other programs on the machine don't lengthen, and so runs alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Measured
{
    public const string Name = "measured";

    public static (T Result, TimeSpan Processor, TimeSpan Clock) Run<T>(Func<T> work)
    {
        using var process = Process.GetCurrentProcess();
        var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var result = work();
        process.Refresh();
        return (result, process.TotalProcessorTime - before, watch.Elapsed);
    }
}

[Collection(Measured.Name)]
public sealed class Reading_much(ITestOutputHelper output)
{
    private const int Lessons = 500;

    /// <summary>The aim is 5 s on an idle machine; the bound leaves room for a slow one.</summary>
    [Fact]
    public void Five_hundred_lessons_are_read_in_seconds()
    {
        using var manuscript = new Manuscript();
        for (var course = 0; course < 10; course++) Write(manuscript, $"courses/big-{course}", Lessons / 10);

        var (content, processor, clock) = Measured.Run(manuscript.Read);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Lessons} lessons in {clock.TotalSeconds:0.00} s, {processor.TotalSeconds:0.00} s of processor time"));
        Assert.Empty(content.Findings);
        Assert.Equal(Lessons + 1, content.Courses.Sum(c => c.Lessons.Count()));
        Assert.True(processor < TimeSpan.FromSeconds(20), $"{processor}");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("[[a")]
    [InlineData("[[a]] ")]
    [InlineData("**a _b ")]
    [InlineData("`` ` ")]
    [InlineData("<a ")]
    [InlineData("<!-- ")]
    [InlineData("$a$ \\(")]
    [InlineData("[^a] ")]
    [InlineData("3 520 ")]
    [InlineData("> \n")]
    [InlineData("- \n")]
    [InlineData("|a|b|\n")]
    [InlineData("[( )] x <!-- y\n")]
    [InlineData("<!-- item\n-->\n")]
    [InlineData("a\n\n[(X)] b\n\n")]
    [InlineData("[^a]: doc-a 2023 1\n")]
    [InlineData("&amp;")]
    [InlineData("[a](")]
    [InlineData("*a**")]
    [InlineData("~a~~^")]
    public void A_mark_repeated_to_the_limit_does_not_hang_the_reader(string mark)
    {
        var text = new StringBuilder().Insert(0, mark, 900_000 / mark.Length).ToString();
        using var manuscript = Manuscript.WithText(text);

        var (content, processor, _) = Measured.Run(() =>
        {
            GiftFormat.Read(text);
            return manuscript.Read();
        });

        Assert.NotEmpty(content.Findings);
        Assert.True(processor < TimeSpan.FromSeconds(10), $"{mark}: {processor}");
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
