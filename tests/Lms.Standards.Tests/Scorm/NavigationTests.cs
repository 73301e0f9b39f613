using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Trees;

namespace Lms.Standards.Tests.Scorm;

/// <summary>NB.2.1: which request makes sense where the learner is.</summary>
public sealed class NavigationTests
{
    [Fact]
    public void Start_delivers_the_first_activity() => Three().Go(NavigationKind.Start).IsAt("a");

    [Theory]
    [InlineData(NavigationKind.Start, "NB.2.1-1")]
    [InlineData(NavigationKind.ResumeAll, "NB.2.1-1")]
    public void What_begins_a_session_is_refused_within_one(NavigationKind kind, string code)
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Go(kind).Fails(code);
        Assert.Equal("a", session.Current);
    }

    [Theory]
    [InlineData(NavigationKind.Continue)]
    [InlineData(NavigationKind.Previous)]
    [InlineData(NavigationKind.Exit)]
    [InlineData(NavigationKind.ExitAll)]
    [InlineData(NavigationKind.Abandon)]
    [InlineData(NavigationKind.AbandonAll)]
    [InlineData(NavigationKind.SuspendAll)]
    [InlineData(NavigationKind.Jump)]
    public void What_needs_a_session_is_refused_before_one(NavigationKind kind)
    {
        var outcome = Three().Go(kind, "b");
        outcome.Fails("NB.2.1-2");
        Assert.True(outcome.Refused);
    }

    [Fact]
    public void There_is_nothing_to_resume_at_first() => Three().Go(NavigationKind.ResumeAll).Fails("NB.2.1-3");

    [Fact]
    public void Continue_needs_flow()
    {
        var session = Three(new ControlMode());
        session.Choose("a").IsAt("a");
        session.Go(NavigationKind.Continue).Fails("NB.2.1-4");
        Assert.True(session.View.IsActive);
    }

    [Fact]
    public void Previous_needs_flow_both_ways()
    {
        var session = Three(Flows with { ForwardOnly = true });
        session.Choose("b").IsAt("b");
        session.Go(NavigationKind.Previous).Fails("NB.2.1-5");
    }

    [Fact]
    public void There_is_nothing_before_the_course_itself()
    {
        var session = Session(Cluster("course", Flows, Leaf("a", Pre(RuleAction.Disabled, RuleCondition.Attempted)), Leaf("b", Pre(RuleAction.Disabled))));
        session.Go(NavigationKind.Start).IsAt("a");
        session.Choose("course").Fails("SB.2.9-9");
        Assert.Equal("course", session.Current);
        session.Go(NavigationKind.Previous).Fails("NB.2.1-6");
        session.Go(NavigationKind.SuspendAll).Fails("TB.2.3-3");
    }

    [Fact]
    public void A_choice_does_not_leave_a_cluster_that_holds_it()
    {
        var session = Session(Cluster("course", Flows, Cluster("held", Flows with { ChoiceExit = false }, Leaf("a"), Leaf("b")), Leaf("c")));
        session.Go(NavigationKind.Start).IsAt("a");
        session.Choose("c").Fails("NB.2.1-8");
        session.Choose("b").IsAt("b");
        Assert.Equal(["a", "b", "held"], session.View.Choices.Order());
    }

    [Fact]
    public void A_choice_does_not_leave_an_activity_that_holds_it_until_it_has_ended()
    {
        var session = Three(a: new SequencingDefinition { Control = new ControlMode { ChoiceExit = false } });
        session.Go(NavigationKind.Start).IsAt("a");
        session.Choose("b").Fails("NB.2.1-8");
        Assert.DoesNotContain(session.View.Contents, e => e.IsEnabled);
        session.Go(NavigationKind.Exit);
        session.Choose("b").IsAt("b");
    }

    [Fact]
    public void A_choice_needs_choice() => Three(FlowsOnly).Choose("b").Fails("NB.2.1-10");

    [Fact]
    public void A_choice_needs_an_activity_that_is_there() => Three().Choose("A").Fails("NB.2.1-11");

    [Fact]
    public void A_jump_needs_an_activity_that_is_there()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Go(NavigationKind.Jump, "d").Fails("NB.2.1-11");
    }

    [Theory]
    [InlineData(NavigationKind.Exit)]
    [InlineData(NavigationKind.Abandon)]
    public void What_has_ended_is_not_ended_again(NavigationKind kind)
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Go(kind);
        session.Go(kind).Fails("NB.2.1-12");
    }

    [Fact]
    public void A_request_that_is_none_is_refused()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Go((NavigationKind)99).Fails("NB.2.1-13");
    }

    [Fact]
    public void A_jump_passes_by_what_a_choice_may_not()
    {
        var session = Three(FlowsOnly, c: Pre(RuleAction.HiddenFromChoice));
        session.Go(NavigationKind.Start);
        session.Go(NavigationKind.Jump, "c").IsAt("c");
    }

    [Theory]
    [InlineData("continue", NavigationKind.Continue, null)]
    [InlineData("suspendAll", NavigationKind.SuspendAll, null)]
    [InlineData("{target=intro}choice", NavigationKind.Choice, "intro")]
    [InlineData("{target= Intro 2 }jump", NavigationKind.Jump, "Intro 2")]
    public void Content_asks_in_its_own_words(string words, NavigationKind kind, string? target) =>
        Assert.Equal(new NavigationRequest(kind, target), NavigationRequest.Parse(words));

    [Theory]
    [InlineData("_none_")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Continue")]
    [InlineData("{target=intro")]
    [InlineData("{target=intro}previous")]
    public void Other_words_ask_for_nothing(string? words) => Assert.Null(NavigationRequest.Parse(words));

    [Fact]
    public void What_the_learner_pressed_goes_before_what_the_content_asked_for()
    {
        var previous = new NavigationRequest(NavigationKind.Previous);
        Assert.Equal(previous, NavigationRequest.AfterContent(previous, "normal", "exitAll"));
        Assert.Equal(NavigationKind.ExitAll, NavigationRequest.AfterContent(null, "time-out", "continue")!.Kind);
        Assert.Equal(NavigationKind.Continue, NavigationRequest.AfterContent(null, "suspend", "continue")!.Kind);
        Assert.Null(NavigationRequest.AfterContent(null, "normal", "_none_"));
    }
}
