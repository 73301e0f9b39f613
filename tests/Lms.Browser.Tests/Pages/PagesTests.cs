using System.Text.RegularExpressions;
using Lms.BrowserTests.Support;

namespace Lms.BrowserTests.Pages;

/// <summary>
/// Every page on a phone: axe-core finds nothing, nothing scrolls sideways, and the browser has nothing to complain about. One class for
/// each look, so that they run side by side.
/// </summary>
public abstract class PagesTests(Stage stage, string look)
{
    /// <summary>A folder to write a picture of each page to, for a person to look at; none unless it is set.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("SEEDLOT_PICTURES");

    private static readonly int Width = int.Parse(Environment.GetEnvironmentVariable("SEEDLOT_PICTURES_WIDTH") ?? "360", System.Globalization.CultureInfo.InvariantCulture);

    private int _picture;

    private readonly Device _device = new(Width, Dark: look == "dark");
    private readonly string _language = look == "arabic" ? "ar" : "en";

    [Fact]
    public async Task A_visitor_meets_no_barrier()
    {
        var cast = await CastAsync();
        await WalkAsync(null, PageList.Visitor(cast));
    }

    [Fact]
    public async Task A_learner_meets_no_barrier()
    {
        var cast = await CastAsync();
        await WalkAsync(cast.Graduate.Email, PageList.Graduate(cast));
    }

    [Fact]
    public async Task A_learner_at_work_meets_no_barrier()
    {
        var cast = await CastAsync();
        await WalkAsync(cast.Candidate.Email, PageList.Candidate(cast));
    }

    [Fact]
    public async Task A_newcomer_meets_no_barrier()
    {
        var cast = await CastAsync();
        await WalkAsync(cast.Newcomer, PageList.Newcomer);
    }

    [Fact]
    public async Task Staff_meet_no_barrier()
    {
        var cast = await CastAsync();
        await WalkAsync(Cast.Administrator, PageList.Staff(cast));
    }

    [Fact]
    public async Task Pages_that_say_no_are_no_barrier()
    {
        var cast = await CastAsync();
        await WalkAsync(null, PageList.Missing, status: 404);
        await WalkAsync(cast.Newcomer, ["/teach", "/admin/people"], status: 403);
    }

    [Fact]
    public async Task Forms_that_refuse_and_menus_that_are_open_are_no_barrier()
    {
        await using var visitor = await stage.OpenAsync(_device);
        await visitor.SpeakAsync(_language);
        List<string> findings = [];
        foreach (var form in new[] { "/account/sign-in", "/account/register" })
        {
            await visitor.Page.GotoAsync(form);
            // The server's own words are wanted, not the browser's.
            await visitor.Page.EvaluateAsync("document.querySelector('main form').noValidate = true");
            await visitor.Page.ClickAsync("main form button.btn");
            await Expect(visitor.Page.Locator(".validation-summary-errors")).ToBeVisibleAsync();
            await InspectAsync(visitor, $"{form} refused", findings);
        }
        foreach (var summary in new[] { "details.menu > summary", "details.pop > summary" })
        {
            await visitor.Page.GotoAsync("/");
            if (!await visitor.Page.IsVisibleAsync(summary)) continue;
            await visitor.Page.Locator(summary).First.ClickAsync();
            await InspectAsync(visitor, $"/ {summary}", findings);
        }
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    private async Task<Cast> CastAsync()
    {
        await using var skips = await stage.OpenAsync();
        return await stage.CastAsync();
    }

    private async Task WalkAsync(string? email, IEnumerable<string> paths, int status = 200)
    {
        await using var visitor = await stage.OpenAsync(_device);
        if (email is not null) await visitor.SignInAsync(email);
        await visitor.SpeakAsync(_language);
        List<string> findings = [.. visitor.TakeComplaints()];
        foreach (var path in paths)
        {
            var reply = await visitor.Page.GotoAsync(path);
            if (reply!.Status != status) findings.Add($"{path}: answered {reply.Status}");
            // Chromium complains about a page that isn't there, as it should.
            else if (status != 200) visitor.TakeComplaints();
            await InspectAsync(visitor, path, findings);
        }
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    private async Task InspectAsync(Visitor visitor, string name, List<string> findings)
    {
        findings.AddRange(await visitor.FindingsAsync(name));
        if (Pictures is null) return;
        var file = Regex.Replace(name.Trim('/'), "[0-9a-f]{8}-[0-9a-f-]{27}", "ID").Replace('/', '_').Replace('?', '_');
        var test = TestContext.Current.TestMethod!.MethodName;
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{look}{Width} {test} {Interlocked.Increment(ref _picture):00} {file}.png"), FullPage = true });
    }
}

public sealed class LightPagesTests(Stage stage) : PagesTests(stage, "light");

public sealed class DarkPagesTests(Stage stage) : PagesTests(stage, "dark");

public sealed class RightToLeftPagesTests(Stage stage) : PagesTests(stage, "arabic");
