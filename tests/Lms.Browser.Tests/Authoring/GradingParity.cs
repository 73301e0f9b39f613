using System.Text.Json;
using Lms.Manuscripts;
using Lms.Manuscripts.Questions;
using Lms.Web.Features.Authoring.Export;

namespace Lms.BrowserTests.Authoring;

/// <summary>Grades the same responses by the package's script and by the site.</summary>
internal static class GradingParity
{
    private static readonly string[] s_typed =
        ["", " ", "gown", " GOWN ", "Gown’s", "gown's", "٩٠", "90", "90,5", "91.5", "1,500", "1.500", "1 500", "1'500.5", "-90", "−90", "9e1", "90 mm", "90mm", "abc", "1,5,0", "0,500", "1٬500", "90٫5", "µm", "μm", "ｇｏｗｎ"];

    public static async Task CheckAsync(IPage page)
    {
        var script = string.Concat(new[] { "answers", "grading" }.Select(Read));
        var cases = Items().SelectMany(item => Responses(item).Select(response => (Item: item, Response: response))).ToList();
        var json = JsonSerializer.Serialize(cases.Select(c => new { item = JsonSerializer.Deserialize<JsonElement>(Canonical.Json(c.Item)), response = c.Response }));
        var graded = await page.EvaluateAsync<JsonElement>($"() => {{ {script}; return {json}.map(c => {{ const g = grade(c.item, c.response); return {{ correct: g.correct, score: g.score, feedback: g.feedback.map(f => f.html) }}; }}); }}");
        foreach (var ((item, response), got) in cases.Zip(graded.EnumerateArray()))
        {
            var expected = item.Grade(response);
            var place = $"{item.Id}: {JsonSerializer.Serialize(response)}";
            Assert.True(expected.Correct == got.GetProperty("correct").GetBoolean(), place);
            Assert.True(Math.Abs(expected.Score - got.GetProperty("score").GetDouble()) < 1e-9, place);
            if (item is not OrderingItem) Assert.True(expected.Feedback.Select(f => f.Html).SequenceEqual(got.GetProperty("feedback").EnumerateArray().Select(f => f.GetString()!)), place);
        }
    }

    private static Item[] Items() =>
    [
        new ChoiceItem { Id = "single", Objective = "o", StemHtml = "?", StemText = "?", Options = [Option(false), Option(true), Option(false)] },
        new ChoiceItem { Id = "multiple", Objective = "o", StemHtml = "?", StemText = "?", Multiple = true, Options = [Option(true), Option(true), Option(false)] },
        new TextItem { Id = "text", Objective = "o", StemHtml = "?", StemText = "?", Answers = ["gown", "gown's", "µm"] },
        new NumberItem { Id = "number", Objective = "o", StemHtml = "?", StemText = "?", Value = 90, Tolerance = 0.5m, Unit = "mm", Mistakes = [new(91.5m, null, "a")] },
        new NumberItem { Id = "thousands", Objective = "o", StemHtml = "?", StemText = "?", Value = 1500 },
        new NumberItem { Id = "fraction", Objective = "o", StemHtml = "?", StemText = "?", Value = 1.5m, Tolerance = 0.1m },
        new ClozeItem { Id = "cloze", Objective = "o", StemHtml = "", StemText = "", Parts = [new("a", null), new(null, new(["clean"], ["clean", "dirty"], null, 0)), new(null, new([], [], 90, 0.5m))] },
        new MatchingItem { Id = "matching", Objective = "o", StemHtml = "?", StemText = "?", Columns = ["x", "y"], Rows = [new("r", "r", 0, null, "r0"), new("s", "s", 1, null, "")] },
        new OrderingItem { Id = "ordering", Objective = "o", StemHtml = "?", StemText = "?", Steps = [Option(true), Option(true), Option(true)] },
    ];

    private static IEnumerable<string[]> Responses(Item item) => item switch
    {
        TextItem or NumberItem => [[], .. s_typed.Select(t => new[] { t }), ["90", "90"]],
        ClozeItem => [[], ["clean"], ["clean", "90,2"], ["dirty", "90"], [" Clean", "٩٠"], ["clean", "90", "x"]],
        MatchingItem => [[], ["0", "1"], ["1", "1"], ["0"], ["", "1"], ["0", "7"], ["0", "1", "0"]],
        _ => [[], ["0"], ["1"], ["0", "1"], ["0", "1", "2"], ["1", "0", "2"], ["2", "2"], ["-1"], ["x"], ["3"], ["0", "1", "2", "3"]],
    };

    private static Option Option(bool right) => new("o", "o", right, null, right ? "" : "why");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(CourseExporter).Assembly.GetManifestResourceStream($"Export/{name}.js")!);
        return reader.ReadToEnd();
    }
}
