using System.Net;
using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Cmi5;

/// <summary>What a unit may say; each rule has its own test in Lms.Standards.Tests.</summary>
[Collection<Cmi5Collection>]
public sealed class SessionTests(Cmi5Site site)
{
    private async Task<AuByHand> BegunAsync(string attributes = "moveOn=\"CompletedAndPassed\" masteryScore=\"0.8\"", string? mode = null) =>
        await (await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit(attributes))), mode: mode)).BeginAsync();

    [Fact] // 9.3.0.0-9
    public async Task Everything_that_is_allowed_is_recorded()
    {
        using var au = await BegunAsync();

        (await au.SendAsync(au.Allowed("experienced"))).Expect(204);
        (await au.Lrs.PostAsync("statements", new JsonArray(au.Allowed("answered"), au.Of("completed")).ToJsonString())).Expect(200);

        Assert.Equal("launched initialized experienced answered completed", await site.VerbsAsync(au.Registration));
    }

    [Fact]
    public async Task What_is_refused_says_why_and_leaves_nothing()
    {
        using var au = await BegunAsync();

        var reply = await au.SayAsync("passed", 0.7);
        Assert.Equal("9.3.4.0-2 (d2)", AuByHand.Breach(reply));
        Assert.Contains("0.8", (string?)reply.Node["findings"]![0]!["message"], StringComparison.Ordinal);
        Assert.Equal("9.3.0.0-2 (d)", AuByHand.Breach(await au.Lrs.PostAsync("statements", new JsonArray(au.Of("completed"), au.Of("completed")).ToJsonString())));
        var invalid = au.Of("terminated");
        invalid["result"] = new JsonObject();
        (await au.SendAsync(invalid)).Expect(403);

        Assert.Equal("launched initialized", await site.VerbsAsync(au.Registration));
        (await au.SayAsync("passed", 0.8)).Expect(204);
    }

    [Fact] // 9.1.0.0-1 (d)
    public async Task A_statement_needs_an_id_of_the_unit()
    {
        using var au = await BegunAsync();
        var statement = au.Allowed("experienced");
        statement.Remove("id");

        Assert.Equal("9.1.0.0-1 (d)", AuByHand.Breach(await au.Lrs.PostAsync("statements", statement.ToJsonString())));
    }

    [Fact]
    public async Task A_statement_sent_again_is_acknowledged_and_means_nothing_new()
    {
        using var au = await BegunAsync("moveOn=\"Completed\"");
        var completed = au.Of("completed");

        (await au.SendAsync(completed)).Expect(204);
        (await au.SendAsync(completed)).Expect(204);
        completed["timestamp"] = "2020-01-01T00:00:00Z";
        (await au.SendAsync(completed)).Expect(409);

        Assert.Equal("launched initialized completed satisfied", await site.VerbsAsync(au.Registration));
    }

    [Fact]
    public async Task Of_many_that_say_the_same_at_once_one_is_taken()
    {
        using var au = await BegunAsync("moveOn=\"Completed\"");

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => au.SayAsync("completed")));

        Assert.Single(replies, r => r.Status == 204);
        Assert.Equal(7, replies.Count(r => r.Status == 403));
        Assert.Equal("launched initialized completed satisfied", await site.VerbsAsync(au.Registration));
    }

    [Theory] // 10.2.2.0-1 (d), 10.2.2.0-5 (d)
    [InlineData("browse", "Browse", "10.2.2.0-2 (d)")]
    [InlineData("review", "Review", "10.2.2.0-3 (d)")]
    public async Task Looking_around_is_not_judged(string mode, string said, string requirement)
    {
        using var au = await BegunAsync(mode: mode);

        Assert.Equal(said, (string?)au.Data["launchMode"]);
        Assert.Equal(requirement, AuByHand.Breach(await au.SayAsync("completed")));
        (await au.SayAsync("terminated")).Expect(204);
    }

    [Fact] // 9.3.0.0-6 (d2), 9.3.0.0-7 (d2), 9.3.0.0-8 (d)
    public async Task A_registration_remembers_over_sessions()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit("moveOn=\"CompletedAndPassed\"")));
        using var first = await (await site.LaunchAsync(package)).BeginAsync();
        (await first.SayAsync("completed")).Expect(204);
        (await first.SayAsync("passed")).Expect(204);
        (await first.SayAsync("terminated")).Expect(204);

        using var second = await (await site.LaunchAsync(package, registration: first.Registration)).BeginAsync();

        Assert.Equal("9.3.0.0-6 (d2)", AuByHand.Breach(await second.SayAsync("completed")));
        Assert.Equal("9.3.0.0-7 (d2)", AuByHand.Breach(await second.SayAsync("passed")));
        Assert.Equal("9.3.0.0-8 (d)", AuByHand.Breach(await second.SayAsync("failed")));
    }

    [Fact] // 9.3.6.0-1, 9.3.6.0-2, 9.3.6.0-2 (d1), 9.3.6.0-2 (d2), 9.3.0.0-10, 9.3.0.0-10 (d), 9.5.4.2-1
    public async Task A_new_launch_abandons_the_session_before()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit() + CourseXml.Unit()));
        using var first = await (await site.LaunchAsync(package)).BeginAsync();

        using var second = await (await site.LaunchAsync(package, 1, first.Registration)).BeginAsync();

        Assert.Equal("9.3.6.0-2 (d2)", AuByHand.Breach(await first.SendAsync(first.Allowed("experienced"))));
        Assert.Equal("launched initialized abandoned launched initialized", await site.VerbsAsync(first.Registration));
        var abandoned = (await site.StatementsAsync(first.Registration))[2];
        Assert.Equal((first.ActivityId, first.Session), ((string)abandoned["object"]!["id"]!, (string)abandoned["context"]!["extensions"]![AuByHand.SessionExtension]!));
        Assert.NotNull(abandoned["result"]!["duration"]);
    }

    [Fact]
    public async Task A_session_is_abandoned_by_the_API_once()
    {
        using var au = await BegunAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await site.PostAsync($"registrations/{au.Registration}/abandon", new { session = au.Session })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.PostAsync($"registrations/{au.Registration}/abandon", new { session = au.Session })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.PostAsync($"registrations/{au.Registration}/abandon", new { session = Guid.NewGuid() })).Status);

        Assert.Equal("9.3.6.0-2 (d2)", AuByHand.Breach(await au.SayAsync("completed")));
        Assert.Equal("launched initialized abandoned", await site.VerbsAsync(au.Registration));
        Assert.Equal("1", (string?)(await au.PostFetchAsync()).Body["error-code"]);
    }

    [Fact] // 6.3.0.0-1
    public async Task A_unit_can_not_void()
    {
        using var au = await BegunAsync();
        var statement = au.Allowed("experienced");
        (await au.SendAsync(statement)).Expect(204);
        var voiding = au.Allowed("voided");
        voiding["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = (string)statement["id"]! };

        Assert.Equal("6.3.0.0-1", AuByHand.Breach(await au.SendAsync(voiding)));
    }

    [Fact] // 11.0.0.0-3 (d1), 11.0.0.0-3 (d2)
    public async Task Initialized_waits_for_the_learners_preferences()
    {
        using var au = await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit())));
        await au.BeginAsync();
        using var later = await (await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit())))).FetchTokenAsync();
        var statement = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(), ["timestamp"] = "2026-03-01T09:00:00Z", ["actor"] = JsonNode.Parse(later.Actor),
            ["verb"] = new JsonObject { ["id"] = "http://adlnet.gov/expapi/verbs/initialized" }, ["object"] = new JsonObject { ["id"] = later.ActivityId },
            ["context"] = (await later.Lrs.GetAsync(later.State("LMS.LaunchData"))).Expect(200).Node["contextTemplate"]!.DeepClone(),
        };
        statement["context"]!["contextActivities"]!["category"] = new JsonArray(new JsonObject { ["id"] = "https://w3id.org/xapi/cmi5/context/categories/cmi5" });

        Assert.Equal("11.0.0.0-3 (d2)", AuByHand.Breach(await later.SendAsync(statement)));
        await later.ReadPreferencesAsync();
        (await later.SendAsync(statement)).Expect(204);
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        using var au = await BegunAsync();
        await site.Site.ReadAsync(db => db.UnitSessions.Where(s => s.RegistrationId == au.Registration).ExecuteUpdateAsync(set => set.SetProperty(s => s.LaunchedAt, DateTime.UtcNow.AddDays(-8))));

        Assert.Equal("8.1.2.0-2 (d)", AuByHand.Breach(await au.SayAsync("completed")));
    }
}
