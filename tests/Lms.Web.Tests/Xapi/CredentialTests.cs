using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Tests.Identity;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Xapi;

/// <summary>Making, rotating and revoking credentials: in pages, by the HTTP API, on the command line.</summary>
public sealed class CredentialTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Credentials = "/api/v1/credentials";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manager_makes_rotates_and_revokes_by_the_api()
    {
        var centre = await site.AddCentreAsync();
        using var manager = await CallerAsync(Role.CentreManager, centre.Id);

        var (status, made) = await PostAsync(manager, Credentials, new { name = "  Adapt ", scopes = new[] { "statements/write", "state" } });
        Assert.Equal(HttpStatusCode.Created, status);
        var (id, key, secret) = (made.GetProperty("id").GetGuid(), made.GetProperty("key").GetString()!, made.GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(key, secret));

        var row = Assert.Single((await ListAsync(manager)).GetProperty("credentials").EnumerateArray());
        Assert.Equal(("Adapt", centre.Slug, "statements/write,state"), (row.GetProperty("name").GetString(), row.GetProperty("centre").GetString(), string.Join(',', row.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()))));
        Assert.NotEqual(JsonValueKind.Null, row.GetProperty("lastUsedAt").ValueKind);
        Assert.False(row.TryGetProperty("secret", out _));

        (status, var rotated) = await PostAsync(manager, $"{Credentials}/{id}/rotate");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(key, secret));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(key, rotated.GetProperty("secret").GetString()!));

        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(manager, $"{Credentials}/{id}/revoke")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(key, rotated.GetProperty("secret").GetString()!));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(manager, $"{Credentials}/{id}/rotate")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(manager, $"{Credentials}/{id}/revoke")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(manager, $"{Credentials}/{Guid.NewGuid()}/rotate")).Status);
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["all"]}""", "name")]
    [InlineData("""{"scopes":["all"]}""", "name")]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x"}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["statements/write","everything"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["all"],"centre":"nowhere"}""", "centre")]
    public async Task What_is_wrong_with_a_credential_is_named(string json, string field)
    {
        using var manager = await CallerAsync(Role.CentreManager, (await site.AddCentreAsync()).Id);
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var reply = await manager.PostAsync(new Uri(Credentials, UriKind.Relative), body, Ct);
        var problem = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Ct));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (reply.StatusCode, problem.GetProperty("findings")[0].GetProperty("field").GetString()));
        Assert.Equal(0, (await ListAsync(manager)).GetProperty("credentials").GetArrayLength());
    }

    [Fact]
    public async Task Only_an_administrator_has_to_do_with_the_hubs_and_a_manager_with_the_own_centres()
    {
        var (centre, other) = (await site.AddCentreAsync(), await site.AddCentreAsync());
        using var hubs = await Lrs.AddAsync(site, null, "statements/read");
        using var others = await Lrs.AddAsync(site, other.Id, "statements/read");
        using var centreSystem = await Lrs.AddAsync(site, centre.Id, "all");
        using var manager = await CallerAsync(Role.CentreManager, centre.Id);
        using var hubManager = await CallerAsync(Role.HubManager);
        using var administrator = await CallerAsync(Role.Administrator);

        foreach (var (caller, mayHub, mayOther) in new[] { (manager, false, false), (centreSystem.Http, false, false), (hubManager, false, true), (administrator, true, true) })
        {
            Assert.Equal(mayHub ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, (await PostAsync(caller, Credentials, NewIn("hub"))).Status);
            Assert.Equal(mayOther ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, (await PostAsync(caller, Credentials, NewIn(other.Slug))).Status);
            foreach (var (id, may) in new[] { (hubs.Id, mayHub), (others.Id, mayOther) })
            {
                Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await PostAsync(caller, $"{Credentials}/{id}/rotate")).Status);
                if (!may) Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(caller, $"{Credentials}/{id}/revoke")).Status);
                Assert.Equal(may, (await ListAllAsync(caller)).Contains(id));
            }
        }
        using var teacher = await CallerAsync(Role.Instructor, centre.Id);
        using var list = await teacher.GetAsync(new Uri(Credentials, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, list.StatusCode);

        static object NewIn(string slug) => new { name = $"{Guid.NewGuid()}", centre = slug, scopes = new[] { "all" } };
    }

    [Fact]
    public async Task The_list_goes_on_page_by_page()
    {
        var centre = await site.AddCentreAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            using var system = await Lrs.AddAsync(site, centre.Id, "state");
            ids.Add(system.Id);
        }
        using var manager = await CallerAsync(Role.CentreManager, centre.Id);
        Assert.Equal(Enumerable.Reverse(ids), await ListAllAsync(manager, limit: 3));
    }

    [Fact]
    public async Task A_secret_lies_nowhere_in_the_data()
    {
        using var manager = await CallerAsync(Role.CentreManager, (await site.AddCentreAsync()).Id);
        var (_, made) = await PostAsync(manager, Credentials, new { name = "secret", scopes = new[] { "all" } });
        var secret = made.GetProperty("secret").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await TryAsync(made.GetProperty("key").GetString()!, secret));
        Assert.Equal(-1, (await site.DatabaseBytesAsync()).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
    }

    [Fact]
    public async Task The_pages_make_a_credential_show_its_secret_once_rotate_and_revoke_it()
    {
        var centre = await site.AddCentreAsync("Dakar");
        using var manager = await site.SignedInAsync(Role.CentreManager, centre.Id);
        Assert.Contains("No credential yet", (await manager.PageAsync("/admin/credentials")).Body!.TextContent, StringComparison.Ordinal);

        using var made = await manager.SubmitAsync("/admin/credentials/new", new() { ["Input.Name"] = "Adapt", ["Input.Scopes"] = "statements/write" });
        var page = await made.DocumentAsync();
        Assert.True(made.Headers.CacheControl?.NoStore);
        var (key, secret) = (page.QuerySelector("dl.facts bdi")!.TextContent, page.QuerySelector("#shown-once")!.GetAttribute("value")!);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(key, secret));

        var row = (await manager.PageAsync("/admin/credentials")).QuerySelector("table.data th a")!;
        var path = row.GetAttribute("href")!;
        Assert.Equal("Adapt", row.TextContent);
        Assert.Null((await manager.PageAsync(path)).QuerySelector("#shown-once"));

        using var unsure = await manager.SubmitAsync(path, [], "handler=Rotate");
        Assert.Contains("Tick the box", (await unsure.DocumentAsync()).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(key, secret));
        using var rotated = await manager.SubmitAsync(path, new() { ["sure"] = "true" }, "handler=Rotate");
        var newer = (await rotated.DocumentAsync()).QuerySelector("#shown-once")!.GetAttribute("value")!;
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await TryAsync(key, secret), await TryAsync(key, newer)));

        using var revoked = await manager.SubmitAsync(path, new() { ["sure"] = "true" }, "handler=Revoke");
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Unauthorized), (revoked.StatusCode, await TryAsync(key, newer)));
        Assert.Empty((await manager.PageAsync(path)).QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task The_form_sent_twice_makes_one_and_says_why()
    {
        var centre = await site.AddCentreAsync();
        using var manager = await site.SignedInAsync(Role.CentreManager, centre.Id);
        var form = await manager.FieldsAsync("/admin/credentials/new", ("Input.Name", "Adapt"), ("Input.Centre", centre.Id), ("Input.Scopes", "state"));
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => manager.PostAsync("/admin/credentials/new", form)));
        Assert.All(replies, r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
        Assert.Equal(1, await site.ReadAsync(db => db.LrsCredentials.CountAsync(c => c.CentreId == centre.Id)));
    }

    [Fact]
    public async Task No_page_lets_a_manager_reach_another_centre_or_the_hub()
    {
        var (centre, other) = (await site.AddCentreAsync(), await site.AddCentreAsync());
        using var manager = await site.SignedInAsync(Role.CentreManager, centre.Id);
        using var theirs = await Lrs.AddAsync(site, other.Id, "all");
        using var hubs = await Lrs.AddAsync(site, null, "all");
        foreach (var system in new[] { theirs, hubs })
        {
            var form = await manager.FieldsAsync("/admin/credentials/new", ("sure", true), ("Input.Name", "taken"), ("Input.Centre", system.CentreId), ("Input.Scopes", "all"));
            using var seen = await manager.GetAsync($"/admin/credentials/{system.Id}");
            using var rotate = await manager.PostAsync($"/admin/credentials/{system.Id}?handler=Rotate", form);
            using var revoke = await manager.PostAsync($"/admin/credentials/{system.Id}?handler=Revoke", form);
            using var create = await manager.PostAsync("/admin/credentials/new", form);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (seen.StatusCode, rotate.StatusCode, revoke.StatusCode));
            Assert.Contains("Choose a centre that you manage", (await create.DocumentAsync()).Body!.TextContent, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, await system.StatusAsync("GET", "/xapi/statements"));
        }
        Assert.DoesNotContain(theirs.Key, (await manager.PageAsync("/admin/credentials")).Body!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.LrsCredentials.AnyAsync(c => c.Name == "taken")));
    }

    [Fact]
    public async Task The_command_line_makes_one_and_says_what_is_wrong()
    {
        var centre = await site.AddCentreAsync();
        string[] place = ["--centre", centre.Slug, "--data", site.DataFolder];
        var (code, output, _) = await RunAsync(["credential", "add", "--name", "Adapt", "--scope", "statements/write", "state", .. place]);
        Assert.Equal(0, code);
        var lines = output.Split('\n');
        var (key, secret) = (lines[0]["Key:".Length..].Trim(), lines[1]["Secret:".Length..].Trim());
        Assert.Equal(HttpStatusCode.OK, await TryAsync(key, secret));
        Assert.Equal(LrsScopes.StatementsWrite | LrsScopes.State, await site.ReadAsync(db => db.LrsCredentials.Where(c => c.Key == key && c.CentreId == centre.Id).Select(c => c.Scopes).SingleAsync()));

        foreach (var (arguments, sentence) in new (string[], string)[]
        {
            (["--name", "Adapt", "--scope", "all", .. place], "Revoke it first, or choose another name"),
            (["--name", "Other", "--scope", "everything", .. place], "statements/write, statements/read"),
            (["--name", "Other", "--scope", "all", "--centre", "nowhere", "--data", site.DataFolder], centre.Slug),
            (["--name", "Other", .. place], "--scope"),
        })
        {
            (code, output, var error) = await RunAsync(["credential", "add", .. arguments]);
            Assert.Equal((1, true), (code, (error + output).Contains(sentence, StringComparison.Ordinal)));
        }
        (code, output, _) = await RunAsync(["credential", "add", "--help"]);
        Assert.Equal((0, true), (code, output.Contains("statements/read/mine", StringComparison.Ordinal)));
    }

    private async Task<HttpClient> CallerAsync(Role role, Guid? centre = null)
    {
        var person = await site.AddPersonAsync(role, centre);
        var token = await site.RunAsync(async s => (await s.GetRequiredService<ApiTokens>().CreateAsync(person.Id, "test", 30, Ct)).Token);
        var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(HttpClient caller, string path, object? body = null)
    {
        using var content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var reply = await caller.PostAsync(new Uri(path, UriKind.Relative), content, Ct);
        var text = await reply.Content.ReadAsStringAsync(Ct);
        return (reply.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    private static async Task<JsonElement> ListAsync(HttpClient caller, string query = "") =>
        JsonSerializer.Deserialize<JsonElement>(await caller.GetStringAsync(new Uri($"{Credentials}{query}", UriKind.Relative), Ct));

    private static async Task<List<Guid>> ListAllAsync(HttpClient caller, int limit = 200)
    {
        var ids = new List<Guid>();
        for (string? after = ""; after is not null;)
        {
            var page = await ListAsync(caller, $"?limit={limit}{(after.Length > 0 ? $"&after={after}" : "")}");
            ids.AddRange(page.GetProperty("credentials").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            after = page.GetProperty("next").GetString();
        }
        return ids;
    }

    /// <summary>What the record store says to a key and secret: 403 is a good credential without the scope, and counts as let in.</summary>
    private async Task<HttpStatusCode> TryAsync(string key, string secret)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Authorization = new("Basic", Lrs.Basic(key, secret));
        client.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        using var reply = await client.GetAsync(new Uri("/xapi/statements", UriKind.Relative), Ct);
        return reply.StatusCode == HttpStatusCode.Forbidden ? HttpStatusCode.OK : reply.StatusCode;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var program = Process.Start(site.Database.Tell(new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lms.Web.dll"), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true }))!;
        var output = program.StandardOutput.ReadToEndAsync(Ct);
        var error = await program.StandardError.ReadToEndAsync(Ct);
        await program.WaitForExitAsync(Ct);
        return (program.ExitCode, await output, error);
    }
}
