using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Trees;

namespace Lms.Standards.Tests.Scorm;

/// <summary>SB.2.1 to SB.2.3, and the requests that walk: SB.2.5, SB.2.7, SB.2.8, SB.2.10, SB.2.11.</summary>
public sealed class FlowTests
{
    [Fact]
    public void A_walk_goes_down_into_clusters_and_up_out_of_them()
    {
        var session = Session(Cluster("course", Flows, Cluster("one", Flows, Leaf("a"), Leaf("b")), Cluster("two", Flows, Cluster("deep", Flows, Leaf("c"))), Leaf("d")));
        session.Go(NavigationKind.Start).IsAt("a");
        foreach (var next in new[] { "b", "c", "d" }) session.Go(NavigationKind.Continue).IsAt(next);
        foreach (var before in new[] { "c", "b", "a" }) session.Go(NavigationKind.Previous).IsAt(before);
        session.Go(NavigationKind.Previous).Fails("SB.2.1-3");
    }

    [Fact]
    public void Past_the_last_activity_the_session_ends()
    {
        var session = Three();
        session.Choose("c").IsAt("c");
        var outcome = session.Go(NavigationKind.Continue);
        Assert.True(outcome is { SessionEnded: true, ExceptionCode: null, Delivered: null });
        Assert.False(session.IsOpen);
        Assert.Equal(0, session.Tree.All.Count(a => session.Status(a.Id)!.Active));
    }

    [Fact]
    public void What_is_skipped_is_passed_by_even_at_the_end()
    {
        var session = Three(a: Pre(RuleAction.Skip), c: Pre(RuleAction.Skip));
        session.Go(NavigationKind.Start).IsAt("b");
        Assert.True(session.Go(NavigationKind.Continue).SessionEnded);
    }

    [Fact]
    public void What_is_skipped_is_passed_by_on_the_way_back()
    {
        var session = Three(b: Pre(RuleAction.Skip));
        session.Choose("c");
        session.Go(NavigationKind.Previous).IsAt("a");
    }

    [Fact]
    public void What_does_not_flow_is_not_entered()
    {
        var session = Session(Cluster("course", Flows, Leaf("a"), Cluster("still", new ControlMode(), Leaf("b"))));
        session.Go(NavigationKind.Start).IsAt("a");
        session.Go(NavigationKind.Continue).Fails("SB.2.2-1");
        Assert.True(session.IsOpen);
    }

    [Fact]
    public void What_is_disabled_stops_the_walk()
    {
        var session = Three(b: Pre(RuleAction.Disabled));
        session.Go(NavigationKind.Start);
        session.Go(NavigationKind.Continue).Fails("SB.2.2-2");
    }

    [Fact]
    public void Attempts_are_limited()
    {
        var session = Three(a: new SequencingDefinition { Limits = new LimitConditions { AttemptLimit = 1 } });
        session.Go(NavigationKind.Start).IsAt("a");
        session.Go(NavigationKind.Continue).IsAt("b");
        session.Go(NavigationKind.Previous).Fails("SB.2.2-2");
        Assert.DoesNotContain("a", session.View.Choices);
    }

    [Fact]
    public void A_suspended_attempt_is_no_new_one()
    {
        var session = Three(a: new SequencingDefinition { Limits = new LimitConditions { AttemptLimit = 1 } });
        session.Go(NavigationKind.Start);
        session.Next(Nothing with { Suspends = true }).IsAt("b");
        var back = session.Go(NavigationKind.Previous);
        back.IsAt("a");
        Assert.True(back is { Resumes: true, Attempt: 1 });
    }

    [Fact]
    public void There_is_no_way_back_into_a_cluster_that_only_goes_forward_but_by_its_beginning()
    {
        var session = Session(Cluster("course", Flows, Cluster("once", Flows with { ForwardOnly = true }, Leaf("a"), Leaf("b")), Leaf("c")));
        session.Choose("c").IsAt("c");
        session.Go(NavigationKind.Previous).IsAt("a");
    }

    [Fact]
    public void Where_all_is_skipped_on_the_way_back_into_a_cluster_that_only_goes_forward_the_walk_goes_on_before_it()
    {
        var once = Cluster("once", Flows with { ForwardOnly = true }, Leaf("b", Pre(RuleAction.Skip)), Leaf("c", Pre(RuleAction.Skip)));
        var session = Session(Cluster("course", Flows, Leaf("a"), once, Leaf("d")));
        session.Choose("d").IsAt("d");
        session.Go(NavigationKind.Previous).IsAt("a");
    }

    [Fact]
    public void A_walk_back_stops_before_a_parent_that_only_goes_forward()
    {
        var session = Session(Cluster("course", Flows with { ForwardOnly = true }, Leaf("a"), Cluster("two", Flows, Leaf("b"))));
        session.Go(NavigationKind.Start);
        session.Go(NavigationKind.Continue).IsAt("b");
        session.Go(NavigationKind.Previous).Fails("SB.2.1-4");
    }

    [Fact]
    public void A_mere_heading_is_passed_by_and_counts_for_nothing()
    {
        var session = Session(Cluster("course", Flows, new ActivityDefinition { Identifier = "heading", Title = "Part one" }, Leaf("a")));
        session.Go(NavigationKind.Start).IsAt("a");
        Assert.False(session.View.Contents.Single(e => e.Id == "heading").IsEnabled);
        session.Next(Passed);
        Assert.Equal(Completion.Completed, session.Course.Completion);
    }

    [Fact]
    public void A_course_of_one_activity_that_says_nothing_starts_with_it()
    {
        var session = Session(Cluster("course", new ControlMode(), Leaf("a")));
        session.Open().IsAt("a");
        Assert.DoesNotContain(session.View.Contents, e => e.IsEnabled);
        Assert.Contains(LmsControl.Continue, session.View.Valid);
        Assert.True(session.Go(NavigationKind.Continue).SessionEnded);
    }

    [Fact]
    public void Start_says_why_nothing_can_be_delivered() =>
        Session(Cluster("course", new ControlMode(), Leaf("a"), Leaf("b"))).Go(NavigationKind.Start).Fails("SB.2.2-1");

    [Fact]
    public void Exit_ends_the_activity_and_nothing_else()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        var outcome = session.Go(NavigationKind.Exit);
        Assert.True(outcome is { SessionEnded: false, Delivered: null, ExceptionCode: null });
        Assert.True(session.View is { Current: "a", IsActive: false });
        session.Go(NavigationKind.Continue).IsAt("b");
    }

    [Fact]
    public void An_activity_may_follow_itself()
    {
        var session = Three(a: Post(RuleAction.Retry, RuleCondition.Always));
        session.Go(NavigationKind.Start).IsAt("a");
        var again = session.Go(NavigationKind.Continue);
        again.IsAt("a");
        Assert.Equal(2, again.Attempt);
        session.Choose("a").IsAt("a");
    }
}
