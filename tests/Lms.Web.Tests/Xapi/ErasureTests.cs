using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Privacy;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Xapi;

public sealed class ErasureTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Nothing_of_an_erased_agent_is_left_and_all_else_stays()
    {
        const string mail = "mariana.unique@gone.example", name = "Mariana Uniquename";
        using var sender = await Lrs.AddAsync(_site);
        var ids = new List<Guid>();
        for (var i = 0; i < EraseAgent.Chunk + 5; i++) ids.Add(await sender.SendAsync(Sample.By(mail, activity: $"https://example.org/{i % 3}", name: name)));
        var related = Sample.By("trainee@sender.example");
        related["context"] = new JsonObject { ["instructor"] = new JsonObject { ["mbox"] = $"mailto:{mail}", ["name"] = name }, ["extensions"] = new JsonObject { ["https://example.org/x"] = "kept" } };
        ids.Add(await sender.SendAsync(related));
        var voided = await sender.SendAsync(Sample.By(mail, name: name));
        await sender.SendAsync(Sample.VoidingBy(mail, voided));
        var comment = Sample.By("critic@sender.example", "http://adlnet.gov/expapi/verbs/commented");
        comment["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = ids[0].ToString() };
        await sender.SendAsync(comment);
        using (var document = new StringContent("{\"mine\":true}", Encoding.UTF8, "application/json"))
            Assert.True((await sender.Http.PostAsync(new Uri($"/xapi/activities/state?stateId=s&activityId=https://example.org/0&{Sample.ByMail(mail)}", UriKind.Relative), document)).IsSuccessStatusCode);
        var before = await _site.ReadAsync(db => db.Statements.OrderBy(s => s.Sequence).Select(s => s.Id).ToListAsync());
        Assert.True(await sender.CountAsync($"{Sample.ByMail(mail)}&limit=500") > EraseAgent.Chunk);

        using var manager = await _site.SignedInAsync(Role.HubManager, name: "Max Manager");
        var agent = await Counted.AgentAsync(_site, $"mbox|mailto:{mail}");
        var path = $"/statements/erase/{agent}";
        var code = (agent % 10_000).ToString("0000", System.Globalization.CultureInfo.InvariantCulture);
        await manager.SubmitAsync(path, new() { ["reason"] = "Asked for it", ["typed"] = "nope" });
        Assert.Equal(0, await _site.ReadAsync(db => db.Erasures.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await manager.SubmitAsync(path, new() { ["reason"] = "Asked for it", ["typed"] = code })).StatusCode);
        await _site.RunJobsAsync();

        Assert.Equal(before, await _site.ReadAsync(db => db.Statements.OrderBy(s => s.Sequence).Select(s => s.Id).ToListAsync()));
        Assert.Equal(0, await sender.CountAsync(Sample.ByMail(mail)));
        var first = await sender.QueryAsync($"statementId={ids[0]}");
        var account = first.GetProperty("actor").GetProperty("account");
        Assert.StartsWith("erased:", account.GetProperty("name").GetString(), StringComparison.Ordinal);
        var erased = $"agent={Uri.EscapeDataString(new JsonObject { ["account"] = JsonNode.Parse(account.GetRawText()) }.ToJsonString())}";
        // All that were found by them, the voiding statement and the comment.
        Assert.Equal(ids.Count - 1 + 2, await sender.CountAsync($"{erased}&limit=500"));
        Assert.Equal(ids.Count + 2, await sender.CountAsync($"{erased}&related_agents=true&limit=500"));
        Assert.Contains("kept", (await sender.QueryAsync($"statementId={ids[^1]}")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, await _site.ReadAsync(db => db.XapiDocuments.CountAsync()));

        var list = await manager.PageAsync("/statements/privacy");
        var entry = list.QuerySelector("table.data tbody tr")!.TextContent;
        Assert.Contains("Max Manager", entry, StringComparison.Ordinal);
        Assert.Contains((ids.Count + 2).ToString(System.Globalization.CultureInfo.InvariantCulture), entry, StringComparison.Ordinal);
        await AssertGoneAsync(mail, name);
    }

    [Fact]
    public async Task Of_a_centre_only_its_own_statements_are_changed()
    {
        const string mail = "shared@gone.example";
        var (one, two) = (await _site.AddCentreAsync(), await _site.AddCentreAsync());
        using var first = await Lrs.AddAsync(_site, one.Id);
        using var second = await Lrs.AddAsync(_site, two.Id);
        await first.SendAsync(Sample.By(mail));
        await second.SendAsync(Sample.By(mail));
        var agent = await Counted.AgentAsync(_site, $"mbox|mailto:{mail}");
        using var manager = await _site.SignedInAsync(Role.CentreManager, one.Id);
        using var stranger = await _site.SignedInAsync(Role.CentreManager, (await _site.AddCentreAsync()).Id);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/statements/erase/{agent}")).StatusCode);
        var code = (agent % 10_000).ToString("0000", System.Globalization.CultureInfo.InvariantCulture);
        await manager.SubmitAsync($"/statements/erase/{agent}", new() { ["reason"] = "Left", ["typed"] = code });
        await _site.RunJobsAsync();
        Assert.Equal(0, await first.CountAsync(Sample.ByMail(mail)));
        Assert.Equal(1, await second.CountAsync(Sample.ByMail(mail)));
        Assert.NotNull((await stranger.PageAsync("/statements/privacy")).QuerySelector(".empty"));
    }

    [Fact]
    public async Task With_content_responses_extensions_and_attachments_go_too()
    {
        const string mail = "content@gone.example";
        using var sender = await Lrs.AddAsync(_site);
        var statement = Sample.By(mail);
        statement["result"] = new JsonObject { ["response"] = "secretresponse", ["success"] = true, ["extensions"] = new JsonObject { ["https://example.org/x"] = "secretextension" } };
        statement["context"] = new JsonObject { ["extensions"] = new JsonObject { ["https://example.org/y"] = "secretcontext" }, ["platform"] = "kept" };
        var id = await sender.SendAsync(statement);
        var agent = await Counted.AgentAsync(_site, $"mbox|mailto:{mail}");
        using var manager = await _site.SignedInAsync(Role.Administrator);
        await manager.SubmitAsync($"/statements/erase/{agent}", new() { ["reason"] = "Left", ["typed"] = (agent % 10_000).ToString("0000", System.Globalization.CultureInfo.InvariantCulture), ["withContent"] = "true" });
        await _site.RunJobsAsync();
        var json = (await sender.QueryAsync($"statementId={id}")).GetRawText();
        Assert.DoesNotContain("secret", json, StringComparison.Ordinal);
        Assert.Contains("kept", json, StringComparison.Ordinal);
        Assert.Contains("\"success\":true", json, StringComparison.Ordinal);
        await AssertGoneAsync(mail, "secretresponse");
    }

    /// <summary>Nowhere else in the database either.</summary>
    private async Task AssertGoneAsync(params string[] texts)
    {
        var content = Encoding.Latin1.GetString(await _site.DatabaseBytesAsync());
        foreach (var text in texts) Assert.False(content.Contains(text, StringComparison.Ordinal), $"The database still has {text}");
    }
}
