using System.Net;
using System.Text;
using System.Text.Json;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi;

/// <summary>What each scope opens, and what it leaves shut.</summary>
public sealed class ScopeTests(TestSite site) : IClassFixture<TestSite>
{
    private static readonly string s_agent = Uri.EscapeDataString("""{"mbox":"mailto:ana@example.org"}""");

    private static readonly string[] s_api =
        ["users", "courses", "enrolments", "certificates", "credentials"];

    private static readonly Dictionary<string, (string Method, string Path)[]> s_resources = new()
    {
        ["write"] = [("POST", "/xapi/statements"), ("PUT", "/xapi/statements?statementId={id}")],
        ["read"] =
        [
            ("GET", "/xapi/statements"), ("HEAD", "/xapi/statements"), ("GET", "/xapi/statements/more?from=1"), ("GET", "/xapi/activities?activityId=http://example.org/a"),
            ("GET", $"/xapi/agents?agent={s_agent}"), ("GET", "/api/v1/statements/export"), ("GET", "/api/v1/statements/live"),
        ],
        ["state"] =
        [
            ("PUT", $"/xapi/activities/state?activityId=http://example.org/a&agent={s_agent}&stateId={{id}}"), ("POST", $"/xapi/activities/state?activityId=http://example.org/a&agent={s_agent}&stateId={{id}}"),
            ("GET", $"/xapi/activities/state?activityId=http://example.org/a&agent={s_agent}"), ("DELETE", $"/xapi/activities/state?activityId=http://example.org/{{id}}&agent={s_agent}"),
        ],
        ["profile"] =
        [
            ("POST", "/xapi/activities/profile?activityId=http://example.org/a&profileId={id}"), ("GET", "/xapi/activities/profile?activityId=http://example.org/a"),
            ("POST", $"/xapi/agents/profile?agent={s_agent}&profileId={{id}}"), ("GET", $"/xapi/agents/profile?agent={s_agent}"),
        ],
        ["about"] = [("GET", "/xapi/about")],
        ["api"] = [.. s_api.Select(resource => ("GET", $"/api/v1/{resource}"))],
    };

    /// <summary>Which of the resources a scope opens; <c>about</c> is open anyway.</summary>
    private static readonly Dictionary<string, string[]> s_opens = new()
    {
        ["statements/write"] = ["write"],
        ["statements/read"] = ["read"],
        ["statements/read/mine"] = ["read"],
        ["state"] = ["state"],
        ["profile"] = ["profile"],
        ["define"] = [],
        ["all"] = ["write", "read", "state", "profile", "api"],
    };

