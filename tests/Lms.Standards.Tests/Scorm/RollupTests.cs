using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Trees;

namespace Lms.Standards.Tests.Scorm;

/// <summary>RB.1.1 to RB.1.5: how the children's results become the cluster's.</summary>
public sealed class RollupTests
{
    [Fact]
    public void A_course_is_complete_and_passed_when_all_of_it_is()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Next(Passed);
        Assert.True(session.Course is { Completion: Completion.Unknown, Success: Success.Unknown });
        session.Next(Passed);
        session.Next(Passed);
        Assert.True(session.Course is { Completion: Completion.Completed, Success: Success.Passed });
    }

    [Fact]
    public void One_that_failed_fails_the_course_once_all_are_known()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Next(Failed);
        session.Next(Passed);
        session.Next(Passed with { Completion = Completion.Incomplete });
        Assert.True(session.Course is { Completion: Completion.Incomplete, Success: Success.Failed });
    }

    [Fact]
    public void Measures_are_weighed()
    {
        var session = Three(a: Weight(0.5m), b: Weight(1), c: Weight(0));
        session.Go(NavigationKind.Start);
        session.Next(Passed with { Scaled = 0.3m });
        Assert.Equal(0.1m, session.Course.Scaled);
        session.Next(Passed with { Scaled = 0.9m });
        Assert.Equal(0.7m, session.Course.Scaled);
        session.Next(Passed with { Scaled = -1 });
        Assert.Equal(0.7m, session.Course.Scaled);
    }

    [Fact]
    public void Progress_is_weighed_too()
    {
        var session = Session(Cluster("course", Flows, Leaf("a") with { Completion = new CompletionThreshold { ProgressWeight = 0.5m } }, Leaf("b")) with
        {
            Completion = new CompletionThreshold { CompletedByMeasure = true, MinProgressMeasure = 0.7m },
        });
        session.Go(NavigationKind.Start);
        session.Next(Nothing with { Progress = 0.3m });
        Assert.True(session.Course is { Progress: 0.1m, Completion: Completion.Incomplete });
        session.Record("b", Nothing with { Progress = 0.9m });
        Assert.True(session.Course is { Progress: 0.7m, Completion: Completion.Completed });
    }

    [Fact]
    public void A_threshold_decides_over_what_content_says()
    {
        var session = Session(Cluster("course", Flows, Leaf("a") with { Completion = new CompletionThreshold { CompletedByMeasure = true, MinProgressMeasure = 0.5m } }, Leaf("b")));
        session.Go(NavigationKind.Start);
        session.Record("a", Passed with { Progress = 0.4m });
        Assert.Equal(Completion.Incomplete, session.Status("a")!.Completion);
        session.Next(Passed with { Completion = null, Progress = null });
        Assert.Equal(Completion.Unknown, session.Status("a")!.Completion);
    }

    [Fact]
    public void A_measure_may_decide_what_satisfies()
    {
        var byMeasure = new SequencingDefinition { Control = Flows, Objectives = [new ObjectiveDefinition { IsPrimary = true, SatisfiedByMeasure = true, MinNormalizedMeasure = 0.6m }] };
        var session = Session(Cluster("course", byMeasure, Leaf("a", byMeasure), Leaf("b")));
        session.Go(NavigationKind.Start);
        session.Next(Failed with { Scaled = 0.6m }).IsAt("b");
        Assert.Equal(Success.Passed, session.Status("a")!.Success);
        Assert.Equal(Success.Failed, session.Course.Success);
        session.Record("b", Passed with { Scaled = 1 });
        Assert.True(session.Course is { Success: Success.Passed, Scaled: 0.8m });
    }

    [Fact]
    public void A_measure_may_wait_for_the_end_of_the_attempt()
    {
        var waits = new SequencingDefinition
        {
            Objectives = [new ObjectiveDefinition { IsPrimary = true, SatisfiedByMeasure = true, MinNormalizedMeasure = 0.5m }],
            Considerations = new RollupConsiderations { MeasureSatisfactionIfActive = false },
        };
        var session = Three(a: waits);
        session.Go(NavigationKind.Start);
        session.Record("a", Nothing with { Scaled = 1 });
        Assert.Equal(Success.Unknown, session.Status("a")!.Success);
        session.Go(NavigationKind.Continue);
        Assert.Equal(Success.Passed, session.Status("a")!.Success);
    }

    [Theory]
    [InlineData(ChildSet.All, 0, 0, Success.Unknown)]
    [InlineData(ChildSet.Any, 0, 0, Success.Passed)]
    [InlineData(ChildSet.None, 0, 0, Success.Unknown)]
    [InlineData(ChildSet.AtLeastCount, 2, 0, Success.Passed)]
    [InlineData(ChildSet.AtLeastCount, 3, 0, Success.Unknown)]
    [InlineData(ChildSet.AtLeastPercent, 0, 0.66, Success.Passed)]
    [InlineData(ChildSet.AtLeastPercent, 0, 0.67, Success.Unknown)]
    public void A_rule_says_how_many_children_must_do(ChildSet set, int count, double percent, Success course)
    {
        var rule = new RollupRule { Children = set, MinimumCount = count, MinimumPercent = (decimal)percent, Action = RollupAction.Satisfied, Conditions = [new Condition { Asks = RuleCondition.Completed }] };
        var session = Session(Cluster("course", new SequencingDefinition { Control = Flows, Rollup = new RollupDefinition { Rules = [rule] } }, Leaf("a"), Leaf("b"), Leaf("c")));
        session.Go(NavigationKind.Start);
        session.Next(Failed);
        session.Next(Failed);
        session.Record("c", Failed with { Completion = Completion.Incomplete });
        Assert.Equal(course, session.Course.Success);
    }

    [Theory]
    [InlineData(false, Completion.Completed)]
    [InlineData(true, Completion.Unknown)]
    public void A_rule_asks_of_a_child_one_thing_or_all(bool all, Completion course)
    {
        var rule = new RollupRule
        {
            Children = ChildSet.Any, All = all, Action = RollupAction.Completed,
            Conditions = [new Condition { Asks = RuleCondition.Attempted }, new Condition { Asks = RuleCondition.Satisfied, Not = true }],
        };
        var session = Session(Cluster("course", new SequencingDefinition { Control = Flows, Rollup = new RollupDefinition { Rules = [rule] } }, Leaf("a"), Leaf("b")));
        session.Go(NavigationKind.Start);
        session.Record("a", Passed);
        Assert.Equal(course, session.Course.Completion);
    }

    [Theory]
    [InlineData(Consideration.Always, Success.Unknown)]
    [InlineData(Consideration.IfAttempted, Success.Passed)]
    [InlineData(Consideration.IfNotSkipped, Success.Passed)]
    [InlineData(Consideration.IfNotSuspended, Success.Unknown)]
    public void A_child_counts_when_it_is_to(Consideration when, Success course)
    {
        var b = Pre(RuleAction.Skip) with { Considerations = new RollupConsiderations { Satisfied = when } };
        var session = Three(b: b);
        session.Go(NavigationKind.Start);
        session.Next(Passed).IsAt("c");
        session.Record("c", Passed);
        Assert.Equal(course, session.Course.Success);
    }

    [Fact]
    public void A_child_that_is_suspended_may_not_count()
    {
        var session = Three(b: new SequencingDefinition { Considerations = new RollupConsiderations { Completed = Consideration.IfNotSuspended } });
        session.Go(NavigationKind.Start);
        session.Next(Passed);
        session.Next(Nothing with { Completion = Completion.Incomplete, Suspends = true });
        session.Record("c", Passed);
        Assert.Equal(Completion.Completed, session.Course.Completion);
    }

    [Fact]
    public void What_is_not_tracked_counts_for_nothing()
    {
        var session = Three(b: new SequencingDefinition { Delivery = new DeliveryControls { Tracked = false } });
        session.Go(NavigationKind.Start);
        session.Next(Passed with { Scaled = 0.5m });
        session.Next(Failed with { Scaled = 0.1m });
        session.Record("c", Passed with { Scaled = 0.5m });
        Assert.True(session.Course is { Success: Success.Passed, Completion: Completion.Completed, Scaled: 0.5m });
        Assert.Equal(0, session.Status("b")!.Attempts);
    }

    [Fact]
    public void What_is_kept_out_of_rollup_counts_for_nothing()
    {
        var session = Three(b: new SequencingDefinition { Rollup = new RollupDefinition { ObjectiveSatisfied = false, ProgressCompletion = false } });
        session.Go(NavigationKind.Start);
        session.Next(Passed);
        session.Go(NavigationKind.Abandon);
        session.Go(NavigationKind.Continue);
        session.Record("c", Passed);
        Assert.True(session.Course is { Success: Success.Passed, Completion: Completion.Completed });
    }

    [Fact]
    public void A_new_attempt_on_a_cluster_forgets_what_its_children_did_in_the_last()
    {
        var session = Session(Cluster("course", Flows, Cluster("one", Flows, Leaf("a"), Leaf("b")), Leaf("c")));
        session.Go(NavigationKind.Start);
        session.Next(Passed with { Scaled = 1 });
        session.Next(Passed with { Scaled = 1 }).IsAt("c");
        Assert.Equal(Success.Passed, session.Status("one")!.Success);
        session.Choose("a");
        Assert.True(session.Status("one") is { Success: Success.Unknown, Attempts: 2, Scaled: null });
        session.Next(Passed).IsAt("b");
        Assert.Equal(Success.Unknown, session.Status("one")!.Success);
    }

    [Fact]
    public void A_cluster_may_count_what_its_children_did_before()
    {
        var keeps = Flows with { UseCurrentAttemptObjectiveInfo = false, UseCurrentAttemptProgressInfo = false };
        var session = Session(Cluster("course", Flows, Cluster("one", keeps, Leaf("a"), Leaf("b")), Leaf("c")));
        session.Go(NavigationKind.Start);
        session.Next(Passed);
        session.Next(Passed).IsAt("c");
        session.Choose("a");
        session.Next(Passed).IsAt("b");
        Assert.True(session.Status("one") is { Success: Success.Passed, Completion: Completion.Completed });
    }

    private static SequencingDefinition Weight(decimal weight) => new() { Rollup = new RollupDefinition { MeasureWeight = weight } };
}
