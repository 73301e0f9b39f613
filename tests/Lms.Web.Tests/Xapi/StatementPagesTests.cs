using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Xapi;

public sealed class StatementPagesTests(TestSite site) : IClassFixture<TestSite>
{
    [Theory]
    [InlineData(Role.Instructor, false)]
    [InlineData(Role.Auditor, false)]
    [InlineData(Role.CentreManager, true)]
    public async Task The_staff_of_a_centre_read_its_statements_and_only_managers_may_void(Role role, bool mayVoid)
    {
        var centre = await site.AddCentreAsync();
        using var sender = await Lrs.AddAsync(site, centre.Id);
        using var stranger = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id);
        var activity = $"https://example.org/{Guid.NewGuid():N}";
        var own = await sender.SendAsync(Sample.By("ana@sender.example", activity: activity, name: "Ana of the centre"));
        var other = await stranger.SendAsync(Sample.By("bo@sender.example", activity: activity, name: "Bo of another centre"));
        using var browser = await site.SignedInAsync(role, centre.Id);

        var list = await browser.PageAsync("/statements");
        Assert.Contains("Ana of the centre", list.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Bo of another centre", list.Body.TextContent, StringComparison.Ordinal);
        var page = await browser.PageAsync($"/statements/{own}");
        Assert.Equal(mayVoid, page.QuerySelector("form[action*='Void']") is not null);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/statements/{other}")).StatusCode);

        var activityId = await site.ReadAsync(db => db.XapiActivities.Where(a => a.Name == activity).Select(a => a.Id).SingleAsync());
        var about = await browser.PageAsync($"/statements/activities/{activityId}");
        Assert.DoesNotContain("Bo of another centre", about.Body!.TextContent, StringComparison.Ordinal);
        var bo = await Counted.AgentAsync(site, "mbox|mailto:bo@sender.example");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/statements/agents/{bo}")).StatusCode);
        if (!mayVoid)
        {
            // The token of the sign-out form passes the guard against forgeries.
            var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            var post = await browser.PostAsync($"/statements/{own}?handler=Void", [new("reason", "x"), new("sure", "true"), new("__RequestVerificationToken", token)]);
            Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
            Assert.False(await site.ReadAsync(db => db.Statements.Where(s => s.Id == own).Select(s => s.Voided).SingleAsync()));
        }
    }

