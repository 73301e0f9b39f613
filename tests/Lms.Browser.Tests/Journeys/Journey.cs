using System.Text.RegularExpressions;
using Lms.BrowserTests.Support;

namespace Lms.BrowserTests.Journeys;

/// <summary>The way of a learner from the catalogue to the certificate, page by page, as they see it.</summary>
internal sealed class Journey(Visitor visitor, Hands hands, Words words, bool scripts = true)
{
    private IPage Page => visitor.Page;

    /// <summary>Looks at each page on the way; null for nothing.</summary>
    public Func<Task> Look { get; init; } = () => Task.CompletedTask;

    public async Task WalkAsync()
    {
        await RegisterAsync();
        await StudyAsync();
        await SitAsync();
        var serial = await CertificateAsync();
        await VerifyAsync(serial);
        await TranscriptAsync();
    }

    public async Task RegisterAsync()
    {
        await Page.GotoAsync("/");
        await Look();
        await hands.PressAsync(Link(words.Course));
        await SeeAsync(words.Course);
        await hands.PressAsync(Page.Locator("main").GetByRole(AriaRole.Link, In(words.CreateAccount)));
        await SeeAsync(words.CreateAccount);
        await hands.TypeAsync(Page.GetByLabel(words.Name), "Ana Lima");
        await hands.TypeAsync(Page.GetByLabel(words.Email), $"{Guid.NewGuid():N}@example.org");
        await hands.TypeAsync(Page.GetByLabel(words.Password), TestSite.Password);
        await Look();
        await hands.PressAsync(Button(words.CreateAccount));
        await SeeAsync(words.Course);
        await Look();
        await hands.PressAsync(Button(words.StartCourse));
    }

    /// <summary>Both lessons; the knowledge check of the first is answered wrong, and then right.</summary>
    public async Task StudyAsync()
    {
        await SeeAsync(words.FirstLesson);
        await Look();
        await AnswerCheckAsync(words.WrongOption, words.CheckAnswer, words.WhyWrong);
        await AnswerCheckAsync(words.RightOption, words.AnswerAgain, words.WhyRight);
        await hands.PressAsync(Button(words.LessonDone));
        await SeeAsync(words.SecondLesson);
        await Look();
        await hands.PressAsync(Button(words.LessonDone));
    }

    /// <summary>The final assessment, every question answered right.</summary>
    public async Task SitAsync()
    {
        await SeeAsync(words.Assessment);
        await Look();
        await hands.PressAsync(Button(words.Start));
        for (var question = 1; question <= 3; question++)
        {
            await Expect(Page).ToHaveURLAsync(new Regex($"/{question}$"));
            await AnswerQuestionAsync();
            await Look();
            await hands.PressAsync(Button(question < 3 ? words.Next : words.LookOver));
        }
        await SeeAsync(words.LookOver);
        await Look();
        await hands.PressAsync(Button(words.Submit).First);
        if (scripts) await hands.PressAsync(Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, In(words.Submit)));
        await SeeResultAsync();
    }

    private async Task SeeResultAsync()
    {
        await Expect(Page.Locator(".score")).ToContainTextAsync(words.Passed);
        await Expect(Page.Locator(".score")).ToContainTextAsync("100");
        await Expect(Page.GetByRole(AriaRole.Heading, Named(words.ByObjective))).ToBeVisibleAsync();
        var results = Page.Locator(".results li");
        foreach (var (objective, score) in words.Objectives.Zip(words.Scores))
            await Expect(results.Filter(new() { HasText = objective })).ToContainTextAsync(score);
        await Look();
    }

    /// <summary>The certificate comes by itself: the learner only opens it. Gives its serial.</summary>
    public async Task<string> CertificateAsync()
    {
        await hands.PressAsync(Page.GetByRole(AriaRole.Link, Named(words.Finish)));
        await SeeAsync(words.Course);
        await Look();
        await hands.PressAsync(Link(words.YourCertificate));
        // While the job is at work a page is shown that loads itself again.
        await Expect(Page.Locator(".sheet svg")).ToBeVisibleAsync();
        await Expect(Page.Locator(".sheet")).ToContainTextAsync("Ana Lima");
        await Look();
        return (await Page.Locator(".crumbs [aria-current]").InnerTextAsync()).Trim();
    }

    private async Task VerifyAsync(string serial)
    {
        await hands.PressAsync(Link(words.SeeWhatOthersSee));
        await SeeAsync(words.Valid);
        Assert.EndsWith($"/verify/{serial}", Page.Url, StringComparison.Ordinal);
        await Expect(Page.Locator("main")).ToContainTextAsync(words.Course);
        await Look();
    }

    private async Task TranscriptAsync()
    {
        var menu = Page.Locator("details.menu > summary");
        if (await menu.IsVisibleAsync()) await hands.PressAsync(menu);
        await hands.PressAsync(Page.Locator("header").GetByRole(AriaRole.Link, In(words.Transcript)));
        await SeeAsync(words.Transcript);
        await Expect(Page.Locator("main")).ToContainTextAsync(words.Course);
        await Expect(Page.Locator("main")).ToContainTextAsync(words.Completed);
        foreach (var lesson in new[] { words.FirstLesson, words.SecondLesson })
            await Expect(Page.GetByRole(AriaRole.Rowheader, Named(lesson))).ToBeVisibleAsync();
        await Look();
    }

    private async Task AnswerCheckAsync(string option, string button, string why)
    {
        await hands.PickAsync(Option(option));
        await hands.PressAsync(Button(button));
        await Expect(Page.Locator(".q")).ToContainTextAsync(why);
        await Look();
    }

    /// <summary>Answers the question on the page by its words, whichever was drawn.</summary>
    public async Task AnswerQuestionAsync()
    {
        var stem = await Page.Locator(".stem").InnerTextAsync();
        var answer = words.Answers.Single(a => stem.StartsWith(a.Key, StringComparison.Ordinal)).Value;
        if (await Page.Locator("ol.order").CountAsync() > 0) await OrderAsync(answer);
        else if (await Page.Locator("input.gap").CountAsync() > 0) await hands.TypeAsync(Page.Locator("input.gap"), answer[0]);
        else await hands.PickAsync(Option(answer[0]));
    }

    private async Task OrderAsync(IReadOnlyList<string> steps)
    {
        for (var place = 0; place < steps.Count; place++)
        {
            if (!scripts) await hands.SelectAsync(Page.GetByLabel(words.PositionOf + steps[place]), $"{place + 1}");
            else while (await PlaceAsync(steps[place]) > place) await hands.PressAsync(Button(words.MoveUp + steps[place]));
        }
    }

    private async Task<int> PlaceAsync(string step)
    {
        var rows = await Page.Locator("ol.order > li").AllInnerTextsAsync();
        return rows.Index().Single(row => Regex.IsMatch(row.Item, $@"\b{Regex.Escape(step)}\b")).Index;
    }

    private Task SeeAsync(string heading) => Expect(Page.Locator("main h1")).ToContainTextAsync(heading);

    private ILocator Option(string text) => Page.Locator("label.opt").Filter(new() { HasText = text }).Locator("input");

    private ILocator Button(string name) => Page.Locator("main").GetByRole(AriaRole.Button, In(name));

    private ILocator Link(string name) => Page.Locator("main").GetByRole(AriaRole.Link, In(name));

    private static LocatorGetByRoleOptions In(string name) => new() { Name = name, Exact = true };

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };
}
