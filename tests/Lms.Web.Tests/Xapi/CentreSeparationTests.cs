using System.Net;
using System.Text.Json;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi;

/// <summary>A centre's credential reaches nothing of another centre, by no resource and no filter; the hub's sees all.</summary>
public sealed class CentreSeparationTests(TestSite site) : IClassFixture<TestSite>
{
    private static readonly string s_agent = Uri.EscapeDataString(Statements.Actor);

    [Fact]
    public async Task No_query_finds_a_statement_of_another_centre()
    {
        using var ours = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        using var theirs = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        using var hub = await Lrs.AddAsync(site, null, "all");
        var (activity, verb, registration) = (Statements.NewActivity(), $"http://example.org/verbs/{Guid.NewGuid():N}", Guid.NewGuid());
        var more = $$$""","context":{"registration":"{{{registration}}}","contextActivities":{"parent":[{"id":"{{{activity}}}/parent"}]},"instructor":{{{Statements.Actor}}}}""";
        var own = await ours.StoreAsync(Enumerable.Repeat(Statements.Of(activity, verb, more: more), 5));
        var foreign = await theirs.StoreAsync(Enumerable.Repeat(Statements.Of(activity, verb, more: more), 5));

        string[] queries =
        [
            "", "limit=1", "limit=1&ascending=true", $"verb={verb}", $"activity={activity}", $"activity={activity}/parent&related_activities=true", $"agent={s_agent}&verb={verb}",
            $"agent={s_agent}&related_agents=true&verb={verb}", $"registration={registration}", $"registration={registration}&limit=2", $"verb={verb}&limit=2&ascending=true&since=2020-01-01T00:00:00Z",
            $"verb={verb}&until=2999-01-01T00:00:00Z", $"activity={activity}&format=ids", $"activity={activity}&format=canonical", $"verb={verb}&activity={activity}&registration={registration}&agent={s_agent}",
        ];
        foreach (var query in queries)
        {
            var found = await ours.FindAllAsync(query);
            Assert.Equal(own.Order(), found.Where(own.Contains).Order());
            Assert.DoesNotContain(found, foreign.Contains);
        }
        Assert.Equal(own.Concat(foreign).Order(), (await hub.FindAllAsync($"activity={activity}&limit=3")).Order());
        // The address of a further page is no way around, though another centre's answer gave it.
        var page = (await theirs.JsonAsync($"/xapi/statements?activity={activity}&limit=1")).GetProperty("more").GetString()!;
        Assert.DoesNotContain((await ours.JsonAsync(page)).GetProperty("statements").EnumerateArray(), s => foreign.Contains(s.GetProperty("id").GetGuid()));
        foreach (var id in foreign) Assert.Equal(HttpStatusCode.NotFound, await ours.StatusAsync("GET", $"/xapi/statements?statementId={id}"));
    }

    [Fact]
    public async Task A_statement_of_another_centre_is_not_voided_nor_found_through_a_reference()
    {
        using var ours = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        using var theirs = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        using var hub = await Lrs.AddAsync(site, null, "all");
        var (activity, later) = (Statements.NewActivity(), Guid.NewGuid());
        var foreign = (await theirs.StoreAsync(Statements.Of(activity)))[0];

        await ours.StoreAsync(Statements.Voiding(foreign), Statements.Voiding(later));
        await ours.StoreAsync(Statements.Referring(foreign), Statements.Referring(later));
        await theirs.StoreAsync($$"""{"id":"{{later}}",{{Statements.Of(activity)[1..]}}""");

        foreach (var id in new[] { foreign, later })
        {
            Assert.Equal(HttpStatusCode.OK, await theirs.StatusAsync("GET", $"/xapi/statements?statementId={id}"));
            Assert.Equal(HttpStatusCode.NotFound, await ours.StatusAsync("GET", $"/xapi/statements?statementId={id}"));
            Assert.Equal(HttpStatusCode.NotFound, await ours.StatusAsync("GET", $"/xapi/statements?voidedStatementId={id}"));
        }
        // What a foreign statement is about must not show in what finds ours.
        Assert.Empty(await ours.FindAllAsync($"activity={activity}"));
        Assert.Equal(new[] { foreign, later }.Order(), (await theirs.FindAllAsync($"activity={activity}")).Order());

        var voided = (await theirs.StoreAsync(Statements.Of(activity)))[0];
        await hub.StoreAsync(Statements.Voiding(voided));
        Assert.Equal(HttpStatusCode.OK, await theirs.StatusAsync("GET", $"/xapi/statements?voidedStatementId={voided}"));
        Assert.Equal(HttpStatusCode.NotFound, await ours.StatusAsync("GET", $"/xapi/statements?voidedStatementId={voided}"));
    }

