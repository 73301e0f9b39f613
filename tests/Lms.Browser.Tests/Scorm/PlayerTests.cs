using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Lms.BrowserTests.Support;
using Lms.Web.Features.Packages;
using Lms.Web.Tests.Packages;
using Lms.Web.Tests.Scorm;
using Microsoft.EntityFrameworkCore;

namespace Lms.BrowserTests.Scorm;

/// <summary>SCORM content in Chromium: it plays, its word is kept whatever happens, and the player is fit for everybody.</summary>
public sealed class PlayerTests(Stage stage)
{
    // Content finds its API as content does, and does in a button's handler what the test asks for.
    private const string Sco = """
        <!doctype html><html lang="en"><title>SCO</title><h1>SCO</h1><p id="entry"></p>
        <script>
          let at = window; while (!(at.API_1484_11 || at.API) && at !== at.parent) at = at.parent;
          const api = at.API_1484_11 || at.API, is12 = !at.API_1484_11;
          is12 ? api.LMSInitialize('') : api.Initialize('');
          window.set = (path, value) => is12 ? api.LMSSetValue(path, value) : api.SetValue(path, value);
          window.get = path => is12 ? api.LMSGetValue(path) : api.GetValue(path);
          window.end = () => is12 ? api.LMSFinish('') : api.Terminate('');
          window.save = () => is12 ? api.LMSCommit('') : api.Commit('');
          entry.textContent = get(is12 ? 'cmi.core.entry' : 'cmi.entry');
        </script></html>
        """;

