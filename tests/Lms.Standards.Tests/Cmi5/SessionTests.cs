using System.Text.Json;
using System.Text.Json.Nodes;
using Lms.Standards.Cmi5;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Cmi5;

public sealed class SessionTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid s_registration = Guid.Parse("760e3480-ba55-4991-94b0-01820dbd23a2");

    private static AuSession New(LaunchMode mode = LaunchMode.Normal, decimal? mastery = 0.9m) => new()
    {
        Id = "s-1",
        Registration = s_registration,
        ActivityId = "https://lms.example.org/au/1",
        PublisherId = "https://example.org/au/1",
        Actor = "account|https://lms.example.org|7",
        Mode = mode,
        MasteryScore = mastery,
        PreferencesRead = true,
    };

    private static AuSession Started(LaunchMode mode = LaunchMode.Normal, decimal? mastery = 0.9m) => Say(New(mode, mastery), Of("initialized"));

    private static JsonObject Of(string verb, int second = 0, bool defined = true, double? scaled = null)
    {
        var category = new JsonArray();
        if (defined) category.Add(new JsonObject { ["id"] = Categories.Cmi5 });
        if (defined && verb is "completed" or "passed" or "failed") category.Add(new JsonObject { ["id"] = Categories.MoveOn });
        var statement = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["actor"] = new JsonObject { ["objectType"] = "Agent", ["account"] = new JsonObject { ["homePage"] = "https://lms.example.org", ["name"] = "7" } },
            ["verb"] = new JsonObject { ["id"] = "http://adlnet.gov/expapi/verbs/" + verb },
            ["object"] = new JsonObject { ["id"] = "https://lms.example.org/au/1" },
            ["context"] = new JsonObject
            {
                ["registration"] = s_registration.ToString(),
                ["contextActivities"] = new JsonObject { ["grouping"] = new JsonArray(new JsonObject { ["id"] = "https://example.org/au/1" }), ["category"] = category },
                ["extensions"] = new JsonObject { [ContextExtensions.SessionId] = "s-1" },
            },
            ["timestamp"] = XapiTimestamp.Format(s_start.AddSeconds(second)),
        };
        if (!defined || verb == "initialized") return statement;
        var result = new JsonObject { ["duration"] = "PT1S" };
        if (verb is "passed" or "failed") result["success"] = verb == "passed";
        if (verb == "completed") result["completion"] = true;
        if (scaled is { } score)
        {
            result["score"] = new JsonObject { ["scaled"] = score, ["raw"] = score * 100, ["min"] = -100, ["max"] = 100 };
            statement["context"]!["extensions"]![ContextExtensions.MasteryScore] = 0.9;
        }
        statement["result"] = result;
        return statement;
    }

    private static JsonElement Element(JsonObject statement)
    {
        var element = JsonSerializer.SerializeToElement(statement);
        Assert.Empty(StatementValidator.Validate(element, XapiVersion.V1));
        return element;
    }

    private static AuSession Say(AuSession session, params JsonObject[] statements)
    {
        var admission = session.Admit(statements.Select(Element));
        Assert.Null(admission.Breach);
        return admission.After;
    }

    private static void Refused(string requirement, AuSession session, params JsonObject[] statements)
    {
        var admission = session.Admit(statements.Select(Element));
        Assert.Equal(requirement, admission.Breach?.Requirement);
        Assert.NotEmpty(admission.Breach!.Reason);
        Assert.Same(session, admission.After);
    }

    [Fact]
    public void A_session_from_initialized_to_terminated_is_admitted()
    {
        var session = Say(Started(), Of("experienced", 1, defined: false));
        session = Say(session, Of("completed", 2));
        session = Say(session, Of("passed", 3, scaled: 0.9));
        session = Say(session, Of("terminated", 4));

        Assert.Equal(AuVerbs.Initialized | AuVerbs.Completed | AuVerbs.Passed | AuVerbs.Terminated, session.Said);
        Assert.Equal(new Score(0.9m, 90m, -100m, 100m), session.Score);
        Assert.True(session.Ended);
    }

    [Fact]
    public void A_batch_is_judged_in_the_order_of_its_timestamps_and_as_one()
    {
        Assert.True(Say(New(), Of("terminated", 9), Of("passed", 5), Of("initialized", 1)).Ended);
        Refused("9.3.0.0-4 (d2)", New(), Of("initialized", 5), Of("experienced", 1, defined: false));
        Refused("9.3.0.0-5 (d2)", New(), Of("initialized", 1), Of("terminated", 5), Of("experienced", 6, defined: false));
    }

    [Fact] // 7.1.1.0-1 (d1), 7.1.1.0-1 (d2), 7.1.3.0-1 (d1), 9.3.0.0-4 (d1), 9.3.0.0-4 (d2)
    public void Nothing_comes_before_initialized()
    {
        Refused("9.3.0.0-4 (d2)", New(), Of("experienced", defined: false));
        Refused("9.3.0.0-4 (d2)", New(), Of("completed"));
        Refused("9.3.0.0-4 (d2)", New(), Of("initialized", defined: false));
        Refused("9.3.0.0-4 (d2)", Say(New(), Of("initialized", 10)), Of("experienced", 9, defined: false));
    }

    [Fact] // 11.0.0.0-3 (d1), 11.0.0.0-3 (d2)
    public void Initialized_waits_for_the_learners_preferences() => Refused("11.0.0.0-3 (d2)", New() with { PreferencesRead = false }, Of("initialized"));

    [Fact] // 9.3.2.0-3 (d)
    public void Initialized_comes_once() => Refused("9.3.2.0-3 (d)", Started(), Of("initialized", 1));

    [Fact] // 7.1.2.0-1 (d1), 7.1.2.0-1 (d2), 7.1.3.0-1 (d2), 9.3.0.0-5 (d1), 9.3.0.0-5 (d2), 9.3.8.0-3, 9.3.8.0-4
    public void Nothing_comes_after_terminated()
    {
        var ended = Say(Started(), Of("terminated", 5));

        Refused("9.3.0.0-5 (d2)", ended, Of("experienced", 3, defined: false));
        Refused("9.3.0.0-5 (d2)", ended, Of("terminated", 6));
        Refused("9.3.0.0-5", Say(Started(), Of("experienced", 5, defined: false)), Of("terminated", 4));
    }

    [Fact] // 9.3.6.0-2, 9.3.6.0-2 (d1), 9.3.6.0-2 (d2)
    public void Nothing_comes_after_abandoned() => Refused("9.3.6.0-2 (d2)", Started() with { Abandoned = true }, Of("experienced", 1, defined: false));

    [Fact] // 6.3.0.0-1
    public void A_unit_may_not_void()
    {
        var voiding = Of("voided", 1, defined: false);
        voiding["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Guid.NewGuid().ToString() };

        Refused("6.3.0.0-1", Started(), voiding);
    }

    [Fact] // 9.3.0.0-2 (d)
    public void A_verb_comes_once_in_a_session()
    {
        Refused("9.3.0.0-2 (d)", Say(Started(), Of("completed", 1)), Of("completed", 2));
        Refused("9.3.0.0-2 (d)", Say(Started(), Of("passed", 1)), Of("passed", 2));
        Refused("9.3.0.0-2 (d)", Say(Started(), Of("failed", 1)), Of("failed", 2));
    }

    [Fact]
    public void Cmi5_allowed_statements_may_repeat_any_verb()
    {
        var session = Say(Started(), Of("completed", 1));

        Say(session, Of("completed", 2, defined: false), Of("passed", 2, defined: false), Of("initialized", 2, defined: false), Of("experienced", 2, defined: false));
    }

    [Fact] // 9.3.0.0-3 (d), 9.3.0.0-8 (d)
    public void A_session_is_judged_once()
    {
        Refused("9.3.0.0-3 (d)", Say(Started(), Of("failed", 1)), Of("passed", 2));
        Refused("9.3.0.0-8 (d)", Say(Started(), Of("passed", 1)), Of("failed", 2));
    }

    [Fact] // 9.3.0.0-6 (d1), 9.3.0.0-6 (d2), 9.3.0.0-7 (d1), 9.3.0.0-7 (d2), 9.3.0.0-8 (d)
    public void A_registration_completes_and_passes_a_unit_once()
    {
        Refused("9.3.0.0-6 (d2)", Started() with { SaidBefore = AuVerbs.Completed }, Of("completed", 1));
        Refused("9.3.0.0-7 (d2)", Started() with { SaidBefore = AuVerbs.Passed }, Of("passed", 1));
        Refused("9.3.0.0-8 (d)", Started() with { SaidBefore = AuVerbs.Passed }, Of("failed", 1));
        Say(Started() with { SaidBefore = AuVerbs.Failed | AuVerbs.Terminated | AuVerbs.Initialized }, Of("passed", 1));
        Say(Started() with { SaidBefore = AuVerbs.Failed }, Of("failed", 1));
    }

    [Theory] // 10.2.2.0-1 (d), 10.2.2.0-2 (d), 10.2.2.0-3 (d), 10.2.2.0-5 (d)
    [InlineData(LaunchMode.Browse, "10.2.2.0-2 (d)")]
    [InlineData(LaunchMode.Review, "10.2.2.0-3 (d)")]
    public void Nothing_is_judged_outside_the_normal_mode(LaunchMode mode, string requirement)
    {
        foreach (var verb in new[] { "completed", "passed", "failed" }) Refused(requirement, Started(mode), Of(verb, 1));
        Say(Started(mode), Of("experienced", 1, defined: false), Of("terminated", 2));
    }

    [Fact] // 9.1.0.0-1 (d), 9.7.0.0-1 (d)
    public void A_statement_has_an_id_and_a_timestamp()
    {
        var statement = Of("experienced", 1, defined: false);
        statement.Remove("id");
        Refused("9.1.0.0-1 (d)", Started(), statement);

        statement = Of("experienced", 1, defined: false);
        statement.Remove("timestamp");
        Refused("9.7.0.0-1 (d)", Started(), statement);
    }

    [Theory] // 9.7.0.0-2 (d)
    [InlineData("2026-03-01T10:00:00-06:00", false)]
    [InlineData("2026-03-01T10:00:00", false)]
    [InlineData("2026-03-01T10:00:00Z", true)]
    [InlineData("2026-03-01T10:00:00.123+00:00", true)]
    public void A_timestamp_is_in_UTC(string time, bool admitted)
    {
        var statement = Of("experienced", defined: false);
        statement["timestamp"] = time;

        Assert.Equal(admitted ? null : "9.7.0.0-2 (d)", Started().Admit([Element(statement)]).Breach?.Requirement);
    }

    [Fact] // 8.1.3.0-3 (d), 9.2.0.0-1, 9.2.0.0-2, 9.2.0.0-3
    public void The_actor_is_the_learner()
    {
        var statement = Of("passed", 1);
        statement["actor"]!["objectType"] = "Group";
        Refused("9.2.0.0-2", Started(), statement);

        statement = Of("passed", 1);
        statement["actor"] = new JsonObject { ["mbox"] = "mailto:catapult@example.com" };
        Refused("9.2.0.0-3", Started(), statement);

        statement = Of("experienced", 1, defined: false);
        statement["actor"]!["account"]!["name"] = "8";
        Refused("8.1.3.0-3 (d)", Started(), statement);
    }

    [Fact] // 8.1.5.0-6 (d), 9.4.0.0-1 (d), 9.4.0.0-2
    public void The_object_of_a_defined_statement_is_the_unit()
    {
        var statement = Of("passed", 1);
        statement["object"]!["id"] = "https://example.org/au/1";
        Refused("8.1.5.0-6 (d)", Started(), statement);

        statement = Of("passed", 1);
        statement["object"] = new JsonObject { ["objectType"] = "Agent", ["mbox"] = "mailto:a@example.org" };
        Refused("9.4.0.0-1 (d)", Started(), statement);

        statement = Of("experienced", 1, defined: false);
        statement["object"]!["id"] = "https://example.org/page/2";
        Say(Started(), statement);
    }

    [Fact] // 8.1.4.0-3 (d), 9.6.0.0-1 (d), 9.6.1.0-1 (d), 9.6.2.0-1 (d), 9.6.3.1-4 (d), 10.2.1.0-6 (d), 10.2.1.0-7 (d)
    public void The_context_is_the_template()
    {
        foreach (var defined in new[] { true, false })
        {
            var statement = Of("passed", 1, defined);
            statement["context"]!.AsObject().Remove("registration");
            Refused("9.6.1.0-1 (d)", Started(), statement);

            statement = Of("passed", 1, defined);
            statement["context"]!["registration"] = "ccaf384c-f8d4-4e7a-8304-49af58f0b176";
            Refused("8.1.4.0-3 (d)", Started(), statement);

            statement = Of("passed", 1, defined);
            statement["context"]!["extensions"]!.AsObject().Remove(ContextExtensions.SessionId);
            Refused("9.6.3.1-4 (d)", Started(), statement);

            statement = Of("passed", 1, defined);
            statement["context"]!["extensions"]![ContextExtensions.SessionId] = "s-2";
            Refused("10.2.1.0-7 (d)", Started(), statement);

            statement = Of("passed", 1, defined);
            statement["context"]!["contextActivities"]!.AsObject().Remove("grouping");
            Refused(defined ? "9.6.2.0-1 (d)" : "10.2.1.0-6 (d)", Started(), statement);

            statement = Of("passed", 1, defined);
            statement.Remove("context");
            Refused("10.2.1.0-6 (d)", Started(), statement);
        }
    }

    [Fact]
    public void A_context_may_hold_more_and_a_single_activity()
    {
        var statement = Of("experienced", 1, defined: false);
        statement["context"]!["contextActivities"] = new JsonObject { ["grouping"] = new JsonObject { ["id"] = "https://example.org/au/1" }, ["other"] = new JsonArray(new JsonObject { ["id"] = "https://example.org/x" }) };
        statement["context"]!["extensions"]!["https://example.org/ext"] = 1;

        Say(Started(), statement);
    }

    [Theory]
    [InlineData("launched")]
    [InlineData("answered")]
    public void A_defined_statement_uses_a_verb_of_the_unit(string verb) => Refused("7.1.3.0-1", Started(), Of(verb, 1));

    [Theory] // 9.5.2.0-1 (d1), 9.5.2.0-2 (d), 9.5.2.0-3 (d), 9.5.3.0-1 (d1), 9.5.3.0-2 (d)
    [InlineData("passed", "success", null, "9.5.2.0-1 (d1)")]
    [InlineData("passed", "success", false, "9.5.2.0-1 (d1)")]
    [InlineData("failed", "success", null, "9.5.2.0-2 (d)")]
    [InlineData("failed", "success", true, "9.5.2.0-2 (d)")]
    [InlineData("completed", "success", true, "9.5.2.0-3 (d)")]
    [InlineData("terminated", "success", false, "9.5.2.0-3 (d)")]
    [InlineData("completed", "completion", null, "9.5.3.0-1 (d1)")]
    [InlineData("completed", "completion", false, "9.5.3.0-1 (d1)")]
    [InlineData("passed", "completion", true, "9.5.3.0-2 (d)")]
    [InlineData("failed", "completion", false, "9.5.3.0-2 (d)")]
    [InlineData("terminated", "completion", true, "9.5.3.0-2 (d)")]
    public void Success_and_completion_fit_the_verb(string verb, string property, bool? value, string requirement)
    {
        var statement = Of(verb, 1);
        var result = statement["result"]!.AsObject();
        result.Remove(property);
        if (value is { } given) result[property] = given;

        Refused(requirement, Started(), statement);
    }

    [Theory] // 9.5.4.1-1 (d), 9.5.4.1-2 (d), 9.5.4.1-3 (d), 9.5.4.1-4 (d)
    [InlineData("terminated", "9.5.4.1-1 (d)")]
    [InlineData("completed", "9.5.4.1-2 (d)")]
    [InlineData("passed", "9.5.4.1-3 (d)")]
    [InlineData("failed", "9.5.4.1-4 (d)")]
    public void A_judgement_and_the_end_say_how_long_it_took(string verb, string requirement)
    {
        var statement = Of(verb, 1);
        statement["result"]!.AsObject().Remove("duration");
        if (verb == "terminated") statement.Remove("result");

        Refused(requirement, Started(), statement);
    }

    [Fact] // 9.3.4.0-2 (d1), 9.3.4.0-2 (d2), 9.3.5.0-2 (d), 9.5.1.0-1
    public void A_score_fits_the_mastery_score()
    {
        Refused("9.3.4.0-2 (d2)", Started(), Of("passed", 1, scaled: 0.89));
        Refused("9.3.5.0-2 (d)", Started(), Of("failed", 1, scaled: 0.9));
        Refused("9.3.5.0-2 (d)", Started(), Of("failed", 1, scaled: 0.91));
        Refused("9.5.1.0-1", Started(), Of("failed", 1, scaled: -0.5));
        Say(Started(), Of("failed", 1, scaled: 0.89));
        Say(Started(mastery: null), Of("passed", 1, scaled: 0.1));
        Say(Started(), Of("passed", 1));
    }

    [Fact] // 9.5.1.0-2 (d), 9.5.1.0-3 (d1), 9.5.1.0-3 (d2)
    public void A_score_has_its_place_and_its_bounds()
    {
        Refused("9.5.1.0-2 (d)", Started(), Of("completed", 1, scaled: 0.5));
        foreach (var (bound, requirement) in new[] { ("min", "9.5.1.0-3 (d1)"), ("max", "9.5.1.0-3 (d2)") })
        {
            var statement = Of("passed", 1, scaled: 0.9);
            statement["result"]!["score"]!.AsObject().Remove(bound);
            Refused(requirement, Started(), statement);
        }
    }

    [Fact] // 9.6.3.2-2 (d)
    public void A_score_comes_with_the_mastery_score()
    {
        var statement = Of("passed", 1, scaled: 0.95);
        statement["context"]!["extensions"]![ContextExtensions.MasteryScore] = 0.8;
        Refused("9.6.3.2-2 (d)", Started(), statement);

        statement["context"]!["extensions"]!.AsObject().Remove(ContextExtensions.MasteryScore);
        Refused("9.6.3.2-2 (d)", Started(), statement);

        statement["context"]!["extensions"]![ContextExtensions.MasteryScore] = 0.90m;
        Say(Started(), statement);
    }

    [Theory] // 9.6.2.1-1, 9.6.2.2-1 (d1), 9.6.2.2-1 (d2), 9.6.2.2-1 (d3)
    [InlineData("completed")]
    [InlineData("passed")]
    [InlineData("failed")]
    public void A_judgement_has_the_category_moveOn(string verb)
    {
        var statement = Of(verb, 1);
        statement["context"]!["contextActivities"]!["category"]!.AsArray().RemoveAt(1);

        Refused("9.6.2.2-1", Started(), statement);
    }

    [Theory] // 9.6.2.2-2 (d)
    [InlineData("experienced", false)]
    [InlineData("terminated", true)]
    public void Nothing_else_has_the_category_moveOn(string verb, bool defined)
    {
        var statement = Of(verb, 1, defined);
        statement["context"]!["contextActivities"]!["category"]!.AsArray().Add(new JsonObject { ["id"] = Categories.MoveOn });

        Refused("9.6.2.2-2 (d)", Started(), statement);
    }
}
