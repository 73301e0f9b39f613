using System.Text;
using System.Text.Json;
using Lms.Standards.Cmi5;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Cmi5;

public sealed class LaunchTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory] // 8.1.0.0-4, 8.1.0.0-5, 8.1.0.0-8, 8.1.1.0-1, 8.1.2.0-1, 8.1.3.0-1, 8.1.4.0-1, 8.1.5.0-2, 13.1.4.0-3
    [InlineData("https://c.example.org/a.html", "https://c.example.org/a.html?", "")]
    [InlineData("https://c.example.org/a.html?x=1&y=2", "https://c.example.org/a.html?x=1&y=2&", "")]
    [InlineData("https://c.example.org/a.html?x=1&#/part", "https://c.example.org/a.html?x=1&", "#/part")]
    public void Launch_parameters_join_the_query_of_the_unit(string url, string start, string end)
    {
        var registration = Guid.NewGuid();
        var launch = new LaunchParameters("https://lms.example.org/xapi", "https://lms.example.org/cmi5/fetch/a?b=c&d", """{"account":{"name":"1 & 2"}}""", registration, "https://lms.example.org/a#b");

        var launched = LaunchUrl.Of(url, launch);

        Assert.StartsWith(start + "endpoint=https%3A%2F%2Flms.example.org%2Fxapi&fetch=https%3A%2F%2Flms.example.org%2Fcmi5%2Ffetch%2Fa%3Fb%3Dc%26d&actor=%7B%22account", launched, StringComparison.Ordinal);
        Assert.EndsWith($"&registration={registration}&activityId=https%3A%2F%2Flms.example.org%2Fa%23b{end}", launched, StringComparison.Ordinal);
    }

    [Fact] // 8.1.5.0-1, 8.1.5.0-3, 8.1.5.0-4, 9.3.9.0-3, 9.3.9.0-4, 9.3.9.0-7, 9.3.9.0-8
    public void The_LMS_has_ids_of_its_own_that_stay()
    {
        var ids = new LmsIds("https://lms.example.org/packages/7");

        Assert.Equal(ids.Unit("https://example.org/1"), new LmsIds("https://lms.example.org/packages/7").Unit("https://example.org/1"));
        Assert.Equal(6, new[]
        {
            ids.Unit("https://example.org/1"), ids.Unit("https://example.org/2"), ids.Block("https://example.org/1"), ids.Course,
            new LmsIds("https://lms.example.org/packages/8").Unit("https://example.org/1"), "https://example.org/1",
        }.Distinct().Count());
        Assert.True(XapiFormats.IsIri(ids.Unit("no iri at all")));
    }

    [Fact] // 6.2.0.0-1, 9.6.2.3-1, 9.6.3.1-1, 9.6.3.1-2, 10.1.0.0-2, 10.2.1.0-1, 10.2.1.0-2, 10.2.1.0-3, 10.2.2.0-4, 10.2.3.0-1, 10.2.4.0-1, 10.2.5.0-1, 10.2.7.0-1, 10.2.7.1-1, 10.2.7.2-1
    public void Launch_data_tell_the_unit_all_that_the_LMS_decided()
    {
        var unit = Courses.Read(Courses.Course(Courses.Unit(attributes: "moveOn=\"Passed\" masteryScore=\"0.75\"", more: "<launchParameters>a=1</launchParameters><entitlementKey>xyz</entitlementKey>"))).Course!.Units[0];
        var session = Session() with { MasteryScore = unit.MasteryScore, Mode = LaunchMode.Browse };

        using var document = JsonDocument.Parse(LaunchData.ToUtf8(session, unit, "https://lms.example.org/back?a=1&b=2", "abc"));

        var data = document.RootElement;
        Assert.Equal(session.Id, data.GetProperty("contextTemplate").GetProperty("extensions").GetProperty(ContextExtensions.SessionId).GetString());
        Assert.Equal(unit.Id, data.GetProperty("contextTemplate").GetProperty("contextActivities").GetProperty("grouping")[0].GetProperty("id").GetString());
        Assert.Equal("Browse", data.GetProperty("launchMode").GetString());
        Assert.Equal("a=1", data.GetProperty("launchParameters").GetString());
        Assert.Equal(0.75m, data.GetProperty("masteryScore").GetDecimal());
        Assert.Equal("Passed", data.GetProperty("moveOn").GetString());
        Assert.Equal("https://lms.example.org/back?a=1&b=2", data.GetProperty("returnURL").GetString());
        Assert.Equal("""{"courseStructure":"xyz","alternate":"abc"}""", data.GetProperty("entitlementKey").GetRawText());
    }

    [Fact]
    public void Launch_data_leave_out_what_there_is_not()
    {
        var unit = Courses.Read(Courses.Course(Courses.Unit())).Course!.Units[0];

        using var document = JsonDocument.Parse(LaunchData.ToUtf8(Session(), unit, null));

        Assert.Equal(["contextTemplate", "launchMode", "moveOn"], document.RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Fact] // 9.3.1.0-1, 9.6.2.3-2, 9.6.3.1-3, 9.6.3.2-1, 9.6.3.3-1, 9.6.3.4-1, 9.6.3.6-1, 9.6.3.7-1, 9.7.0.0-1, 9.7.0.0-2
    public void Launched_says_how()
    {
        var course = Courses.Read(Courses.Course(Courses.Unit(attributes: "moveOn=\"Passed\" masteryScore=\"0.75\"", more: "<launchParameters>a=1</launchParameters>"))).Course!;

        var json = Json(Statements(course).Launched(Session() with { MasteryScore = 0.75m }, 0, "https://c.example.org/a.html?x=1", s_now));

        Assert.Equal("http://adlnet.gov/expapi/verbs/launched", json.GetProperty("verb").GetProperty("id").GetString());
        var extensions = json.GetProperty("context").GetProperty("extensions");
        Assert.Equal("s-1", extensions.GetProperty(ContextExtensions.SessionId).GetString());
        Assert.Equal("Normal", extensions.GetProperty(ContextExtensions.LaunchMode).GetString());
        Assert.Equal("https://c.example.org/a.html?x=1", extensions.GetProperty(ContextExtensions.LaunchUrl).GetString());
        Assert.Equal("Passed", extensions.GetProperty(ContextExtensions.MoveOn).GetString());
        Assert.Equal(0.75m, extensions.GetProperty(ContextExtensions.MasteryScore).GetDecimal());
        Assert.Equal("a=1", extensions.GetProperty(ContextExtensions.LaunchParameters).GetString());
        AssertMarked(json, course.Units[0].Id, moveOn: false);
    }

    [Fact] // 9.3.6.0-1, 9.5.4.2-1, 9.5.4.2-2
    public void Abandoned_says_how_long_it_took()
    {
        var course = Courses.Read(Courses.Course(Courses.Unit())).Course!;

        var json = Json(Statements(course).Abandoned("s-1", 0, TimeSpan.Zero, s_now));

        Assert.Equal("https://w3id.org/xapi/adl/verbs/abandoned", json.GetProperty("verb").GetProperty("id").GetString());
        Assert.Equal("PT0S", json.GetProperty("result").GetProperty("duration").GetString());
        AssertMarked(json, course.Units[0].Id, moveOn: false);
    }

    [Fact] // 9.3.7.0-1, 9.3.7.0-2 (d), 9.5.2.0-1 (d2), 9.5.3.0-1 (d2), 9.5.5.2-1, 9.6.2.2-1 (d4)
    public void Waived_says_why()
    {
        var course = Courses.Read(Courses.Course(Courses.Unit())).Course!;

        var json = Json(Statements(course).Waived("s-2", 0, "Tested Out", s_now));

        var result = json.GetProperty("result");
        Assert.True(result.GetProperty("success").GetBoolean());
        Assert.True(result.GetProperty("completion").GetBoolean());
        Assert.Equal("Tested Out", result.GetProperty("extensions").GetProperty(ResultExtensions.Reason).GetString());
        AssertMarked(json, course.Units[0].Id, moveOn: true);
    }

    [Fact] // 9.3.9.0-2, 9.3.9.0-6, 9.3.9.0-9
    public void Satisfied_is_about_a_block_or_the_course()
    {
        var course = Courses.Read(Courses.Course(Courses.Block("https://example.org/b/1", Courses.Unit()))).Course!;

        var block = Json(Statements(course).BlockSatisfied("s-1", 0, s_now));
        var whole = Json(Statements(course).CourseSatisfied("s-1", s_now));

        Assert.Equal("https://w3id.org/xapi/cmi5/activitytype/block", block.GetProperty("object").GetProperty("definition").GetProperty("type").GetString());
        Assert.Equal("https://w3id.org/xapi/cmi5/activitytype/course", whole.GetProperty("object").GetProperty("definition").GetProperty("type").GetString());
        AssertMarked(block, "https://example.org/b/1", moveOn: false);
        AssertMarked(whole, course.Id, moveOn: false);
    }

    [Theory] // 11.0.0.0-5 (d), 11.1.0.0-1 (d)
    [InlineData("""{"languagePreference":"en-US,fr-FR, fr-BE","audioPreference":"on"}""", "application/json; charset=utf-8", null)]
    [InlineData("""{"languagePreference":"en","audioPreference":""}""", "application/json", null)]
    [InlineData("""{"languagePreference":"en","audioPreference":"on"}""", "text/plain", "11.0.0.0-5 (d)")]
    [InlineData("""{"languagePreference":"en","audioPreference":"on"}""", null, "11.0.0.0-5 (d)")]
    [InlineData("""{"languagePreference":"en","audioPreference":"loud"}""", "application/json", "11.0.0.0-5 (d)")]
    [InlineData("""{"languagePreference":"en"}""", "application/json", "11.0.0.0-5 (d)")]
    [InlineData("""{"audioPreference":"on"}""", "application/json", "11.0.0.0-5 (d)")]
    [InlineData("""{"languagePreference":1,"audioPreference":"on"}""", "application/json", "11.0.0.0-5 (d)")]
    [InlineData("[]", "application/json", "11.0.0.0-5 (d)")]
    [InlineData("just some text", "application/json", "11.0.0.0-5 (d)")]
    [InlineData("""{"languagePreference":"","audioPreference":"on"}""", "application/json", "11.1.0.0-1 (d)")]
    [InlineData("""{"languagePreference":"not comma separated","audioPreference":"on"}""", "application/json", "11.1.0.0-1 (d)")]
    public void Learner_preferences_have_a_form(string body, string? contentType, string? requirement) =>
        Assert.Equal(requirement, LearnerPreferences.Breach(Encoding.UTF8.GetBytes(body), contentType)?.Requirement);

    private static AuSession Session() => new()
    {
        Id = "s-1",
        Registration = Guid.Parse("760e3480-ba55-4991-94b0-01820dbd23a2"),
        ActivityId = "https://lms.example.org/au/1",
        PublisherId = "https://example.org/au/1",
        Actor = "account|https://lms.example.org|7",
    };

    private static LmsStatements Statements(CourseStructure course) =>
        new(new LmsIds("https://lms.example.org/packages/7"), course, Agent.Account("https://lms.example.org", "7"), Session().Registration);

    private static JsonElement Json(Statement statement)
    {
        var bytes = StatementWriter.ToUtf8(statement);
        Assert.Empty(StatementValidator.Validate(bytes, XapiVersion.V1));
        Assert.Empty(StatementValidator.Validate(bytes, XapiVersion.V2));
        return JsonDocument.Parse(bytes).RootElement;
    }

    private static void AssertMarked(JsonElement statement, string publisherId, bool moveOn)
    {
        var activities = statement.GetProperty("context").GetProperty("contextActivities");
        var categories = activities.GetProperty("category").EnumerateArray().Select(c => c.GetProperty("id").GetString()).ToList();
        Assert.Contains(Categories.Cmi5, categories);
        Assert.Equal(moveOn, categories.Contains(Categories.MoveOn));
        Assert.Equal(publisherId, Assert.Single(activities.GetProperty("grouping").EnumerateArray()).GetProperty("id").GetString());
        Assert.NotEqual(publisherId, statement.GetProperty("object").GetProperty("id").GetString());
        Assert.Equal("760e3480-ba55-4991-94b0-01820dbd23a2", statement.GetProperty("context").GetProperty("registration").GetString());
        Assert.EndsWith("Z", statement.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
    }
}
