namespace Lms.Standards.Scorm.Sequencing;

/// <summary>Where a walk through the tree arrived.</summary>
/// <param name="At">The activity that was reached, or the last one that was looked at.</param>
/// <param name="Delivers">Whether it can be delivered.</param>
/// <param name="EndsSession">Whether the walk left the tree at its end.</param>
/// <param name="Exception">Why it can't be delivered.</param>
internal readonly record struct Flow(Activity At, bool Delivers, bool EndsSession, string? Exception);

/// <summary>One step through the tree.</summary>
internal readonly record struct Step(Activity? To, bool Forward, bool EndsSession, string? Exception);

/// <summary>Walks forward and backward through the available activities. It changes nothing. (SN SB.2.1 to SB.2.3)</summary>
internal sealed class FlowTraversal(SequencingState state, RuleEvaluation rules)
{
    /// <summary>SB.2.3, Flow Subprocess.</summary>
    public Flow Run(Activity from, bool forward, bool considerChildren)
    {
        var step = Next(from, forward, considerChildren, previousBackward: false);
        return step.To is null ? new Flow(from, false, step.EndsSession, step.Exception) : Arrive(step.To, step.Forward, forward);
    }

    /// <summary>SB.2.2, Flow Activity Traversal Subprocess; skipping, and entering clusters, repeat it.</summary>
    private Flow Arrive(Activity activity, bool stepForward, bool forward)
    {
        // A walk backward turns round where it enters a cluster that only goes forward.
        var previousBackward = !forward && stepForward;
        if (previousBackward) forward = true;
        while (true)
        {
            if (activity.Parent is not { Control.Flow: true }) return new Flow(activity, false, false, "SB.2.2-1");
            Step step;
            if (rules.IsSkipped(activity))
            {
                step = Next(activity, forward, considerChildren: false, previousBackward);
                if (previousBackward && step is { To: not null, Forward: false }) (forward, previousBackward) = (false, false);
            }
            else
            {
                if (rules.IsBarred(activity)) return new Flow(activity, false, false, "SB.2.2-2");
                if (activity.IsLeaf) return new Flow(activity, true, false, null);
                step = Next(activity, forward, considerChildren: true, previousBackward: false);
                previousBackward = !forward && step.Forward;
                if (previousBackward) forward = true;
            }
            if (step.To is null) return new Flow(activity, false, step.EndsSession, step.Exception);
            activity = step.To;
        }
    }

    /// <summary>SB.2.1, Flow Tree Traversal Subprocess.</summary>
    private Step Next(Activity from, bool forward, bool considerChildren, bool previousBackward)
    {
        var reversed = previousBackward && from.Parent is not null && state.IsLast(from);
        if (reversed)
        {
            forward = false;
            from = state.Available(from.Parent!)[0];
        }
        var enters = considerChildren && !from.IsLeaf;
        var children = state.Available(from);
        if (enters && children.Count == 0) return new Step(null, forward, false, "SB.2.1-2");
        if (forward) return enters ? new Step(children[0], true, false, null) : NextForward(from);
        if (from.Parent is null && !enters) return new Step(null, false, false, "SB.2.1-3");
        if (!enters) return NextBackward(from, reversed);
        return from.Control.ForwardOnly ? new Step(children[0], true, false, null) : new Step(children[^1], false, false, null);
    }

    private Step NextForward(Activity from)
    {
        var at = from;
        while (at.Parent is not null && state.IsLast(at)) at = at.Parent;
        // The walk leaves the tree: the session ends.
        if (at.Parent is null) return new Step(null, true, true, null);
        return new Step(state.Available(at.Parent)[state.Place(at) + 1], true, false, null);
    }

    private Step NextBackward(Activity from, bool reversed)
    {
        for (var at = from; at.Parent is { } parent; at = parent, reversed = false)
        {
            if (!reversed && parent.Control.ForwardOnly) return new Step(null, false, false, "SB.2.1-4");
            if (state.Place(at) > 0) return new Step(state.Available(parent)[state.Place(at) - 1], false, false, null);
        }
        return new Step(null, false, false, "SB.2.1-3");
    }
}