    [Fact]
    public async Task One_SCO_of_SCORM_1_2_is_passed_and_gone_on_with()
    {
        var (package, keeper) = await ImportAsync(ScormZip.One12(page: Sco));
        using var closing = keeper;
        await using var ana = await stage.OpenAsync();
        var registration = await LaunchAsync(ana.Page, keeper, package, "one");
        var sco = await ContentAsync(ana.Page, "only.html");
        Assert.Equal("ab-initio", await sco.TextContentAsync("#entry"));
        await sco.EvaluateAsync("() => { set('cmi.core.lesson_status', 'completed'); set('cmi.core.score.raw', '90'); set('cmi.core.exit', 'suspend'); set('cmi.suspend_data', 'page 4'); }");
        await ana.Page.ClickAsync("[data-nav=suspendAll]");
        await Expect(ana.Page.Locator("body")).ToHaveAttributeAsync("data-session", "ended");
        await Expect(ana.Page.Locator("#ended")).ToContainTextAsync("Saved");
        Assert.Equal((PackageCompletion.Completed, PackageSuccess.Passed), await StandingAsync(registration));

        await LaunchAsync(ana.Page, keeper, package, "one", registration);
        sco = await ContentAsync(ana.Page, "only.html");
        Assert.Equal(("resume", "page 4"), (await sco.TextContentAsync("#entry"), await sco.EvaluateAsync<string>("() => get('cmi.suspend_data')")));
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task Parts_of_SCORM_2004_follow_one_another_by_button_by_choice_and_by_their_own_wish()
    {
        var (package, keeper) = await ImportAsync(ScormZip.Parts2004(page: Sco));
        using var closing = keeper;
        await using var ana = await stage.OpenAsync(new Device(1280, 800));
        var registration = await LaunchAsync(ana.Page, keeper, package, "parts");
        var first = await ContentAsync(ana.Page, "part1.html");
        Assert.Equal(("goal1", "true"), await first.EvaluateAsync<JsonElement>("() => [get('cmi.objectives.0.id'), get('adl.nav.request_valid.continue')]") is var found ? (found[0].GetString(), found[1].GetString()) : default);
        await Expect(ana.Page.Locator("[data-nav=previous]")).ToBeDisabledAsync();
        // The learner's button overrides what the content wishes for.
        await first.EvaluateAsync("() => { set('adl.data.0.store', 'shared'); set('cmi.completion_status', 'completed'); set('adl.nav.request', 'exitAll'); }");
        await ana.Page.ClickAsync("[data-nav=continue]");
        var second = await ContentAsync(ana.Page, "part2.html");
        Assert.Equal("shared", await second.EvaluateAsync<string>("() => get('adl.data.0.store')"));
        await Expect(ana.Page.Locator("#done")).ToContainTextAsync("1");

        // Ending without a wish stays where one is.
        await second.EvaluateAsync("() => { set('cmi.completion_status', 'completed'); end(); }");
        await Expect(ana.Page.Locator("#done")).ToContainTextAsync("2");
        Assert.NotNull(ana.Page.Frames.FirstOrDefault(f => f.Url.EndsWith("part2.html", StringComparison.Ordinal)));
        await ana.Page.ClickAsync("[data-toc-item][data-title='Part 3']");
        var third = await ContentAsync(ana.Page, "part3.html");
        await third.EvaluateAsync("() => { set('cmi.completion_status', 'completed'); set('adl.nav.request', 'exitAll'); end(); }");
        await Expect(ana.Page.Locator("body")).ToHaveAttributeAsync("data-session", "ended");
        Assert.Equal(PackageCompletion.Completed, (await StandingAsync(registration)).Completion);
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task Without_a_network_work_is_kept_on_the_device_and_sent_when_it_is_back()
    {
        var (package, keeper) = await ImportAsync(ScormZip.One12(page: Sco));
        using var closing = keeper;
        await using var ana = await stage.OpenAsync();
        var registration = await LaunchAsync(ana.Page, keeper, package, "offline");
        var sco = await ContentAsync(ana.Page, "only.html");
        await Expect(ana.Page.Locator(".lamp")).ToContainTextAsync("Saved on the server");
        await ana.Context.SetOfflineAsync(true);
        await sco.EvaluateAsync("() => { set('cmi.core.lesson_status', 'completed'); save(); }");
        await Expect(ana.Page.Locator(".lamp")).ToContainTextAsync("Saved on this device");
        await ana.Context.SetOfflineAsync(false);
        await Expect(ana.Page.Locator(".lamp")).ToContainTextAsync("Saved on the server");
        Assert.Equal(PackageCompletion.Completed, (await StandingAsync(registration)).Completion);
    }

    [Fact]
    public async Task What_was_kept_on_the_device_when_the_page_was_closed_is_sent_at_the_next_opening()
    {
        var (package, keeper) = await ImportAsync(ScormZip.One12(page: Sco));
        using var closing = keeper;
        await using var ana = await stage.OpenAsync();
        var registration = await LaunchAsync(ana.Page, keeper, package, "kept");
        var sco = await ContentAsync(ana.Page, "only.html");
        await Expect(ana.Page.Locator(".lamp")).ToContainTextAsync("Saved on the server");
        await ana.Context.SetOfflineAsync(true);
        await sco.EvaluateAsync("() => { set('cmi.core.lesson_location', 'page 9'); save(); }");
        await Expect(ana.Page.Locator(".lamp")).ToContainTextAsync("Saved on this device");
        await ana.Page.CloseAsync();
        await ana.Context.SetOfflineAsync(false);

        var later = await ana.NewTabAsync();
        await LaunchAsync(later, keeper, package, "kept", registration);
        Assert.Equal("page 9", await (await ContentAsync(later, "only.html")).EvaluateAsync<string>("() => get('cmi.core.lesson_location')"));
    }

    [Fact]
    public async Task A_page_that_is_closed_loses_nothing()
    {
        var (package, keeper) = await ImportAsync(ScormZip.One12(page: Sco));
        using var closing = keeper;
        await using var ana = await stage.OpenAsync();
        var registration = await LaunchAsync(ana.Page, keeper, package, "closed");
        var sco = await ContentAsync(ana.Page, "only.html");
        await sco.EvaluateAsync("() => { set('cmi.core.score.raw', '85'); addEventListener('pagehide', () => { set('cmi.core.lesson_status', 'completed'); end(); }); }");
        await ana.Page.GotoAsync("about:blank");
        for (var tries = 0; tries < 100 && (await StandingAsync(registration)).Completion != PackageCompletion.Completed; tries++) await Task.Delay(100);
        Assert.Equal((PackageCompletion.Completed, PackageSuccess.Passed), await StandingAsync(registration));
    }

    [Fact]
    public async Task Of_two_tabs_the_later_one_goes_on_and_the_earlier_one_is_told()
    {
        var (package, keeper) = await ImportAsync(ScormZip.One12(page: Sco));
        using var closing = keeper;
        await using var ana = await stage.OpenAsync();
        await LaunchAsync(ana.Page, keeper, package, "tabs");
        var sco = await ContentAsync(ana.Page, "only.html");
        var other = await ana.NewTabAsync();
        await other.GotoAsync(ana.Page.Url);
        await ContentAsync(other, "only.html");
        await sco.EvaluateAsync("() => { set('cmi.core.lesson_location', 'x'); save(); }");
        await Expect(ana.Page.Locator("body")).ToHaveAttributeAsync("data-session", "ended");
        await Expect(ana.Page.Locator("#ended")).ToContainTextAsync("another window");
        await Expect(other.Locator("body")).ToHaveAttributeAsync("data-session", "active");
    }

    [Theory]
    [InlineData(360, "en-GB", false)]
    [InlineData(360, "ar", true)]
    [InlineData(1280, "fr", false)]
    public async Task The_player_is_fit_for_everybody(int width, string language, bool dark)
    {
        var (package, keeper) = await ImportAsync(ScormZip.Parts2004(page: Sco));
        using var closing = keeper;
        await using var ana = await stage.OpenAsync(new Device(width, 740, language, Dark: dark));
        await LaunchAsync(ana.Page, keeper, package, $"fit {width} {language}", more: ""","start":"toc" """);
        await Expect(ana.Page.Locator("[data-toc-item][data-root=true]")).ToHaveCountAsync(1);
        await InspectAsync(ana.Page);
        if (width < 860) await ana.Page.ClickAsync("#toggle");
        await InspectAsync(ana.Page);
        await ana.Page.ClickAsync("[data-toc-item][data-title='Part 2']");
        await ContentAsync(ana.Page, "part2.html");
        await InspectAsync(ana.Page);
        Assert.True(await ana.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.Equal("Part 2", await ana.Page.Locator("[data-toc-item][aria-current]").GetAttributeAsync("data-title"));
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task The_browsers_data_model_follows_the_same_table_as_the_servers()
    {
        var (package, keeper) = await ImportAsync(ScormZip.One12(page: Sco));
        using var closing = keeper;
        await using var ana = await stage.OpenAsync();
        await LaunchAsync(ana.Page, keeper, package, "table");
        await ContentAsync(ana.Page, "only.html");
        var wrapper = ana.Page.Frames.Single(f => f.Url.Contains("_player/?", StringComparison.Ordinal));
        var cases = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scorm", "cases.json"));
        var wrong = await wrapper.EvaluateAsync<string[]>("""
            async json => {
              const base = document.querySelector('script').src.replace('wrapper.js', '');
              const [{ DataModel }, { checkFor }] = await Promise.all([import(base + 'model.js'), import(base + 'types.js')]);
              const cases = JSON.parse(json), wrong = [];
              const run = (group, notation, type) => {
                for (const [kind, code] of [['fits', 0], ['wrong', 1], ['out', 2]])
                  for (const value of group[kind] ?? [])
                    if (checkFor(notation)(value, type) !== code) wrong.push(`${notation} ${type ?? ''} ${JSON.stringify(value)}`);
              };
              for (const group of cases.types) run(group, group.type);
              for (const group of cases.responses) run(group, 'response', group.type);
              for (const group of cases.patterns) run(group, 'pattern', group.type);
              for (const { name, standard, values, access, steps } of cases.sequences) {
                const model = new DataModel(standard, values, access);
                for (const [call, path, value, code] of steps) {
                  const heard = call === 'get' ? model.get(path) : model.set(path, value);
                  if (model.error !== code || heard !== (call === 'get' ? value : code ? 'false' : 'true')) wrong.push(`${name}: ${call} ${path} heard ${heard} ${model.error}`);
                }
              }
              return wrong;
            }
            """, cases);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task All_of_SCORM_is_small_and_quick()
    {
        var (package, keeper) = await ImportAsync(ScormZip.Parts2004(page: Sco));
        using var closing = keeper;
        await using var ana = await stage.OpenAsync();
        await LaunchAsync(ana.Page, keeper, package, "quick");
        var sco = await ContentAsync(ana.Page, "part1.html");
        // The best of several rounds: a busy machine is no fault of the module.
        var (set, get) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 5; round++)
        {
            var took = await sco.EvaluateAsync<double[]>("""
                () => {
                  const n = 5000, time = work => { const at = performance.now(); for (let i = 0; i < n; i++) work(i); return (performance.now() - at) / n * 1000; };
                  return [time(i => set('cmi.location', `page ${i}`)), time(() => get('cmi.location'))];
                }
                """);
            (set, get) = (Math.Min(set, took[0]), Math.Min(get, took[1]));
        }
        Assert.True(set < 20 && get < 20, $"SetValue {set:N1} µs, GetValue {get:N1} µs");

        var folder = Path.Combine(AppContext.BaseDirectory, "../../../../../src/Lms.Web/wwwroot/scorm");
        var bytes = Directory.EnumerateFiles(folder).Sum(file => { using var gzip = new MemoryStream(); using (var to = new System.IO.Compression.GZipStream(gzip, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) to.Write(File.ReadAllBytes(file)); return gzip.Length; });
        Assert.True(bytes <= 25_000, $"All of SCORM is {bytes} bytes, compressed.");
    }

    private async Task<(Guid Package, Keeper Keeper)> ImportAsync(byte[] zip)
    {
        // There is nothing to start without Chromium: the first test that opens a device says so.
        await using (await stage.OpenAsync()) { }
        var keeper = await Keeper.OfAsync(stage.PackageSite);
        return (await keeper.ImportedAsync(zip), keeper);
    }

    private static async Task<Guid> LaunchAsync(IPage page, Keeper keeper, Guid package, string learner, Guid? registration = null, string more = "")
    {
        var wish = $$"""{"actor":{"account":{"homePage":"https://hr.example.org","name":"{{learner.Replace(' ', '-')}}"},"name":"Ana Lima"}{{(registration is null ? "" : $",\"registration\":\"{registration}\"")}}{{more}}}""";
        using var content = new StringContent(wish, Encoding.UTF8, "application/json");
        var (_, launched) = await keeper.SendAsync(HttpMethod.Post, $"/api/v1/packages/{package}/launch", content);
        await page.GotoAsync(launched.GetProperty("url").GetString()!.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        return launched.GetProperty("registration").GetGuid();
    }

    private static async Task<IFrame> ContentAsync(IPage page, string file)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if (page.Frames.LastOrDefault(f => f.Url.EndsWith(file, StringComparison.Ordinal)) is { } frame)
            {
                await frame.WaitForSelectorAsync("#entry", new() { State = WaitForSelectorState.Attached });
                return frame;
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException($"{file} is not shown, but {string.Join(", ", page.Frames.Select(f => f.Url))}.");
    }

    private Task<(PackageCompletion Completion, PackageSuccess Success)> StandingAsync(Guid registration) =>
        stage.PackageSite.ReadAsync(async db => await db.PackageRegistrations.AsNoTracking().SingleAsync(r => r.Id == registration) is var r ? (r.Completion, r.Success) : default);

    // What content looks like is its author's affair.
    private static async Task InspectAsync(IPage page)
    {
        var found = await page.RunAxe(new() { RunOnly = Deque.AxeCore.Commons.RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"), Iframes = false });
        Assert.Empty(found.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}"));
    }
}