    [Fact]
    public async Task A_person_of_the_site_is_shown_by_name_and_the_verb_in_the_readers_language()
    {
        using var learner = await site.SignedInAsync(name: "Zoë Readable");
        await learner.SubmitAsync("/courses/hygiene");
        using var manager = await site.SignedInAsync(Role.HubManager);
        await manager.GetAsync("/language/fr?return=/");
        var list = await manager.PageAsync($"/statements?who={learner.PersonId}");
        var row = list.QuerySelector("table.data tbody tr")!.TextContent;
        Assert.Contains("Zoë Readable", row, StringComparison.Ordinal);
        Assert.Contains("s’est inscrit", row, StringComparison.Ordinal);
        Assert.DoesNotContain(learner.PersonId.ToString(), row, StringComparison.Ordinal);

        var byName = await manager.PageAsync("/statements?who=zoe%20read");
        Assert.Contains("Zoë Readable", byName.QuerySelector("table.data")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_and_json_do_no_harm()
    {
        using var sender = await Lrs.AddAsync(site);
        var activity = $"https://example.org/{Guid.NewGuid():N}";
        var statement = Sample.By("evil@sender.example", activity: activity, name: "<script>alert(1)</script>\u202Egnp.exe");
        statement["object"]!["definition"] = new JsonObject
        {
            ["name"] = new JsonObject { ["en"] = $"<img src=x onerror=alert(2)>\u2066{new string('w', 20_000)}" },
            ["description"] = new JsonObject { ["en"] = "</pre><script>alert(3)</script>" },
        };
        statement["result"] = new JsonObject { ["response"] = "\u202E</pre><script>alert(4)</script>" };
        var id = await sender.SendAsync(statement);
        using var auditor = await site.SignedInAsync(Role.Auditor);
        var agent = await Counted.AgentAsync(site, "mbox|mailto:evil@sender.example");
        var activityId = await site.ReadAsync(db => db.XapiActivities.Where(a => a.Name == activity).Select(a => a.Id).SingleAsync());
        foreach (var path in new[] { "/statements", $"/statements/{id}", $"/statements/activities/{activityId}", $"/statements/agents/{agent}" })
        {
            var page = await auditor.PageAsync(path);
            Assert.Empty(page.QuerySelectorAll("script:not([src])"));
            Assert.Empty(page.QuerySelectorAll("img[onerror]"));
            var html = page.DocumentElement.OuterHtml;
            Assert.DoesNotContain('\u202E', html);
            Assert.DoesNotContain('\u2066', html);
            if (path == "/statements") Assert.True(html.Length < 300_000, $"{html.Length} characters");
        }
        var json = (await auditor.PageAsync($"/statements/{id}")).QuerySelector("pre.code")!.TextContent;
        Assert.Equal("\u202E</pre><script>alert(4)</script>", (string?)JsonNode.Parse(json)!["result"]!["response"]);
    }

    [Fact]
    public async Task Pages_stay_where_they_are_while_statements_arrive()
    {
        var centre = await site.AddCentreAsync();
        using var sender = await Lrs.AddAsync(site, centre.Id);
        for (var i = 0; i < 105; i++) await sender.SendAsync(Sample.By($"p{i}@sender.example"));
        using var auditor = await site.SignedInAsync(Role.Auditor, centre.Id);
        var first = await auditor.PageAsync("/statements");
        var second = first.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var before = Names(await auditor.PageAsync(second));
        for (var i = 0; i < 5; i++) await sender.SendAsync(Sample.By($"late{i}@sender.example"));
        var page = await auditor.PageAsync(second);
        Assert.Equal(before, Names(page));
        Assert.Equal(50, before.Count);
        Assert.Equal("p54@sender.example", before[0]);
        var back = Names(await auditor.PageAsync(page.QuerySelector("a[rel=prev]")!.GetAttribute("href")!));
        Assert.Equal("p104@sender.example", back[0]);
        Assert.Equal("p55@sender.example", back[^1]);
        var third = await auditor.PageAsync(page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(5, Names(third).Count);
        Assert.Null(third.QuerySelector("a[rel=next]"));

        static List<string> Names(AngleSharp.Html.Dom.IHtmlDocument page) => [.. page.QuerySelectorAll("table.data tbody th").Select(th => th.TextContent.Trim())];
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_an_empty_one_says_what_to_do()
    {
        using var sender = await Lrs.AddAsync(site);
        var (registration, mail) = (Guid.NewGuid(), $"{Guid.NewGuid():N}@sender.example");
        var statement = Sample.By(mail, activity: "https://example.org/filtered");
        statement["context"] = new JsonObject { ["registration"] = registration.ToString() };
        await sender.SendAsync(statement);
        await site.CountAsync();
        using var auditor = await site.SignedInAsync(Role.Auditor);
        var verb = Uri.EscapeDataString(Sample.Completed);
        foreach (var query in new[] { $"who={mail}", $"registration={registration}", $"who={mail}&verb={verb}", $"who={mail}&since={DateTime.UtcNow:yyyy-MM-dd}", $"who={mail}&until={DateTime.UtcNow:yyyy-MM-dd}&related=true" })
        {
            var list = await auditor.PageAsync($"/statements?{query}");
            Assert.True(list.QuerySelectorAll("table.data tbody tr").Length == 1, query);
        }
        Assert.Contains("completed", (await auditor.PageAsync("/statements")).QuerySelector("#verb")!.TextContent, StringComparison.OrdinalIgnoreCase);
        foreach (var query in new[] { $"who={mail}&until=2001-01-01", "registration=nonsense", "who=nobody%20of%20that%20name", "activity=https://example.org/none" })
            Assert.NotNull((await auditor.PageAsync($"/statements?{query}")).QuerySelector(".empty a[href='/statements']"));
    }

    [Fact]
    public async Task An_attachment_is_saved_and_never_shown()
    {
        using var sender = await Lrs.AddAsync(site);
        var bytes = Encoding.UTF8.GetBytes("<script>alert(1)</script>");
        var sha2 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var statement = Sample.By("att@sender.example");
        statement["attachments"] = new JsonArray(new JsonObject
        {
            ["usageType"] = "https://example.org/usage", ["display"] = new JsonObject { ["en"] = "A page" }, ["contentType"] = "text/html", ["length"] = bytes.Length, ["sha2"] = sha2,
        });
        using var body = new MultipartContent("mixed");
        body.Add(new StringContent(statement.ToJsonString(), Encoding.UTF8, "application/json"));
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue("text/html");
        part.Headers.Add("Content-Transfer-Encoding", "binary");
        part.Headers.Add("X-Experience-API-Hash", sha2);
        body.Add(part);
        using var stored = await sender.Http.PostAsync(new Uri("/xapi/statements", UriKind.Relative), body);
        Assert.True(stored.IsSuccessStatusCode, await stored.Content.ReadAsStringAsync());

        using var auditor = await site.SignedInAsync(Role.Auditor);
        var page = await auditor.PageAsync($"/statements/{statement["id"]}");
        var reply = await auditor.GetAsync(page.QuerySelector("a[download]")!.GetAttribute("href")!);
        Assert.Equal(bytes, await reply.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", reply.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/octet-stream", reply.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var stranger = await site.SignedInAsync(Role.Auditor, (await site.AddCentreAsync()).Id);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(page.QuerySelector("a[download]")!.GetAttribute("href")!)).StatusCode);
    }

    [Fact]
    public async Task Voiding_takes_a_reason_and_repeating_it_does_nothing()
    {
        using var sender = await Lrs.AddAsync(site);
        var mail = $"{Guid.NewGuid():N}@sender.example";
        var id = await sender.SendAsync(Sample.By(mail));
        using var manager = await site.SignedInAsync(Role.HubManager, name: "Vera Voids");
        var path = $"/statements/{id}";
        Assert.Contains("reason", (await (await manager.SubmitAsync(path, new() { ["sure"] = "true" }, "Void")).Content.ReadAsStringAsync()), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await sender.CountAsync(Sample.ByMail(mail)));

        var page = await manager.PageAsync(path);
        var form = page.QuerySelector("form[action*='Void']")!;
        var fields = new Dictionary<string, string> { ["reason"] = "Sent twice by mistake", ["sure"] = "true", ["__RequestVerificationToken"] = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")! };
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Redirect, (await manager.PostAsync(form.GetAttribute("action")!, fields)).StatusCode);

        Assert.Equal(1, await site.ReadAsync(db => db.Set<Features.Xapi.Store.StatementReference>().CountAsync(r => r.TargetId == id)));
        var shown = await manager.PageAsync(path);
        Assert.Contains("Vera Voids", shown.QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sent twice by mistake", shown.QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
        Assert.Null(shown.QuerySelector("form[action*='Void']"));
        // The voiding statement stands for what it voids: it is found where that was. (Communication 2.1.3)
        var found = (await sender.QueryAsync(Sample.ByMail(mail))).GetProperty("statements");
        Assert.Equal(Sample.Voided, Assert.Single(found.EnumerateArray()).GetProperty("verb").GetProperty("id").GetString());
        Assert.DoesNotContain("@", found[0].GetProperty("actor").GetRawText(), StringComparison.Ordinal);
        var voiding = await manager.PageAsync($"/statements/{found[0].GetProperty("id").GetString()}");
        Assert.Null(voiding.QuerySelector("form[action*='Void']"));
    }
}