    [Fact]
    public async Task An_id_of_another_centre_is_taken_but_tells_nothing()
    {
        using var ours = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        using var theirs = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var id = Guid.NewGuid();
        var statement = $$"""{"id":"{{id}}",{{Statements.Of("http://example.org/secret")[1..]}}""";
        await theirs.StoreAsync(statement);

        using var reply = await ours.OpenAsync("POST", "/xapi/statements", statement);
        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
        Assert.DoesNotContain("secret", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("activities/state", "activityId=http://example.org/a&agent={agent}", "stateId")]
    [InlineData("activities/state", "activityId=http://example.org/a&agent={agent}&registration=0190b3a4-0000-7000-8000-000000000001", "stateId")]
    [InlineData("activities/profile", "activityId=http://example.org/a", "profileId")]
    [InlineData("agents/profile", "agent={agent}", "profileId")]
    public async Task A_document_of_another_centre_is_not_there(string resource, string scope, string name)
    {
        using var ours = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        using var theirs = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var list = $"/xapi/{resource}?{scope.Replace("{agent}", s_agent, StringComparison.Ordinal)}";
        var one = $"{list}&{name}=bookmark";
        Assert.Equal(HttpStatusCode.NoContent, await theirs.StatusAsync("POST", one, """{"page":3}"""));

        Assert.Equal(HttpStatusCode.NotFound, await ours.StatusAsync("GET", one));
        Assert.Equal(0, (await ours.JsonAsync(list)).GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, await ours.StatusAsync("DELETE", one));
        Assert.Equal(HttpStatusCode.NoContent, await ours.StatusAsync("POST", one, """{"page":9}"""));
        if (resource == "activities/state") Assert.Equal(HttpStatusCode.NoContent, await ours.StatusAsync("DELETE", list));

        Assert.Equal(3, (await theirs.JsonAsync(one)).GetProperty("page").GetInt32());
        Assert.Equal("bookmark", Assert.Single((await theirs.JsonAsync(list)).EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Neither_an_export_nor_the_live_view_shows_another_centre()
    {
        var (centre, other) = (await site.AddCentreAsync(), await site.AddCentreAsync());
        using var ours = await Lrs.AddAsync(site, centre.Id, "all");
        using var theirs = await Lrs.AddAsync(site, other.Id, "all");
        using var hub = await Lrs.AddAsync(site, null, "all");
        var activity = Statements.NewActivity();
        await theirs.StoreAsync(Statements.Of(activity));
        var own = (await ours.StoreAsync(Statements.Of(activity)))[0];

        foreach (var filter in new[] { "", $"?activity={activity}", $"?centre={centre.Slug}" })
            Assert.Equal([own], (await ours.TextAsync($"/api/v1/statements/export{filter}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l).GetProperty("id").GetGuid()));
        Assert.Equal(HttpStatusCode.BadRequest, await ours.StatusAsync("GET", $"/api/v1/statements/export?centre={other.Slug}"));
        Assert.Equal(HttpStatusCode.BadRequest, await ours.StatusAsync("GET", $"/api/v1/statements/live?centre={other.Slug}"));
        Assert.Equal(2, (await hub.TextAsync($"/api/v1/statements/export?activity={activity}")).Count(c => c == '\n'));
        Assert.Equal(1, (await hub.TextAsync($"/api/v1/statements/export?activity={activity}&centre={other.Slug}")).Count(c => c == '\n'));

        using var live = await LiveTests.ListenAsync(ours, "?since=2020-01-01T00:00:00Z");
        Assert.Equal(own, (await live.NextAsync()).Statement.GetProperty("id").GetGuid());
        await theirs.StoreAsync(Statements.Of(activity));
        var next = (await ours.StoreAsync(Statements.Of(activity)))[0];
        Assert.Equal(next, (await live.NextAsync()).Statement.GetProperty("id").GetGuid());
    }
}
