using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Trees;

namespace Lms.Standards.Tests.Scorm;

/// <summary>UP.3, UP.4 and TB.2.1 to TB.2.3: how attempts end, and what their rules make of it.</summary>
public sealed class TerminationTests
{
    [Fact]
    public void What_a_content_object_never_spoke_of_is_taken_for_done()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Next(Nothing).IsAt("b");
        Assert.True(session.Status("a") is { Completion: Completion.Completed, Success: Success.Passed });
    }

    [Fact]
    public void What_a_content_object_says_it_does_not_know_stays_unknown()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Next(new TrackingReport { Completion = Completion.Unknown, Success = Success.Unknown });
        Assert.True(session.Status("a") is { Completion: Completion.Unknown, Success: Success.Unknown });
    }

    [Fact]
    public void Where_only_content_may_say_so_nothing_is_taken_for_done()
    {
        var session = Three(a: new SequencingDefinition { Delivery = new DeliveryControls { CompletionSetByContent = true, ObjectiveSetByContent = true } });
        session.Go(NavigationKind.Start);
        session.Next(Nothing);
        Assert.True(session.Status("a") is { Completion: Completion.Unknown, Success: Success.Unknown });
    }

    [Fact]
    public void What_is_suspended_is_not_done()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Next(Nothing with { Suspends = true });
        Assert.True(session.Status("a") is { Completion: Completion.Unknown, Suspended: true, Active: false });
        Assert.True(session.Go(NavigationKind.ExitAll).SessionEnded);
        Assert.True(session.Course.Suspended);
    }

    [Fact]
    public void What_is_abandoned_is_forgotten()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Record("a", Passed with { Scaled = 0.5m, Progress = 0.5m });
        Assert.Equal(0.5m / 3, session.Course.Scaled);
        Assert.False(session.Go(NavigationKind.Abandon).SessionEnded);
        Assert.Null(session.Course.Scaled);
        Assert.True(session.Status("a") is { Completion: Completion.Unknown, Success: Success.Unknown, Scaled: null, Progress: null, Attempts: 1 });
        session.Go(NavigationKind.Continue).IsAt("b");
        Assert.True(session.Go(NavigationKind.AbandonAll).SessionEnded);
        Assert.Equal(Completion.Unknown, session.Status("b")!.Completion);
    }

    [Fact]
    public void What_is_tracked_outlives_the_session()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Record("a", Passed);
        Assert.True(session.Go(NavigationKind.ExitAll).SessionEnded);
        Assert.Equal(Success.Passed, session.Status("a")!.Success);
        session.Open().IsAt("a");
        Assert.Equal(2, session.Status("a")!.Attempts);
    }

    [Fact]
    public void Everything_suspended_goes_on_where_it_was()
    {
        var session = Session(Cluster("course", Flows, Cluster("one", Flows, Leaf("a"), Leaf("b")), Leaf("c")));
        session.Choose("b");
        Assert.True(session.Go(NavigationKind.SuspendAll).SessionEnded);
        Assert.True(session.View is { Current: null, CanResume: true, CanStart: false });
        Assert.All(new[] { "course", "one", "b" }, id => Assert.True(session.Status(id) is { Suspended: true, Active: false }));
        var outcome = session.Open();
        outcome.IsAt("b");
        Assert.True(outcome is { Resumes: true, Attempt: 1 });
        Assert.All(new[] { "course", "one", "b" }, id => Assert.True(session.Status(id) is { Suspended: false, Active: true, Attempts: 1 }));
    }

    [Fact]
    public void Who_goes_elsewhere_gives_up_what_was_suspended()
    {
        var session = Session(Cluster("course", Flows, Cluster("one", Flows, Leaf("a"), Leaf("b")), Leaf("c")));
        session.Choose("b");
        session.Go(NavigationKind.SuspendAll);
        session.Choose("c").IsAt("c");
        Assert.All(new[] { "one", "b" }, id => Assert.False(session.Status(id)!.Suspended));
        Assert.Equal(1, session.Course.Attempts);
    }

    [Fact]
    public void A_session_that_was_broken_off_goes_on_where_it_was()
    {
        var session = Three();
        session.Choose("b");
        var outcome = SequencingSession.Restore(session.Tree, session.Save()).Open();
        outcome.IsAt("b");
        Assert.True(outcome.Resumes);
    }

    [Fact]
    public void What_was_suspended_between_two_activities_begins_anew()
    {
        var session = Three();
        session.Choose("b");
        session.Go(NavigationKind.Exit);
        session.Go(NavigationKind.SuspendAll);
        Assert.True(session.View is { CanResume: false, CanStart: true });
        session.Open().IsAt("a");
    }

    [Theory]
    [InlineData(RuleAction.Continue, "b")]
    [InlineData(RuleAction.Retry, "a")]
    [InlineData(RuleAction.RetryAll, "a")]
    public void A_rule_after_the_activity_overrules_what_the_learner_asked_for(RuleAction action, string next)
    {
        var session = Three(a: Post(action));
        session.Go(NavigationKind.Start);
        session.Choose("c").IsAt(next);
    }

    [Fact]
    public void A_rule_may_lead_back()
    {
        var session = Three(b: Post(RuleAction.Previous));
        session.Choose("b");
        session.Go(NavigationKind.Continue).IsAt("a");
    }

    [Fact]
    public void A_rule_may_end_everything()
    {
        var session = Three(a: Post(RuleAction.ExitAll));
        session.Go(NavigationKind.Start);
        Assert.True(session.Go(NavigationKind.Continue).SessionEnded);
    }

    [Fact]
    public void A_rule_may_begin_everything_anew()
    {
        var session = Three(b: Post(RuleAction.RetryAll));
        session.Choose("b");
        session.Go(NavigationKind.Continue).IsAt("a");
        Assert.Equal(2, session.Course.Attempts);
    }

    [Fact]
    public void A_rule_may_end_the_parent_whose_own_rule_is_weighed_then()
    {
        var one = Cluster("one", Post(RuleAction.Continue) with { Control = Flows }, Leaf("a", Post(RuleAction.ExitParent)), Leaf("b"));
        var session = Session(Cluster("course", Flows, one, Leaf("c")));
        session.Go(NavigationKind.Start);
        session.Go(NavigationKind.Exit).IsAt("c");
        Assert.False(session.Status("one")!.Active);
    }

    [Fact]
    public void The_course_itself_has_no_parent_to_end()
    {
        var session = Session(Cluster("course", Post(RuleAction.ExitParent) with { Control = Flows }, Leaf("a", Post(RuleAction.ExitParent)), Leaf("b")));
        session.Go(NavigationKind.Start);
        var outcome = session.Go(NavigationKind.Exit);
        Assert.True(outcome is { SessionEnded: true, ExceptionCode: "TB.2.3-4" });
    }

    [Fact]
    public void The_course_itself_may_begin_anew()
    {
        var session = Session(Cluster("course", Post(RuleAction.Retry) with { Control = Flows }, Leaf("a", Post(RuleAction.ExitParent)), Leaf("b")));
        session.Go(NavigationKind.Start);
        session.Go(NavigationKind.Exit).IsAt("a");
        Assert.Equal(2, session.Course.Attempts);
    }

    [Fact]
    public void A_cluster_begins_anew_only_where_it_can()
    {
        var one = Cluster("one", Post(RuleAction.Retry) with { Control = Flows }, Leaf("a", Post(RuleAction.ExitParent)) with
        {
            Sequencing = Post(RuleAction.ExitParent) with { Limits = new LimitConditions { AttemptLimit = 1 } },
        });
        var session = Session(Cluster("course", Flows, one, Leaf("b")));
        session.Go(NavigationKind.Start);
        session.Go(NavigationKind.Continue).Fails("SB.2.10-3");
        Assert.Equal("one", session.Current);
    }

    [Fact]
    public void What_is_suspended_does_not_begin_anew()
    {
        var one = Cluster("one", Rule(RuleKind.Exit, RuleAction.Exit) with { Control = Flows }, Leaf("a"), Leaf("b"));
        one = one with { Sequencing = one.Sequencing with { Rules = [.. one.Sequencing.Rules, .. Post(RuleAction.Retry).Rules] } };
        var session = Session(Cluster("course", Flows, one));
        session.Go(NavigationKind.Start);
        session.Next(Nothing with { Suspends = true });
        Assert.True(session.Status("one")!.Suspended);
    }

    [Fact]
    public void The_outermost_activity_whose_exit_rule_applies_ends()
    {
        var exits = Rule(RuleKind.Exit, RuleAction.Exit, RuleCondition.Satisfied, objective: null);
        var inner = Cluster("inner", exits with { Control = Flows }, Leaf("a"), Leaf("b"));
        var outer = Cluster("outer", exits with { Control = Flows }, inner, Leaf("c", new SequencingDefinition { Rollup = new RollupDefinition { ObjectiveSatisfied = false } }));
        var session = Session(Cluster("course", Flows, outer, Leaf("d")));
        session.Go(NavigationKind.Start);
        session.Next(Passed).IsAt("b");
        session.Next(Passed).IsAt("d");
        Assert.False(session.Status("outer")!.Active);
    }

    [Fact]
    public void Nothing_is_taken_of_what_is_not_under_way()
    {
        var session = Three();
        Assert.False(session.Record("a", Passed));
        session.Go(NavigationKind.Start);
        Assert.False(session.Record("b", Passed));
        session.Go(NavigationKind.Exit);
        Assert.False(session.Record("a", Failed));
        Assert.Equal(Success.Passed, session.Status("a")!.Success);
    }
}