    public static TheoryData<string, bool> Scopes()
    {
        var data = new TheoryData<string, bool>();
        foreach (var scope in s_opens.Keys)
            foreach (var ofTheHub in new[] { true, false }) data.Add(scope, ofTheHub);
        return data;
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task A_scope_opens_its_resources_and_no_others(string scope, bool ofTheHub)
    {
        using var system = await Lrs.AddAsync(site, ofTheHub ? null : (await site.AddCentreAsync()).Id, scope);
        List<string> wrong = [];
        foreach (var (resource, requests) in s_resources)
            foreach (var (method, path) in requests)
            {
                var (status, type) = await AskAsync(system, method, path);
                var open = resource == "about" || s_opens[scope].Contains(resource);
                if (open ? status is < HttpStatusCode.OK or >= HttpStatusCode.Ambiguous : status != HttpStatusCode.Forbidden) wrong.Add($"{method} {path}: {(int)status}");
                else if (!open && method != "HEAD" && type != "application/problem+json") wrong.Add($"{method} {path}: {type}");
            }
        Assert.Empty(wrong);
    }

    private static async Task<(HttpStatusCode Status, string? Type)> AskAsync(Lrs system, string method, string path)
    {
        var id = Guid.NewGuid().ToString();
        using var reply = await system.OpenAsync(method, path.Replace("{id}", id, StringComparison.Ordinal), method is "POST" or "PUT" ? Statements.Of("http://example.org/a") : null);
        return (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Who_may_read_only_its_own_sees_nothing_else_by_any_way()
    {
        var activity = Statements.NewActivity();
        using var mine = await Lrs.AddAsync(site, null, "statements/write", "statements/read/mine");
        using var other = await Lrs.AddAsync(site, null, "statements/write");
        var own = await mine.StoreAsync(Statements.Of(activity), Statements.Of(activity), Statements.Of(activity));
        var theirs = await other.StoreAsync(Statements.Of(activity), Statements.Of(activity), Statements.Of(activity));
        var (voided, comment) = ((await other.StoreAsync(Statements.Of(activity)))[0], (await other.StoreAsync(Statements.Referring(own[0])))[0]);
        await other.StoreAsync(Statements.Voiding(voided));

        foreach (var query in new[] { $"activity={activity}", $"activity={activity}&limit=1", $"activity={activity}&limit=2&ascending=true", $"activity={activity}&related_activities=true", $"agent={s_agent}&activity={activity}", "", "limit=2" })
        {
            var found = await mine.FindAllAsync(query);
            Assert.Equal(own.Order(), found.Where(own.Contains).Distinct().Order());
            Assert.DoesNotContain(found, id => theirs.Contains(id) || id == comment || id == voided);
        }
        foreach (var id in theirs.Append(comment)) Assert.Equal(HttpStatusCode.NotFound, await mine.StatusAsync("GET", $"/xapi/statements?statementId={id}"));
        Assert.Equal(HttpStatusCode.NotFound, await mine.StatusAsync("GET", $"/xapi/statements?voidedStatementId={voided}"));
        Assert.Equal(HttpStatusCode.OK, await mine.StatusAsync("GET", $"/xapi/statements?statementId={own[0]}"));
        Assert.Equal(3, (await mine.TextAsync($"/api/v1/statements/export?activity={activity}")).Count(c => c == '\n'));
    }

    [Fact]
    public async Task Without_define_nothing_is_changed_that_is_known()
    {
        var (activity, verb) = (Statements.NewActivity(), $"http://example.org/verbs/{Guid.NewGuid():N}");
        using var definer = await Lrs.AddAsync(site, null, "statements/write", "define", "statements/read");
        using var plain = await Lrs.AddAsync(site, null, "statements/write", "statements/read");
        string Told(string called) => $$$$$"""
            {"actor":{{{{{Statements.Actor}}}}},"verb":{"id":"{{{{{verb}}}}}","display":{"en":"{{{{{called}}}}}"}},"object":{"id":"{{{{{activity}}}}}","definition":{"name":{"en":"{{{{{called}}}}}"}}}}
            """;
        await plain.StoreAsync(Told("before"));
        Assert.False((await plain.JsonAsync($"/xapi/activities?activityId={activity}")).TryGetProperty("definition", out _));

        await definer.StoreAsync(Told("right"));
        await plain.StoreAsync(Told("wrong"));

        Assert.Equal("right", (await plain.JsonAsync($"/xapi/activities?activityId={activity}")).GetProperty("definition").GetProperty("name").GetProperty("en").GetString());
        var canonical = (await plain.JsonAsync($"/xapi/statements?activity={activity}&format=canonical")).GetProperty("statements").EnumerateArray().ToList();
        Assert.All(canonical, s => Assert.Equal(("right", "right"), (In(s, "verb", "display"), In(s, "object", "definition", "name"))));
        // What was said stays said.
        var exact = (await plain.JsonAsync($"/xapi/statements?activity={activity}")).GetProperty("statements").EnumerateArray().Select(s => In(s, "object", "definition", "name"));
        Assert.Equal(["wrong", "right", "before"], exact);
    }

    [Fact]
    public async Task A_system_with_every_scope_calls_the_api_as_the_manager_of_its_centre()
    {
        var (centre, other) = (await site.AddCentreAsync(), await site.AddCentreAsync());
        using var system = await Lrs.AddAsync(site, centre.Id, "all");
        using var hub = await Lrs.AddAsync(site, null, "all");
        var email = $"{Guid.NewGuid():N}@example.org";

        Assert.Equal(HttpStatusCode.Created, await system.StatusAsync("POST", "/api/v1/users", JsonSerializer.Serialize(new { name = "Ana Lima", email })));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await system.StatusAsync("POST", "/api/v1/users", JsonSerializer.Serialize(new { name = "Ana Lima", email = "x" + email, centre = other.Slug })));
        Assert.Equal(HttpStatusCode.Created, await hub.StatusAsync("POST", "/api/v1/users", JsonSerializer.Serialize(new { name = "Ana Lima", email = "y" + email, centre = other.Slug })));
        // It is no person, so it can't be enrolled itself.
        Assert.Equal(HttpStatusCode.NotFound, await system.StatusAsync("POST", "/api/v1/enrolments", """{"course":"hygiene"}"""));
        var person = await site.AddPersonAsync(centre: centre.Id);
        Assert.Equal(HttpStatusCode.OK, await system.StatusAsync("POST", "/api/v1/enrolments", JsonSerializer.Serialize(new { course = "hygiene", person = person.Id })));
        var stranger = await site.AddPersonAsync(centre: other.Id);
        Assert.Equal(HttpStatusCode.NotFound, await system.StatusAsync("POST", "/api/v1/enrolments", JsonSerializer.Serialize(new { course = "hygiene", person = stranger.Id })));
        using var csv = new StringContent($"name,email\nAna,import{email}\n", Encoding.UTF8, "text/csv");
        using var import = await system.Http.PostAsync(new Uri("/api/v1/users/import", UriKind.Relative), csv, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, import.StatusCode);
    }

    private static string? In(JsonElement from, params string[] path)
    {
        foreach (var name in path) from = from.GetProperty(name);
        return from.GetProperty("en").GetString();
    }
}
