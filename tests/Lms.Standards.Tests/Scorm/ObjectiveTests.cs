using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Trees;

namespace Lms.Standards.Tests.Scorm;

/// <summary>Objectives, their maps to global ones, and shared data.</summary>
public sealed class ObjectiveTests
{
    private const ObjectiveParts Everything = (ObjectiveParts)127;

    [Fact]
    public void What_one_activity_writes_another_reads()
    {
        var session = Three(a: Maps("mine", ObjectiveParts.None, Everything), b: Maps("theirs", Everything, ObjectiveParts.None));
        session.Go(NavigationKind.Start);
        session.Next(Passed with { Objectives = Of("mine", Report(Success.Failed, 0.25m)) });
        var read = session.Status("b")!.Objectives.Single(o => o.Id == "theirs");
        Assert.Equal(new ObjectiveStatus { Id = "theirs", Success = Success.Failed, Completion = Completion.Completed, Scaled = 0.25m, Raw = 25, Min = 0, Max = 100, Progress = 0.5m }, read);
    }

    [Fact]
    public void Only_what_is_mapped_is_shared()
    {
        var session = Three(a: Maps("mine", ObjectiveParts.None, ObjectiveParts.Measure | ObjectiveParts.Raw), b: Maps("theirs", ObjectiveParts.Raw | ObjectiveParts.Max, ObjectiveParts.None));
        session.Go(NavigationKind.Start);
        session.Next(Passed with { Objectives = Of("mine", Report(Success.Failed, 0.25m)) });
        Assert.Equal(new ObjectiveStatus { Id = "theirs", Raw = 25, Success = Success.Unknown, Completion = Completion.Unknown }, session.Status("b")!.Objectives.Single(o => o.Id == "theirs"));
    }

    [Fact]
    public void A_rule_may_ask_of_any_objective()
    {
        var skips = Rule(RuleKind.Pre, RuleAction.Skip, RuleCondition.ObjectiveMeasureGreaterThan, objective: "theirs", threshold: 0.8m);
        var session = Three(a: Maps("mine", ObjectiveParts.None, Everything), b: skips with { Objectives = Maps("theirs", Everything, ObjectiveParts.None).Objectives });
        session.Go(NavigationKind.Start);
        session.Next(Passed with { Objectives = Of("mine", Report(Success.Passed, 0.81m)) }).IsAt("c");
        session.Choose("a");
        session.Next(Passed with { Objectives = Of("mine", Report(Success.Passed, 0.8m)) }).IsAt("b");
    }

    [Fact]
    public void What_content_no_longer_knows_is_no_longer_known_to_others()
    {
        var session = Three(a: Maps("mine", ObjectiveParts.None, Everything), b: Maps("theirs", Everything, ObjectiveParts.None));
        session.Go(NavigationKind.Start);
        session.Next(Passed with { Objectives = Of("mine", Report(Success.Passed, 1)) });
        session.Choose("a");
        session.Next(Passed with { Objectives = Of("mine", new ObjectiveReport { Success = Success.Unknown, Completion = Completion.Unknown }) });
        Assert.True(session.Status("b")!.Objectives.Single(o => o.Id == "theirs") is { Success: Success.Unknown, Completion: Completion.Unknown });
    }

    [Fact]
    public void A_primary_objective_may_be_spoken_of_in_two_places()
    {
        var session = Three(a: new SequencingDefinition { Objectives = [new ObjectiveDefinition { IsPrimary = true, Identifier = "main" }] });
        session.Go(NavigationKind.Start);
        session.Record("a", new TrackingReport { Success = Success.Failed, Scaled = 0.5m, Objectives = Of("main", new ObjectiveReport { Success = Success.Passed, Scaled = 0.1m, Progress = 0.3m, Raw = 7 }) });
        Assert.True(session.Status("a") is { Success: Success.Passed, Scaled: 0.5m, Progress: 0.3m });
        Assert.Equal(7, session.Status("a")!.Objectives[0].Raw);
    }

    [Fact]
    public void An_objective_that_the_activity_does_not_define_counts_for_nothing()
    {
        var session = Three();
        session.Go(NavigationKind.Start);
        session.Record("a", Passed with { Objectives = Of("stranger", Report(Success.Failed, 0)) });
        Assert.Single(session.Status("a")!.Objectives);
    }

    [Fact]
    public void What_is_not_tracked_reads_but_does_not_write()
    {
        var untracked = Maps("theirs", Everything, Everything) with { Delivery = new DeliveryControls { Tracked = false } };
        var session = Three(a: Maps("mine", ObjectiveParts.None, Everything), b: untracked, c: Maps("last", Everything, ObjectiveParts.None));
        session.Go(NavigationKind.Start);
        session.Next(Passed with { Objectives = Of("mine", Report(Success.Failed, 0.25m)) });
        Assert.Equal(0.25m, session.Status("b")!.Objectives.Single(o => o.Id == "theirs").Scaled);
        session.Next(Passed with { Objectives = Of("theirs", Report(Success.Passed, 1)) });
        Assert.Equal(0.25m, session.Status("c")!.Objectives.Single(o => o.Id == "last").Scaled);
    }

