using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Cmi5;

/// <summary>Which documents a unit may touch.</summary>
[Collection<Cmi5Collection>]
public sealed class DocumentTests(Cmi5Site site)
{
    private const string Somebody = """{"account":{"homePage":"https://hr.example.org","name":"8"}}""";

    private async Task<AuByHand> BegunAsync() => await (await site.LaunchAsync(await site.ImportAsync(CourseXml.Course(CourseXml.Unit())))).BeginAsync();

    [Fact] // 10.2.1.0-5 (d)
    public async Task Launch_data_can_only_be_read()
    {
        using var au = await BegunAsync();
        var all = Lrs.At("activities/state", ("activityId", au.ActivityId), ("agent", au.Actor), ("registration", au.Registration.ToString()));

        Assert.Equal("10.2.1.0-5 (d)", AuByHand.Breach(await au.Lrs.PutAsync(au.State("LMS.LaunchData"), "{}")));
        Assert.Equal("10.2.1.0-5 (d)", AuByHand.Breach(await au.Lrs.PostAsync(au.State("LMS.LaunchData"), "{}")));
        Assert.Equal("10.2.1.0-5 (d)", AuByHand.Breach(await au.Lrs.DeleteAsync(au.State("LMS.LaunchData"))));
        Assert.Equal("10.2.1.0-5 (d)", AuByHand.Breach(await au.Lrs.DeleteAsync(all)));
        (await au.Lrs.GetAsync(au.State("LMS.LaunchData"))).Expect(200);
    }

    [Fact]
    public async Task A_unit_keeps_states_of_its_own_over_sessions()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit()));
        using var first = await (await site.LaunchAsync(package)).BeginAsync();
        (await first.Lrs.PutAsync(first.State("bookmark"), """{"page":3}""")).Expect(204);

        using var second = await (await site.LaunchAsync(package, registration: first.Registration)).BeginAsync();

        Assert.Equal(3, (int)(await second.Lrs.GetAsync(second.State("bookmark"))).Expect(200).Node["page"]!);
    }

    [Fact] // 8.1.3.0-3 (d), 8.1.4.0-3 (d)
    public async Task States_of_others_are_closed()
    {
        using var au = await BegunAsync();

        Assert.Equal("8.1.3.0-3 (d)", AuByHand.Breach(await au.Lrs.GetAsync(au.State("bookmark", agent: Somebody))));
        Assert.Equal("8.1.4.0-3 (d)", AuByHand.Breach(await au.Lrs.GetAsync(au.State("bookmark", registration: Guid.NewGuid()))));
        Assert.Equal("8.1.4.0-3 (d)", AuByHand.Breach(await au.Lrs.GetAsync(Lrs.At("activities/state", ("activityId", au.ActivityId), ("agent", au.Actor), ("stateId", "bookmark")))));
        Assert.Equal("10.1.0.0-3", AuByHand.Breach(await au.Lrs.GetAsync(au.State("bookmark", activity: "https://example.org/another"))));
        Assert.Equal("10.1.0.0-3", AuByHand.Breach(await au.Lrs.GetAsync(Lrs.At("activities/profile", ("activityId", "https://example.org/another"), ("profileId", "p")))));
        Assert.Equal("8.1.3.0-3 (d)", AuByHand.Breach(await au.Lrs.GetAsync(Lrs.At("agents", ("agent", Somebody)))));
        (await au.Lrs.GetAsync(Lrs.At("agents", ("agent", au.Actor)))).Expect(200);
    }

    [Fact] // 6.0.0.0-5, 11.0.0.0-1 (d), 11.0.0.0-4, 11.0.0.0-5 (d), 11.1.0.0-1 (d)
    public async Task Preferences_are_the_learners_and_have_a_form()
    {
        using var au = await BegunAsync();
        const string good = """{"languagePreference":"fr-FR,en","audioPreference":"off"}""";

        (await au.Lrs.PutAsync(Lrs.At("agents/profile", ("profileId", "cmi5LearnerPreferences")), good)).Expect(400);
        Assert.Equal("11.0.0.0-1 (d)", AuByHand.Breach(await au.Lrs.PutAsync(Lrs.At("agents/profile", ("agent", Somebody), ("profileId", "cmi5LearnerPreferences")), good)));
        Assert.Equal("11.0.0.0-4", AuByHand.Breach(await au.Lrs.GetAsync(Lrs.At("agents/profile", ("agent", au.Actor), ("profileId", "other")))));
        Assert.Equal("11.0.0.0-5 (d)", AuByHand.Breach(await au.Lrs.PutAsync(au.Preferences, """{"languagePreference":"fr"}""")));
        Assert.Equal("11.0.0.0-5 (d)", AuByHand.Breach(await au.Lrs.SendAsync(HttpMethod.Put, au.Preferences, Lrs.Bytes("some text"u8.ToArray(), "text/plain"))));
        Assert.Equal("11.1.0.0-1 (d)", AuByHand.Breach(await au.Lrs.PutAsync(au.Preferences, """{"languagePreference":"not a list","audioPreference":"on"}""")));
        var etag = (await au.ReadPreferencesAsync()).ETag;
        (await au.Lrs.PutAsync(au.Preferences, good, etag is null ? ("If-None-Match", "*") : ("If-Match", etag))).Expect(204);
        Assert.Equal("off", (string?)(await au.ReadPreferencesAsync()).Expect(200).Node["audioPreference"]);
    }

    [Fact] // 4.2.0.0-2: an account of the system reads all; a unit only its own registration
    public async Task A_unit_reads_the_statements_of_its_registration_alone()
    {
        var package = await site.ImportAsync(CourseXml.Course(CourseXml.Unit()));
        using var one = await (await site.LaunchAsync(package)).BeginAsync();
        using var other = await (await site.LaunchAsync(package, learner: "9")).BeginAsync();
        var secret = other.Allowed("experienced");
        (await other.SendAsync(secret)).Expect(204);

        var seen = (await one.Lrs.GetAsync("statements?limit=100")).Expect(200).Node["statements"]!.AsArray();

        Assert.Equal(2, seen.Count);
        Assert.All(seen, s => Assert.Equal(one.Registration.ToString(), (string?)s!["context"]!["registration"]));
        (await one.Lrs.GetAsync($"statements?statementId={secret["id"]}")).Expect(404);
        (await one.Lrs.GetAsync(Lrs.At("statements", ("activity", one.ActivityId), ("related_activities", "true")))).Expect(200);
        Assert.Equal(2, (await one.Lrs.GetAsync(Lrs.At("statements", ("activity", one.ActivityId)))).Expect(200).Node["statements"]!.AsArray().Count);
        (await site.Lrs.GetAsync($"statements?statementId={secret["id"]}")).Expect(200);
    }
}
