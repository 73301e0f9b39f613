using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Trees;

namespace Lms.Standards.Tests.Scorm;

/// <summary>SR.1 and SR.2: selection and order of the children.</summary>
public sealed class SelectionTests
{
    private static readonly string[] s_letters = ["a", "b", "c", "d", "e", "f", "g", "h"];

    [Fact]
    public void So_many_are_selected_in_their_own_order_and_stay_so()
    {
        var session = Eight(new Randomization { Selects = RandomTiming.Once, SelectCount = 3 });
        var chosen = Order(session);
        Assert.Equal(3, chosen.Count);
        Assert.Equal(chosen.Order(), chosen);
        session.Open();
        session.Go(NavigationKind.ExitAll);
        session.Open();
        Assert.Equal(chosen, Order(session));
    }

    [Fact]
    public void Each_learner_has_an_order_of_his_own()
    {
        var orders = Enumerable.Range(0, 20).Select(seed => string.Concat(Order(Eight(new Randomization { Reorders = RandomTiming.Once, ReorderChildren = true }, (ulong)seed)))).ToList();
        Assert.All(orders, o => Assert.Equal(string.Concat(s_letters), string.Concat(o.Order())));
        Assert.True(orders.Distinct().Count() > 15);
    }

    [Fact]
    public void The_walk_follows_the_new_order()
    {
        var session = Eight(new Randomization { Reorders = RandomTiming.Once, ReorderChildren = true });
        var order = Order(session);
        session.Open().IsAt(order[0]);
        foreach (var next in order.Skip(1)) session.Go(NavigationKind.Continue).IsAt(next);
        Assert.True(session.Go(NavigationKind.Continue).SessionEnded);
    }

    [Fact]
    public void Each_new_attempt_may_bring_a_new_order()
    {
        var session = Eight(new Randomization { Reorders = RandomTiming.OnEachNewAttempt, ReorderChildren = true, Selects = RandomTiming.OnEachNewAttempt, SelectCount = 5 });
        var orders = new HashSet<string>();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            orders.Add(string.Concat(Order(session)));
            session.Open();
            session.Go(NavigationKind.ExitAll);
        }
        Assert.True(orders.Count > 5);
        Assert.All(orders, o => Assert.Equal(5, o.Length));
    }

    [Fact]
    public void A_suspended_attempt_keeps_its_order()
    {
        var session = Eight(new Randomization { Reorders = RandomTiming.OnEachNewAttempt, ReorderChildren = true });
        var order = Order(session);
        session.Open();
        session.Go(NavigationKind.SuspendAll);
        session.Open();
        Assert.Equal(order, Order(session));
    }

    [Theory]
    [InlineData(RandomTiming.Never, 3)]
    [InlineData(RandomTiming.Once, 8)]
    [InlineData(RandomTiming.Once, 9)]
    [InlineData(RandomTiming.Once, 0)]
    public void Where_there_is_nothing_to_select_all_are_there(RandomTiming when, int count) =>
        Assert.Equal(s_letters, Order(Eight(new Randomization { Selects = when, SelectCount = count })));

    [Fact]
    public void An_order_is_carried_over_to_a_new_version_of_the_package()
    {
        var random = new Randomization { Reorders = RandomTiming.Once, ReorderChildren = true };
        var session = Eight(random);
        var root = new SequencingDefinition { Control = Flows, Randomization = random };
        var newer = Tree(Cluster("course", root, [.. s_letters.Skip(1).Append("z").Select(l => Leaf(l))]));
        Assert.Equal([.. Order(session).Where(l => l != "a"), "z"], Order(SequencingSession.Restore(newer, session.Save())));
    }

    private static SequencingSession Eight(Randomization random, ulong seed = 7) =>
        SequencingSession.Start(Tree(Cluster("course", new SequencingDefinition { Control = Flows, Randomization = random }, [.. s_letters.Select(l => Leaf(l))])), seed: seed);

    private static List<string> Order(SequencingSession session) => [.. session.View.Contents.Skip(1).Select(e => e.Id)];
}
