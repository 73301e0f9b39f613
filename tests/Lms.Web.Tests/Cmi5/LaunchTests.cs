using System.Net;
using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Cmi5;

[Collection<Cmi5Collection>]
public sealed class LaunchTests(Cmi5Site site)
{
    [Fact] // 6.0.0.0-2, 6.0.0.0-3, 8.1.0.0-1, 8.1.0.0-2, 8.1.0.0-3, 8.1.0.0-4, 8.1.1.0-1, 8.1.2.0-1, 8.1.3.0-1, 8.1.4.0-1, 8.1.5.0-2, 9.6.1.1-2, 10.1.0.0-1, 10.1.0.0-3, 10.1.0.0-4, 10.1.0.0-5
    public async Task A_launch_tells_the_unit_all_that_it_needs()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit("moveOn=\"Passed\" masteryScore=\"0.8\" launchMethod=\"OwnWindow\"", "<launchParameters>a=1</launchParameters><entitlementKey>xyz</entitlementKey>")));

        using var au = await site.LaunchAsync(package, returnUrl: "https://hr.example.org/back");
        await au.BeginAsync();

        Assert.Equal("https://content.example.org/start.html", au.Address.GetLeftPart(UriPartial.Path));
        Assert.Equal(("1", new Uri(site.Site.Address, "/xapi").ToString()), (au["x"], au.Endpoint));
        Assert.Equal("7", (string?)JsonNode.Parse(au.Actor)!["account"]!["name"]);
        Assert.Equal(("Normal", "Passed", 0.8m, "a=1"), ((string)au.Data["launchMode"]!, (string)au.Data["moveOn"]!, (decimal)au.Data["masteryScore"]!, (string)au.Data["launchParameters"]!));
        Assert.Equal(("xyz", "https://hr.example.org/back"), ((string)au.Data["entitlementKey"]!["courseStructure"]!, (string)au.Data["returnURL"]!));
    }

    [Fact] // 8.2.1.0-1, 8.2.1.0-2, 8.2.1.0-2 (d), 8.2.1.0-3, 8.2.1.0-4, 8.2.2.0-1, 8.2.2.0-2, 8.2.2.0-3, 8.2.3.0-1, 8.2.3.0-1 (d), 8.2.3.2-1
    public async Task The_token_is_given_out_once()
    {
        using var au = await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit())));

        var first = await au.PostFetchAsync();
        var second = await au.PostFetchAsync();

        Assert.Equal((200, "application/json"), (first.Status, first.Type));
        Assert.NotNull(first.Body["auth-token"]);
        Assert.Equal((200, "application/json"), (second.Status, second.Type));
        Assert.Equal("1", (string?)second.Body["error-code"]);
        Assert.NotNull(second.Body["error-text"]);
        Assert.Null(second.Body["auth-token"]);
    }

    [Fact]
    public async Task Of_many_who_ask_for_the_token_at_once_one_gets_it()
    {
        using var au = await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit())));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => au.PostFetchAsync()));

        Assert.Single(answers, a => a.Body["auth-token"] is not null);
        Assert.All(answers, a => Assert.Equal(200, a.Status));
    }

    [Fact]
    public async Task An_unknown_fetch_address_is_an_error_like_any_other()
    {
        using var http = new HttpClient { BaseAddress = site.Site.Address };

        using var reply = await http.PostAsync(new Uri("/cmi5/fetch/none", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("2", (string?)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["error-code"]);
        Assert.Equal("*", Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Origin")));
        // "With credentials", a browser takes no star for an answer.
        http.DefaultRequestHeaders.Add("Origin", "https://content.example.org");
        using var withCredentials = await http.PostAsync(new Uri("/cmi5/fetch/none", UriKind.Relative), null);
        Assert.Equal("https://content.example.org", Assert.Single(withCredentials.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("true", Assert.Single(withCredentials.Headers.GetValues("Access-Control-Allow-Credentials")));
        using var got = await http.GetAsync(new Uri("/cmi5/fetch/none", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, got.StatusCode);
    }

    [Fact] // 8.1.2.0-2, 8.1.2.0-2 (d), 8.1.2.0-5 (d), 8.2.1.0-5 (d), 8.2.1.0-6
    public async Task A_token_is_good_for_its_session_alone()
    {
        using var au = await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit())));
        using var forged = new Lrs(site.Site.Address, "1.0.3", $"launch.{Guid.NewGuid():N}", "secret");
        (await forged.GetAsync(au.Preferences)).Expect(401);

        await au.BeginAsync();
        (await au.SayAsync("terminated")).Expect(204);

        (await au.Lrs.GetAsync(au.State("any"))).Expect(403);
        Assert.Equal("9.3.0.0-5 (d2)", AuByHand.Breach(await au.SendAsync(au.Allowed("experienced"))));
        Assert.Equal("9.3.0.0-5 (d2)", AuByHand.Breach(await au.Lrs.GetAsync("statements")));
    }

    [Fact]
    public async Task A_token_opens_nothing_but_the_record_store()
    {
        using var au = await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit())));
        var token = (string)(await au.PostFetchAsync()).Body["auth-token"]!;
        using var http = new HttpClient { BaseAddress = site.Site.Address };
        http.DefaultRequestHeaders.Authorization = new("Basic", token);

        foreach (var path in new[] { "/api/v1/statements/export", "/api/v1/packages", $"/api/v1/registrations/{au.Registration}" })
        {
            using var reply = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        }
    }

    [Fact] // 8.1.5.0-1, 8.1.5.0-3, 8.1.5.0-4
    public async Task A_unit_keeps_the_id_that_the_system_gave_it()
    {
        var publisher = CourseXml.Id("au");
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit(id: publisher)));

        using var first = await site.LaunchAsync(package);
        using var again = await site.LaunchAsync(package, registration: first.Registration);
        using var other = await site.LaunchAsync(package, learner: "8");

        Assert.Equal(first.Registration, again.Registration);
        Assert.NotEqual(first.Registration, other.Registration);
        Assert.Equal([first.ActivityId, first.ActivityId], [again.ActivityId, other.ActivityId]);
        Assert.NotEqual(publisher, first.ActivityId);
    }

    [Fact] // 9.3.1.0-1, 9.3.1.0-2, 9.3.1.0-2 (d)
    public async Task Launched_is_told_once_for_each_session()
    {
        using var au = await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit())));
        await au.BeginAsync();

        Assert.Equal("launched initialized", await site.VerbsAsync(au.Registration));
        var launched = (await site.StatementsAsync(au.Registration))[0];
        Assert.Equal(au.Session, (string?)launched["context"]!["extensions"]![AuByHand.SessionExtension]);
        Assert.Equal("https://content.example.org/start.html?x=1", (string?)launched["context"]!["extensions"]!["https://w3id.org/xapi/cmi5/context/extensions/launchurl"]);
    }

    [Fact] // 9.2.0.0-3: the system's own actor always has an account
    public async Task A_learner_known_by_e_mail_gets_an_account_that_does_not_tell_it()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit()));
        var (_, body) = await site.PostAsync($"packages/{package["id"]}/launch", new { actor = new { mbox = "mailto:ana@example.org" } });
        using var visitor = site.Site.Visitor();
        using var opened = await visitor.GetAsync((string)body!["url"]!);
        using var au = new AuByHand(site.Site.Address, opened.Headers.Location!);

        await au.BeginAsync();

        Assert.NotNull(JsonNode.Parse(au.Actor)!["account"]);
        Assert.DoesNotContain("ana@example.org", au.Actor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_of_many_units_opens_on_its_contents_and_comes_back_to_them()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Block(CourseXml.Id("block"), CourseXml.Unit() + CourseXml.Unit())));
        var (_, body) = await site.PostAsync($"packages/{package["id"]}/launch", new { actor = new { account = new { homePage = "https://hr.example.org", name = "7" } }, returnUrl = "https://hr.example.org/back" });
        using var visitor = site.Site.Visitor();
        using var opened = await visitor.GetAsync((string)body!["url"]!);
        var contents = opened.Headers.Location!.ToString();

        var page = await visitor.PageAsync(contents);
        var links = page.QuerySelectorAll("[data-toc] [data-toc-item] a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(2, links.Count);
        Assert.Equal("https://hr.example.org/back", page.QuerySelector("[data-nav=exit]")!.GetAttribute("href"));
        using var launched = await visitor.GetAsync(links[1]);
        using var au = await new AuByHand(site.Site.Address, launched.Headers.Location!).BeginAsync();

        Assert.Equal(new Uri(site.Site.Address, contents).ToString(), (string?)au.Data["returnURL"]);
        using var forged = await visitor.GetAsync("/packages/units/none");
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    [Fact]
    public async Task A_unit_of_the_package_starts_on_the_packages_own_origin()
    {
        using var zip = new MemoryStream();
        await using (var archive = new System.IO.Compression.ZipArchive(zip, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            await WriteAsync(archive, "cmi5.xml", CourseXml.Course(CourseXml.Unit(url: "my%20lesson/start.html?x=1#top")));
            await WriteAsync(archive, "my lesson/start.html", "<title>Start</title>");
        }
        var package = await site.ImportAsync(zip.ToArray(), "application/zip");

        using var au = await site.LaunchAsync(package);

        var version = await site.Site.ReadAsync(db => db.PackageVersions.Where(v => v.PackageId == Guid.Parse((string)package["id"]!)).Select(v => v.Id).SingleAsync());
        Assert.StartsWith($"{version:n}.", au.Address.Host, StringComparison.Ordinal);
        Assert.EndsWith("/my%20lesson/start.html", au.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(("1", "#top"), (au["x"], au.Address.Fragment));
    }

    private static async Task WriteAsync(System.IO.Compression.ZipArchive archive, string name, string text)
    {
        await using var writer = new StreamWriter(await archive.CreateEntry(name).OpenAsync());
        await writer.WriteAsync(text);
    }
}
