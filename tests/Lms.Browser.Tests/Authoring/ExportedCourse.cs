using Lms.BrowserTests.Journeys;
using Lms.Web.Features.Authoring.Export;

namespace Lms.BrowserTests.Authoring;

/// <summary>A learner in an exported course in the player: what is in its frame or, in cmi5, its window, and the ways from one part to the next.</summary>
internal sealed class ExportedCourse(IPage page, PackageFormat format, Words words)
{
    /// <summary>The course's own page.</summary>
    public ILocator Content => format == PackageFormat.Cmi5
        ? page.Locator("body[data-ready]")
        : page.FrameLocator("#stage").FrameLocator("iframe").Locator("body[data-ready]");

    public async Task OpenFirstAsync()
    {
        if (format == PackageFormat.Cmi5) await OpenAsync(words.FirstLesson);
        await SeeAsync(words.FirstLesson);
    }

    public async Task AnswerCheckAsync()
    {
        await Option(words.RightOption).CheckAsync();
        await PressAsync(words.CheckAnswer);
        await Expect(Content.Locator(".q .answer")).ToContainTextAsync(words.WhyRight);
        await Expect(Content.Locator(".lamp[data-state=saved]")).ToBeVisibleAsync();
    }

    /// <summary>Both lessons; the check of the first is answered wrong, and then right.</summary>
    public async Task StudyAsync()
    {
        await OpenFirstAsync();
        await Option(words.WrongOption).CheckAsync();
        await PressAsync(words.CheckAnswer);
        await Expect(Content.Locator(".q")).ToContainTextAsync(words.WhyWrong);
        await Option(words.RightOption).CheckAsync();
        await PressAsync(words.AnswerAgain);
        await Expect(Content.Locator(".q")).ToContainTextAsync(words.WhyRight);
        await PressAsync(words.LessonDone);
        await OpenAsync(words.SecondLesson);
        await PressAsync(words.LessonDone);
        await OpenAsync(words.Assessment);
    }

    /// <summary>The final assessment: every answer right, or all but the one that must be.</summary>
    public async Task SitAsync(bool gownIsChanged)
    {
        await PressAsync(words.Start);
        for (var question = 1; question <= 3; question++)
        {
            await Expect(Content.Locator("h1")).ToContainTextAsync($"{question} of 3");
            await AnswerAsync(gownIsChanged);
            await PressAsync(question < 3 ? words.Next : words.LookOver);
        }
        await PressAsync(words.Submit);
        await Expect(Content.Locator(".score")).ToContainTextAsync(gownIsChanged ? words.Passed : "Not passed");
        await Expect(Content.Locator(".score")).ToContainTextAsync(gownIsChanged ? "100" : "67");
        await Expect(Content.Locator(".lamp[data-state=saved]")).ToBeVisibleAsync();
    }

    /// <summary>Leaves the course. Only SCORM 2004 lets it end by itself; whoever has not passed puts it by.</summary>
    public async Task EndAsync(bool passed)
    {
        if (passed || format == PackageFormat.Cmi5) await PressAsync(words.Finish);
        if (format == PackageFormat.Cmi5)
        {
            await Expect(page.Locator("[data-toc]")).ToBeVisibleAsync();
            return;
        }
        if (!passed || format == PackageFormat.Scorm12) await page.Locator("[data-nav=suspendAll]").ClickAsync();
        await Expect(page.Locator("body[data-session=ended]")).ToBeAttachedAsync();
    }

    /// <summary>SCORM 2004 goes there by itself; elsewhere the player's contents lead there.</summary>
    private async Task OpenAsync(string title)
    {
        if (format == PackageFormat.Scorm12)
        {
            var toggle = page.Locator("#toggle");
            if (await toggle.GetAttributeAsync("aria-expanded") == "false") await toggle.ClickAsync();
            await page.Locator($"[data-toc-item][data-title='{title}']").ClickAsync();
        }
        if (format == PackageFormat.Cmi5) await page.Locator($"[data-toc-item][data-title='{title}'] a.btn").ClickAsync();
        await SeeAsync(title);
    }

    private async Task AnswerAsync(bool gownIsChanged)
    {
        var stem = await Content.Locator(".stem").InnerTextAsync();
        var answer = words.Answers.Single(a => stem.StartsWith(a.Key, StringComparison.Ordinal)).Value;
        if (stem.StartsWith("Your gown is torn", StringComparison.Ordinal)) await Option(gownIsChanged ? answer[0] : "Tape it").CheckAsync();
        else if (await Content.Locator("ol.order").CountAsync() > 0) await OrderAsync(answer);
        else if (await Content.Locator("input.gap").CountAsync() > 0) await Content.Locator("input.gap").FillAsync(answer[0]);
        else await Option(answer[0]).CheckAsync();
    }

    private async Task OrderAsync(IReadOnlyList<string> steps)
    {
        for (var place = 0; place < steps.Count; place++)
            while ((await Content.Locator("ol.order > li").AllInnerTextsAsync()).Index().Single(row => row.Item.Contains(steps[place], StringComparison.Ordinal)).Index > place)
                await PressAsync(words.MoveUp + steps[place]);
    }

    private Task SeeAsync(string heading) => Expect(Content.Locator("h1")).ToContainTextAsync(heading);

    private ILocator Option(string text) => Content.Locator("label.opt").Filter(new() { HasText = text }).Locator("input");

    private Task PressAsync(string name) => Content.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First.ClickAsync();
}
