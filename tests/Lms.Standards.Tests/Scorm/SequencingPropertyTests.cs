using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Trees;

namespace Lms.Standards.Tests.Scorm;

/// <summary>Properties that hold for every course and every way through it. FsCheck prints the seed of a failure.</summary>
public sealed class SequencingPropertyTests
{
    [Fact]
    public void No_way_through_any_course_throws_and_saving_between_steps_changes_nothing() => HoldForSeeds(400, seed =>
    {
        var random = new Random(seed);
        var tree = new RandomCourses(random).Next();
        var kept = SequencingSession.Start(tree, seed: (ulong)seed);
        var (state, shared) = (SequencingSession.Start(tree, seed: (ulong)seed).Save(), "");
        for (var step = 0; step < 40; step++)
        {
            var restored = SequencingSession.Restore(tree, state, SharedStore.Restore(shared));
            Assert.Equal(Describe(kept.View), Describe(restored.View));
            var move = Move(random, tree, kept);
            Assert.Equal(move(kept), move(restored));
            Assert.Equal(kept.Save(), restored.Save());
            (state, shared) = (restored.Save(), restored.Shared.Save());
        }
        return true;
    });

    [Fact]
    public void What_the_view_calls_valid_succeeds() => HoldForSeeds(300, seed =>
    {
        var random = new Random(seed);
        var tree = new RandomCourses(random).Next();
        var session = SequencingSession.Start(tree, seed: (ulong)seed);
        for (var step = 0; step < 20; step++)
        {
            var view = session.View;
            if (view.CanStart) Assert.NotNull(Copy(session).Go(NavigationKind.Start).Delivered);
            if (view is { Current: null }) foreach (var choice in view.Choices) Assert.NotNull(Copy(session).Choose(choice).Delivered);
            foreach (var entry in view.Contents.Where(e => e.IsEnabled)) Assert.Contains(entry.Id, view.Choices);
            Move(random, tree, session)(session);
        }
        return true;
    });

    [Fact]
    public void One_activity_at_most_is_under_way_and_only_with_all_that_is_around_it() => HoldForSeeds(300, seed =>
    {
        var random = new Random(seed);
        var tree = new RandomCourses(random).Next();
        var session = SequencingSession.Start(tree, seed: (ulong)seed);
        for (var step = 0; step < 40; step++)
        {
            Move(random, tree, session)(session);
            var active = tree.All.Where(a => session.Status(a.Id)!.Active).ToList();
            if (active.Count == 0) continue;
            Assert.True(session.IsOpen);
            Assert.Single(active, a => a.Parent is null);
            Assert.All(active, a => Assert.True(a.Parent is null || active.Contains(a.Parent)));
            Assert.InRange(active.Count(a => a.IsLeaf), 0, 1);
        }
        return true;
    });

    [Fact]
    public void A_course_of_five_hundred_activities_starts_and_shows_all_choices_at_once()
    {
        var parts = Enumerable.Range(0, 20).Select(p => Cluster($"part-{p}", Flows, [.. Enumerable.Range(0, 25).Select(i => Leaf($"item-{p}-{i}", Pre(RuleAction.StopForwardTraversal, RuleCondition.AttemptLimitExceeded)))]));
        var flat = Enumerable.Range(0, 500).Select(i => Leaf($"item-{i}", Pre(RuleAction.StopForwardTraversal, RuleCondition.AttemptLimitExceeded)));
        foreach (var tree in new[] { Tree(Cluster("course", Flows, [.. parts])), Tree(Cluster("course", Flows, [.. flat])) })
        {
            Launch(tree);
            var watch = Stopwatch.StartNew();
            var (choices, state) = Launch(tree);
            Assert.True(watch.ElapsedMilliseconds < 100, $"{watch.ElapsedMilliseconds} ms");
            Assert.True(choices > 500);
            Assert.True(state < 1000, $"{state} characters");
        }

        static (int, int) Launch(ActivityTree tree)
        {
            var session = SequencingSession.Restore(tree, SequencingSession.Start(tree).Save());
            session.Open();
            return (session.View.Choices.Count, session.Save().Length);
        }
    }

    private static SequencingSession Copy(SequencingSession session) => SequencingSession.Restore(session.Tree, session.Save(), SharedStore.Restore(session.Shared.Save()));

    private static string Describe(SequencingView view) =>
        $"{view.Current} {view.IsActive} {view.CanStart} {view.CanResume} {string.Join(',', view.Valid)} {string.Join(',', view.Choices)} {string.Join(',', view.Jumps)} {string.Join(',', view.Contents)}";

    private static Func<SequencingSession, string> Move(Random random, ActivityTree tree, SequencingSession session)
    {
        var target = tree.All[random.Next(tree.All.Count)].Id;
        if (session.Current is { } current && random.Next(2) == 0)
        {
            var report = RandomCourses.Report(random);
            return s => s.Record(current, report).ToString();
        }
        if (random.Next(6) == 0) return s => s.Open().ToString();
        var kind = (NavigationKind)random.Next(11);
        return s => s.Go(kind, target).ToString();
    }

    private static void HoldForSeeds(int times, Func<int, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));
}
