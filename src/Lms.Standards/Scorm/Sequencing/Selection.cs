using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>Selects and reorders children. (SN SR.1, SR.2)</summary>
internal sealed class Selection(SequencingState state)
{
    /// <summary>Prepares every cluster for a session: what happens once, or before each attempt, happens before the first.</summary>
    public void Prepare()
    {
        foreach (var cluster in state.Tree.All)
        {
            if (cluster.IsLeaf) continue;
            var at = state.Of(cluster);
            if (!at.ChildrenSelected) Select(cluster, RandomTiming.Once, RandomTiming.OnEachNewAttempt);
            if (!at.ChildrenRandomized) Randomize(cluster, RandomTiming.Once, RandomTiming.OnEachNewAttempt);
        }
    }

    /// <summary>Prepares a cluster whose attempt has ended for the next.</summary>
    public void PrepareNext(Activity cluster)
    {
        Select(cluster, RandomTiming.OnEachNewAttempt);
        Randomize(cluster, RandomTiming.OnEachNewAttempt);
    }

    /// <summary>SR.1, Select Children Process: so many, chosen by chance, in their own order.</summary>
    private void Select(Activity cluster, params ReadOnlySpan<RandomTiming> timings)
    {
        var definition = cluster.Definition.Sequencing.Randomization;
        if (!timings.Contains(definition.Selects)) return;
        state.Of(cluster).ChildrenSelected = true;
        if (definition.SelectCount is not (> 0 and var count) || count >= cluster.Children.Count) return;
        var chosen = Shuffled(cluster.Children)[..count];
        state.SetAvailable(cluster, [.. chosen.OrderBy(c => c.Position)]);
    }

    /// <summary>SR.2, Randomize Children Process.</summary>
    private void Randomize(Activity cluster, params ReadOnlySpan<RandomTiming> timings)
    {
        var definition = cluster.Definition.Sequencing.Randomization;
        if (!timings.Contains(definition.Reorders)) return;
        state.Of(cluster).ChildrenRandomized = true;
        if (definition.ReorderChildren) state.SetAvailable(cluster, Shuffled(state.Available(cluster)));
    }

    private Activity[] Shuffled(IReadOnlyList<Activity> children)
    {
        Activity[] order = [.. children];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = state.Next(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order;
    }
}
