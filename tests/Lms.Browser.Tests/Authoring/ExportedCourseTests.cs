using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using Lms.BrowserTests.Journeys;
using Lms.BrowserTests.Support;
using Lms.Web.Features.Authoring.Export;
using Lms.Web.Tests.Packages;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.BrowserTests.Authoring;

/// <summary>The course <c>hygiene</c>, exported, imported again and studied in the player, comes to the same result as on the site.</summary>
public sealed class ExportedCourseTests(Stage stage)
{
    private readonly string _actor = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(PackageFormat.Scorm12, true)]
    [InlineData(PackageFormat.Scorm2004, true)]
    [InlineData(PackageFormat.Cmi5, true)]
    [InlineData(PackageFormat.Scorm12, false)]
    [InlineData(PackageFormat.Scorm2004, false)]
    [InlineData(PackageFormat.Cmi5, false)]
    public async Task The_player_comes_to_the_same_result_as_the_site(PackageFormat format, bool gownIsChanged)
    {
        await using var learner = await stage.OpenAsync();
        using var keeper = await Keeper.OfAsync(stage.PackageSite);
        var (registration, url) = await LaunchAsync(keeper, format);
        var player = new ExportedCourse(learner.Page, format, Words.English);
        await learner.Page.GotoAsync(url);
        await player.StudyAsync();
        await player.SitAsync(gownIsChanged);
        await player.EndAsync(gownIsChanged);
        Assert.DoesNotContain(learner.Complaints, c => !IsUsual(c));

        // The site's own rules: passed with every point, or failed for what must be right, whatever the score.
        var result = await ResultAsync(keeper, registration, r => r.GetProperty("success").GetString() != "unknown");
        Assert.Equal(gownIsChanged ? "passed" : "failed", result.GetProperty("success").GetString());
        var score = result.GetProperty("score").GetProperty("scaled");
        if (format != PackageFormat.Scorm12) Assert.Equal(gownIsChanged ? 1 : 2 / 3.0, score.GetDouble(), 3);
        if (gownIsChanged) Assert.Equal("completed", result.GetProperty("completion").GetString());
        else if (format != PackageFormat.Scorm12) Assert.NotEqual("completed", result.GetProperty("completion").GetString());
    }

    [Theory]
    [InlineData(PackageFormat.Scorm12)]
    [InlineData(PackageFormat.Scorm2004)]
    [InlineData(PackageFormat.Cmi5)]
    public async Task What_was_answered_is_there_again_after_the_page_went_away(PackageFormat format)
    {
        await using var learner = await stage.OpenAsync();
        using var keeper = await Keeper.OfAsync(stage.PackageSite);
        var (registration, url) = await LaunchAsync(keeper, format);
        var player = new ExportedCourse(learner.Page, format, Words.English);
        await learner.Page.GotoAsync(url);
        await player.OpenFirstAsync();
        await player.AnswerCheckAsync();
        await learner.Page.GotoAsync("about:blank");

        (_, url) = await LaunchAsync(keeper, format, registration);
        await learner.Page.GotoAsync(url);
        await player.OpenFirstAsync();
        await Expect(player.Content.Locator(".q .answer")).ToContainTextAsync("Clean hands come first.");
    }

    [Fact]
    public async Task A_package_grades_as_the_site_does()
    {
        await using var learner = await stage.OpenAsync();
        await GradingParity.CheckAsync(learner.Page);
    }

    [Theory]
    [InlineData("en", false)]
    [InlineData("fr", true)]
    public async Task Its_pages_are_sound_on_a_phone(string language, bool dark)
    {
        await using var learner = await stage.OpenAsync(new Device(Dark: dark));
        using var zip = new ZipArchive(new MemoryStream(await ExportAsync(PackageFormat.Scorm2004, language)));
        await learner.Page.RouteAsync("http://package.test/**", route => route.FulfillAsync(new()
        {
            BodyBytes = Bytes(zip, new Uri(route.Request.Url).AbsolutePath[1..]),
            ContentType = Path.GetExtension(route.Request.Url) switch { ".css" => "text/css", ".js" => "text/javascript", _ => "text/html" },
            Headers = [new("Content-Security-Policy", "default-src 'self'")],
        }));
        List<string> findings = [];
        foreach (var path in new[] { "lessons/hands.html", "lessons/gowns.html", "assessment.html" })
        {
            await learner.Page.GotoAsync($"http://package.test/{path}");
            await Expect(learner.Page.Locator("body[data-ready]")).ToBeAttachedAsync();
            findings.AddRange(await learner.FindingsAsync(path));
        }
        Assert.Empty(findings);
    }

    private async Task<(Guid Registration, string Url)> LaunchAsync(Keeper keeper, PackageFormat format, Guid? registration = null)
    {
        var package = await keeper.ImportedAsync(await ExportAsync(format, "en"));
        using var wish = JsonContent.Create(new { actor = new { account = new { homePage = "https://hr.example.org", name = _actor } }, registration });
        var (_, launched) = await keeper.SendAsync(HttpMethod.Post, $"/api/v1/packages/{package}/launch", wish);
        return (launched.GetProperty("registration").GetGuid(), launched.GetProperty("url").GetString()!.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
    }

    private Task<byte[]> ExportAsync(PackageFormat format, string language) => stage.PackageSite.RunAsync(async services =>
        Assert.IsType<ExportOutcome.Exported>(await services.GetRequiredService<CourseExporter>().ExportAsync("hygiene", format, language, CancellationToken.None)).Zip);

    private static byte[] Bytes(ZipArchive zip, string path)
    {
        using var bytes = new MemoryStream();
        using var file = zip.GetEntry(path)!.Open();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    // A document that isn't there yet is a 404 by the book, and the player frames content together with its own origin on purpose.
    private static bool IsUsual(string complaint) =>
        complaint.Contains(" 404 for ", StringComparison.Ordinal) || complaint.Contains("404 (Not Found)", StringComparison.Ordinal) || complaint.Contains("sandbox", StringComparison.Ordinal);

    // What a browser says as its page goes is on its way for a moment.
    private static async Task<JsonElement> ResultAsync(Keeper keeper, Guid registration, Func<JsonElement, bool> isThere)
    {
        for (var tries = 0; ; tries++)
        {
            var (_, result) = await keeper.SendAsync(HttpMethod.Get, $"/api/v1/registrations/{registration}");
            if (isThere(result) || tries == 100) return result;
            await Task.Delay(100);
        }
    }
}