    [Fact]
    public void A_cluster_hears_of_a_global_objective_that_one_of_its_children_reads()
    {
        var reads = new SequencingDefinition { Objectives = [new ObjectiveDefinition { IsPrimary = true, Maps = [new ObjectiveMap { Target = "shared" }] }] };
        var session = Session(Cluster("course", Flows, Leaf("a", Maps("mine", ObjectiveParts.None, Everything)), Cluster("other", Flows, Leaf("b", reads), Leaf("c", reads))));
        session.Go(NavigationKind.Start);
        session.Record("a", Passed with { Objectives = Of("mine", Report(Success.Passed, 1)) });
        session.Go(NavigationKind.Exit);
        Assert.True(session.Status("other") is { Success: Success.Passed, Scaled: 1, Attempts: 0 });
    }

    [Fact]
    public void Objectives_of_the_whole_system_are_known_to_the_learners_other_packages()
    {
        var shared = new SharedStore();
        var first = Session(Cluster("one", Flows, Leaf("a", Maps("mine", ObjectiveParts.None, Everything)), Leaf("b")), shared);
        first.Go(NavigationKind.Start);
        first.Next(Passed with { Objectives = Of("mine", Report(Success.Failed, 0.25m)) });
        first.Go(NavigationKind.ExitAll);
        Assert.True(first.Shared.Changed);

        var second = Session(Cluster("two", Flows, Leaf("a", Maps("theirs", Everything, ObjectiveParts.None)), Leaf("b")), SharedStore.Restore(shared.Save()));
        Assert.Equal(0.25m, second.Status("a")!.Objectives.Single(o => o.Id == "theirs").Scaled);
        Assert.False(second.Shared.Changed);
    }

    [Fact]
    public void Objectives_of_one_attempt_end_with_it_unless_it_is_suspended()
    {
        var session = Session(Cluster("course", Flows, Leaf("a", Maps("mine", Everything, Everything)), Leaf("b")), globalToSystem: false);
        decimal? Known() => session.Status("a")!.Objectives.Single(o => o.Id == "mine").Scaled;
        session.Go(NavigationKind.Start);
        session.Record("a", Passed with { Objectives = Of("mine", Report(Success.Failed, 0.25m)) });
        session.Go(NavigationKind.SuspendAll);
        Assert.Equal(0.25m, Known());
        session.Open();
        session.Go(NavigationKind.ExitAll);
        Assert.Null(Known());
        Assert.False(session.Shared.Changed);
    }

    [Fact]
    public void Buckets_of_data_are_shared_as_the_manifest_says()
    {
        var writer = Leaf("a") with { SharedData = [new SharedDataMap { Target = "notes", Read = false }] };
        var reader = Leaf("b") with { SharedData = [new SharedDataMap { Target = "other" }, new SharedDataMap { Target = "notes", Write = false }] };
        var session = Session(Cluster("course", Flows, writer, reader), globalToSystem: false);
        session.Go(NavigationKind.Start);
        Assert.True(session.WriteSharedData("a", "notes", "Δ <b>"));
        Assert.False(session.WriteSharedData("a", "other", "x"));
        Assert.False(session.WriteSharedData("b", "notes", "x"));
        Assert.Equal([new SharedData("notes", null, false, true)], session.SharedDataOf("a"));
        Assert.Equal([new SharedData("other", null, true, true), new SharedData("notes", "Δ <b>", true, false)], session.SharedDataOf("b"));
        Assert.Equal("Δ <b>", SequencingSession.Restore(session.Tree, session.Save()).SharedDataOf("b")[1].Store);
        session.Go(NavigationKind.ExitAll);
        Assert.Null(session.SharedDataOf("b")[1].Store);
    }

    [Fact]
    public void Buckets_of_the_whole_system_stay()
    {
        var shared = new SharedStore();
        var session = Session(Cluster("course", Flows, Leaf("a") with { SharedData = [new SharedDataMap { Target = "notes" }] }, Leaf("b")), shared);
        session.Go(NavigationKind.Start);
        session.WriteSharedData("a", "notes", "kept");
        session.Go(NavigationKind.ExitAll);
        Assert.Equal("kept", SequencingSession.Start(session.Tree, SharedStore.Restore(shared.Save())).SharedDataOf("a")[0].Store);
    }

    private static SequencingDefinition Maps(string id, ObjectiveParts read, ObjectiveParts write) => new()
    {
        Objectives = [new ObjectiveDefinition { IsPrimary = true }, new ObjectiveDefinition { Identifier = id, Maps = [new ObjectiveMap { Target = "shared", Read = read, Write = write }] }],
    };

    private static ObjectiveReport Report(Success success, decimal scaled) =>
        new() { Success = success, Completion = Completion.Completed, Scaled = scaled, Raw = scaled * 100, Min = 0, Max = 100, Progress = 0.5m };

    private static Dictionary<string, ObjectiveReport> Of(string id, ObjectiveReport report) => new() { [id] = report };
}
