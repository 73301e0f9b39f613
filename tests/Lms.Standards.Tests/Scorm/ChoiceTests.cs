using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Trees;

namespace Lms.Standards.Tests.Scorm;

/// <summary>SB.2.4 and SB.2.9: what may be chosen from where.</summary>
public sealed class ChoiceTests
{
    private static readonly SequencingDefinition s_stops = Pre(RuleAction.StopForwardTraversal);

    [Fact]
    public void What_is_hidden_hides_all_within_it()
    {
        var session = Session(Cluster("course", Flows, Leaf("a"), Cluster("hidden", Pre(RuleAction.HiddenFromChoice) with { Control = Flows }, Leaf("b"))));
        session.Go(NavigationKind.Start);
        session.Choose("b").Fails("SB.2.9-3");
        Assert.Equal(["course", "a"], session.View.Contents.Select(e => e.Id));
        session.Go(NavigationKind.Continue).IsAt("b");
    }

    [Fact]
    public void Nothing_after_what_stops_may_be_chosen()
    {
        var session = Three(b: s_stops);
        session.Go(NavigationKind.Start);
        Assert.Equal(["a", "b", "course"], session.View.Choices.Order());
        session.Choose("c").Fails("SB.2.4-1");
    }

    [Fact]
    public void Nothing_before_may_be_chosen_where_there_is_no_way_back()
    {
        var session = Three(Flows with { ForwardOnly = true });
        session.Choose("b").IsAt("b");
        Assert.DoesNotContain("a", session.View.Choices);
        session.Choose("a").Fails("SB.2.4-2");
        session.Choose("c").IsAt("c");
    }

    [Fact]
    public void What_stops_is_weighed_on_the_way_down_too()
    {
        var session = Session(Cluster("course", Flows, Leaf("a"), Cluster("two", s_stops with { Control = Flows }, Leaf("b")), Cluster("three", Flows, Leaf("c"))));
        session.Go(NavigationKind.Start);
        session.Choose("b").Fails("SB.2.4-1");
        Assert.Contains("c", session.View.Choices);
    }

    [Fact]
    public void What_prevents_activation_is_entered_only_as_a_whole()
    {
        var shut = new SequencingDefinition { Control = Flows, Choice = new ConstrainedChoice { PreventActivation = true } };
        var session = Session(Cluster("course", Flows, Leaf("a"), Cluster("shut", shut, Leaf("b"), Leaf("c"))));
        session.Go(NavigationKind.Start);
        Assert.Equal(["a", "course", "shut"], session.View.Choices.Order());
        session.Choose("c").Fails("SB.2.9-6");
        session.Choose("shut").IsAt("b");
        session.Choose("c").IsAt("c");
    }

    [Fact]
    public void Where_choice_is_constrained_only_the_neighbours_may_be_chosen()
    {
        var narrow = new SequencingDefinition { Control = Flows, Choice = new ConstrainedChoice { ConstrainChoice = true } };
        var session = Session(Cluster("course", Flows, Leaf("a"), Cluster("before", Flows, Leaf("b")), Cluster("narrow", narrow, Leaf("c"), Leaf("d")), Cluster("after", Flows, Leaf("e")), Leaf("f")));
        session.Choose("c").IsAt("c");
        Assert.Equal(["after", "b", "before", "c", "course", "d", "e", "narrow"], session.View.Choices.Order());
        session.Choose("f").Fails("SB.2.9-8");
    }

    [Fact]
    public void What_has_ended_may_still_be_held_by_what_is_around_it()
    {
        var session = Session(Cluster("course", Flows, Cluster("held", Flows with { ChoiceExit = false }, Leaf("a", Post(RuleAction.ExitParent, RuleCondition.Satisfied)), Leaf("b")), Leaf("c")));
        session.Go(NavigationKind.Start);
        session.Go(NavigationKind.Abandon);
        session.Choose("c").Fails("NB.2.1-8");
        session.Choose("a");
        session.Record("a", Passed);
        session.Go(NavigationKind.Exit);
        Assert.Equal("held", session.Current);
        session.Choose("c").IsAt("c");
    }

    [Fact]
    public void A_cluster_that_is_chosen_delivers_its_first()
    {
        var session = Session(Cluster("course", Flows, Leaf("a"), Cluster("two", Flows, Leaf("b", Pre(RuleAction.Skip)), Leaf("c"))));
        session.Choose("two").IsAt("c");
        session.Choose("course").IsAt("a");
    }

    [Fact]
    public void A_cluster_that_can_deliver_nothing_strands_the_learner_there()
    {
        var session = Session(Cluster("course", Flows, Leaf("a"), Cluster("two", new ControlMode(), Leaf("b"))));
        session.Go(NavigationKind.Start);
        Assert.DoesNotContain("two", session.View.Choices);
        session.Choose("two").Fails("SB.2.9-9");
        Assert.Equal("two", session.Current);
        session.Choose("b").IsAt("b");
    }

    [Fact]
    public void What_was_not_selected_is_not_there()
    {
        var root = new SequencingDefinition { Control = Flows, Randomization = new Randomization { Selects = RandomTiming.Once, SelectCount = 1 } };
        var session = Session(Cluster("course", root, Leaf("a"), Leaf("b"), Leaf("c")));
        var chosen = session.View.Contents.Single(e => !e.IsRoot).Id;
        var other = chosen == "a" ? "b" : "a";
        session.Choose(other).Fails("SB.2.9-2");
        session.Open().IsAt(chosen);
        session.Go(NavigationKind.Jump, other).Fails("NB.2.1-11");
    }

    [Fact]
    public void What_is_disabled_can_be_neither_chosen_nor_jumped_to()
    {
        var session = Three(b: Pre(RuleAction.Disabled));
        session.Go(NavigationKind.Start);
        Assert.DoesNotContain("b", session.View.Choices);
        Assert.DoesNotContain("b", session.View.Jumps);
        session.Choose("b").Fails("DB.1.1-3");
        session.Go(NavigationKind.Jump, "b").Fails("DB.1.1-3");
    }

    [Fact]
    public void Only_what_has_content_can_be_jumped_to()
    {
        var session = Session(Cluster("course", Flows, Cluster("one", Flows, Leaf("a"))));
        session.Go(NavigationKind.Start);
        session.Go(NavigationKind.Jump, "one").Fails("DB.1.1-1");
    }

    [Fact]
    public void The_table_of_contents_leaves_out_what_is_invisible_and_lifts_what_is_within_it()
    {
        var silent = Cluster("silent", Flows, Leaf("a"), Leaf("b") with { IsVisible = false }) with { IsVisible = false };
        var session = Session(Cluster("course", Flows, silent, Cluster("two", Flows, Leaf("c"))));
        session.Choose("b").IsAt("b");
        Assert.Equal(["0 course", "1 a", "1 two", "2 c"], session.View.Contents.Select(e => $"{e.Depth} {e.Id}"));
        Assert.True(session.View.Contents[0] is { IsRoot: true, IsCurrent: true, IsLeaf: false });
        Assert.Contains("b", session.View.Choices);
    }
}
