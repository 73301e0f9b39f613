using Lms.BrowserTests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.BrowserTests.Journeys;

public sealed class InterruptionTests(Stage stage)
{
    [Fact]
    public async Task Answers_are_there_after_the_browser_is_closed()
    {
        var email = (await stage.Site.AddPersonAsync(name: "Ana Lima")).Email!;
        string question, chosen;
        await using (var ana = await stage.OpenAsync())
        {
            await ana.SignInAsync(email);
            await StartAssessmentAsync(ana.Page);
            var journey = new Journey(ana, new Pointer(ana.Page), Words.English);
            await journey.AnswerQuestionAsync();
            // No button is pressed: the answer is saved by itself as one leaves its field.
            await ana.Page.Keyboard.PressAsync("Tab");
            await Expect(ana.Page.Locator(".lamp")).ToHaveAttributeAsync("data-state", "saved");
            (question, chosen) = (ana.Page.Url, await AnswerAsync(ana.Page));
            Assert.NotEqual("", chosen);
        }

        await using var again = await stage.OpenAsync();
        await again.SignInAsync(email);
        await again.Page.GotoAsync(question);

        Assert.Equal(chosen, await AnswerAsync(again.Page));
        await Expect(again.Page.Locator(".q-map a.answered")).ToHaveCountAsync(1);
        Assert.Empty(again.Complaints);
    }

    [Fact]
    public async Task An_answer_given_without_a_network_is_sent_when_it_is_back()
    {
        var email = (await stage.Site.AddPersonAsync(name: "Ana Lima")).Email!;
        await using var ana = await stage.OpenAsync();
        await ana.SignInAsync(email);
        await StartAssessmentAsync(ana.Page);
        var journey = new Journey(ana, new Pointer(ana.Page), Words.English);

        await ana.Context.SetOfflineAsync(true);
        await journey.AnswerQuestionAsync();
        await ana.Page.Keyboard.PressAsync("Tab");
        await Expect(ana.Page.Locator(".lamp")).ToContainTextAsync("Saved on this device");
        var chosen = await AnswerAsync(ana.Page);
        await ana.Context.SetOfflineAsync(false);

        await Expect(ana.Page.Locator(".lamp")).ToHaveAttributeAsync("data-state", "saved");
        await ana.Page.ReloadAsync();
        Assert.Equal(chosen, await AnswerAsync(ana.Page));
    }

    [Theory]
    [InlineData(360)]
    [InlineData(600)]
    [InlineData(1280)]
    public async Task The_buttons_stay_in_place_whatever_the_lamp_says(int width)
    {
        // Leaving a typed answer for a button changes the lamp while the button is down; one that moved away would not be pressed.
        await using var ana = await stage.OpenAsync(new Device(width));
        await ana.SignInAsync((await stage.Site.AddPersonAsync(name: "Ana Lima")).Email!);
        await StartAssessmentAsync(ana.Page);
        await ana.Page.GotoAsync(ana.Page.Url[..^1] + "3");
        const string Places = """
            () => {
              const lamp = document.querySelector('.lamp'), words = lamp.dataset;
              return [lamp.textContent, words.saving, words.saved, words.device, words.failed].map(text => {
                lamp.textContent = text.replace('{0}', '23:59');
                return [...document.querySelectorAll('.dock button')].map(b => { const r = b.getBoundingClientRect(); return `${r.x | 0} ${r.y | 0}`; }).join();
              });
            }
            """;
        Assert.Single((await ana.Page.EvaluateAsync<string[]>(Places)).Distinct());
    }

    [Fact]
    public async Task Two_tabs_that_finish_the_last_lesson_at_once_earn_one_certificate()
    {
        var person = await stage.Site.AddPersonAsync(name: "Ana Lima");
        await using var ana = await stage.OpenAsync();
        await ana.SignInAsync(person.Email!);
        await ana.Page.GotoAsync("/courses/hygiene");
        await ana.Page.ClickAsync("main form button.btn");
        var journey = new Journey(ana, new Pointer(ana.Page), Words.English);
        await Expect(ana.Page.Locator("main h1")).ToHaveTextAsync(Words.English.FirstLesson);
        var learn = ana.Page.Url[..ana.Page.Url.LastIndexOf('/')];
        await ana.Page.ClickAsync("form.dock button.btn");
        await ana.Page.GotoAsync($"{learn}/assessment");
        await journey.SitAsync();

        await ana.Page.GotoAsync($"{learn}/gowns");
        var other = await ana.NewTabAsync();
        await other.GotoAsync($"{learn}/gowns");
        await Task.WhenAll(ana.Page.ClickAsync("form.dock button.btn"), other.ClickAsync("form.dock button.btn"));

        foreach (var tab in new[] { ana.Page, other })
        {
            await Expect(tab).Not.ToHaveURLAsync($"{learn}/gowns");
            await tab.GotoAsync(learn);
            await Expect(tab).ToHaveURLAsync($"{learn}/done");
        }
        await stage.Site.RunJobsAsync();
        Assert.Equal(1, await stage.Site.ReadAsync(db => db.Certificates.CountAsync(c => c.LearnerId == person.Id)));
        await ana.Page.GotoAsync("/certificates");
        await Expect(ana.Page.Locator(".card")).ToHaveCountAsync(1);
    }

    /// <summary>Begins the assessment and goes to a question whose answer is a change: an order may be right as it is drawn.</summary>
    private static async Task StartAssessmentAsync(IPage page)
    {
        await page.GotoAsync("/courses/hygiene");
        await page.ClickAsync("main form button.btn");
        await Expect(page.Locator("main h1")).ToHaveTextAsync(Words.English.FirstLesson);
        await page.GotoAsync($"{page.Url[..page.Url.LastIndexOf('/')]}/assessment");
        await page.GetByRole(AriaRole.Button, new() { Name = Words.English.Start, Exact = true }).ClickAsync();
        await Expect(page.Locator(".stem")).ToBeVisibleAsync();
        if (await page.Locator("ol.order").CountAsync() > 0) await page.GotoAsync(page.Url[..^1] + "2");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    /// <summary>What the fields of the question say, whichever kind it is.</summary>
    private static Task<string> AnswerAsync(IPage page) => page.EvaluateAsync<string>(
        "() => new URLSearchParams([...new FormData(document.querySelector('form[data-save]'))].filter(([name]) => name.startsWith('a'))).toString()");
}
