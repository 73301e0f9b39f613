using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Lms.BrowserTests.Support;

namespace Lms.BrowserTests.Budgets;

/// <summary>
/// The budgets of design §7, measured on every lesson of the real courses, in every language, as bytes that cross the wire. A figure drawn in
/// the page is a figure all the same: what it costs is the difference between the page compressed with it and without it.
/// </summary>
public sealed partial class LessonBudgetTests(Stage stage, RealCourses real) : IClassFixture<RealCourses>
{
    private const int FirstVisit = 60_000, Script = 20_000, NextLesson = 15_000, Figure = 30_000, Raster = 60_000;

    [GeneratedRegex("<figure.*?</figure>", RegexOptions.Singleline)]
    private static partial Regex Figures();

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Every_lesson_of_every_course_keeps_within_its_bytes(string language)
    {
        await using var learner = await stage.OpenAsync(address: real.Address);
        await learner.SignInAsync(await real.LearnerAsync(language));
        await learner.SpeakAsync(language);
        List<string> report = [], over = [];
        foreach (var lessons in await real.LessonsAsync(language))
            foreach (var (place, lesson) in lessons.Index())
                await MeasureAsync(learner.Page, lesson, first: place == 0, report, over);
        foreach (var line in report) TestContext.Current.TestOutputHelper!.WriteLine(line);
        Assert.NotEmpty(report);
        Assert.True(over.Count == 0, string.Join('\n', over));
    }

    private async Task MeasureAsync(IPage page, string lesson, bool first, List<string> report, List<string> over)
    {
        // A device of its own, with an empty cache and the cookies of the learner: signing in must not warm it.
        await using var device = await stage.OpenAsync(address: real.Address);
        await device.Context.AddCookiesAsync((await page.Context.CookiesAsync()).Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        var transfer = await Transfer.WatchAsync(device);
        await device.Page.GotoAsync(lesson, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var cold = Weigh(transfer, await RealCourses.HtmlAsync(page, lesson));
        transfer.Reset();
        await device.Page.GotoAsync("about:blank");
        await device.Page.GotoAsync(lesson, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var warm = Weigh(transfer, await RealCourses.HtmlAsync(page, lesson));

        var name = $"{lesson[(lesson.LastIndexOf('/') + 1)..]}{(first ? " (first)" : "")}";
        report.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: first visit {cold.Rest} B, scripts {cold.Scripts} B, as next lesson {warm.Rest} B, largest figure {cold.LargestFigure} B, figures {cold.Figures} B"));
        if (cold.Rest > FirstVisit) over.Add($"{name}: {cold.Rest} B on a first visit, at most {FirstVisit}\n{transfer}");
        if (cold.Scripts > Script) over.Add($"{name}: {cold.Scripts} B of scripts, at most {Script}");
        if (warm.Rest > NextLesson) over.Add($"{name}: {warm.Rest} B as the next lesson, at most {NextLesson}\n{transfer}");
        if (cold.LargestFigure > Figure) over.Add($"{name}: a figure of {cold.LargestFigure} B, at most {Figure}");
        if (cold.LargestRaster > Raster) over.Add($"{name}: a picture of {cold.LargestRaster} B, at most {Raster}");
    }

    private static Weight Weigh(Transfer transfer, string html)
    {
        var drawn = Figures().Matches(html);
        // The same encoder as the site's, so that both sides of the difference are the site's own bytes.
        var inline = Compressed(html) - Compressed(Figures().Replace(html, ""));
        var rasters = transfer.Items.Where(i => i.Kind == "Image" && !i.Url.Contains("vial", StringComparison.Ordinal)).ToList();
        var largest = drawn.Select(f => (long)Encoding.UTF8.GetByteCount(f.Value)).DefaultIfEmpty().Max();
        return new(transfer.Bytes - inline - rasters.Sum(r => r.Bytes), transfer.Scripts, inline + rasters.Sum(r => r.Bytes), largest,
            rasters.Select(r => r.Bytes).DefaultIfEmpty().Max());
    }

    private static long Compressed(string html)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(Encoding.UTF8.GetBytes(html));
        return bytes.Length;
    }

    /// <param name="Rest">Everything but figures.</param>
    /// <param name="Figures">What the figures add to the page as it is sent, and pictures.</param>
    /// <param name="LargestFigure">The largest drawing, not compressed, as the budget for manuscripts counts it.</param>
    private sealed record Weight(long Rest, long Scripts, long Figures, long LargestFigure, long LargestRaster);
}
