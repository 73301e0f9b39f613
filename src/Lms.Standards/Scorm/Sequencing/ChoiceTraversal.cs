namespace Lms.Standards.Scorm.Sequencing;

/// <summary>What a choice leads to.</summary>
/// <param name="Delivers">The activity to deliver.</param>
/// <param name="Exception">Why there is none.</param>
/// <param name="Stranded">The common ancestor, where the chosen cluster could be reached but nothing in it delivered.</param>
internal readonly record struct Choice(Activity? Delivers, string? Exception, Activity? Stranded = null);

/// <summary>Whether a chosen activity can be reached from where the learner is. It changes nothing. (SN SB.2.4, SB.2.9)</summary>
internal sealed class ChoiceTraversal(SequencingState state, RuleEvaluation rules, FlowTraversal flow)
{
    /// <summary>SB.2.9, Choice Sequencing Request Process.</summary>
    public Choice Run(Activity target)
    {
        foreach (var activity in target.Path())
        {
            if (!state.IsAvailable(activity)) return new Choice(null, "SB.2.9-2");
            if (rules.IsHidden(activity)) return new Choice(null, "SB.2.9-3");
        }
        if (target.Parent is { Control.Choice: false }) return new Choice(null, "SB.2.9-4");
        var common = state.Current is { } current ? Activity.CommonAncestor(current, target) : state.Tree.Root;
        if (Reach(target, common) is { } barred) return new Choice(null, barred);
        if (target.IsLeaf) return new Choice(target, null);

        var arrived = flow.Run(target, forward: true, considerChildren: true);
        return arrived.Delivers ? new Choice(arrived.At, null) : new Choice(null, "SB.2.9-9", common);
    }

    private string? Reach(Activity target, Activity common)
    {
        var current = state.Current;
        if (current == target) return null;
        if (current is not null && current.Parent is not null && current.Parent == target.Parent) return AmongSiblings(current, target);
        if (current is null || current == common) return Down(common, target, forward: true);
        if (target == common) return current.PathBelow(target).Skip(1).Any(a => !a.Control.ChoiceExit) ? "SB.2.9-7" : null;
        return Across(current, target, common);
    }

    private string? AmongSiblings(Activity current, Activity target)
    {
        var siblings = state.Available(current.Parent!);
        var forward = state.Place(target) > state.Place(current);
        for (var at = state.Place(current); at >= 0 && siblings[at] != target; at += forward ? 1 : -1)
            if (Traverse(siblings[at], forward) is { } barred) return barred;
        return null;
    }

    private string? Across(Activity current, Activity target, Activity common)
    {
        Activity? constrained = null;
        // The current activity has ended; the clusters around it are what is left.
        foreach (var activity in current.PathBelow(common).Skip(1))
        {
            if (!activity.Control.ChoiceExit) return "SB.2.9-7";
            if (activity.Definition.Sequencing.Choice.ConstrainChoice) constrained ??= activity;
        }
        if (constrained is not null && target != constrained)
        {
            var consider = Neighbour(constrained, forward: state.IsBefore(constrained, target));
            if (!target.IsWithin(consider)) return "SB.2.9-8";
        }
        return Down(common, target, forward: state.IsBefore(current, target));
    }

    /// <summary>From the common ancestor down to the target's parent: what stops, and what may not be entered.</summary>
    private string? Down(Activity common, Activity target, bool forward)
    {
        foreach (var activity in target.Parent is null || target == common ? [] : target.Parent.PathBelow(common).Append(common).Reverse())
        {
            if (forward && Traverse(activity, forward: true) is { } barred) return barred;
            if (activity != common && !state.Of(activity).Active && activity.Definition.Sequencing.Choice.PreventActivation) return "SB.2.9-6";
        }
        return null;
    }

    /// <summary>SB.2.4, Choice Activity Traversal Subprocess.</summary>
    private string? Traverse(Activity activity, bool forward)
    {
        if (forward) return rules.StopsForward(activity) ? "SB.2.4-1" : null;
        if (activity.Parent is null) return "SB.2.4-3";
        return activity.Parent.Control.ForwardOnly ? "SB.2.4-2" : null;
    }

    /// <summary>SB.2.9.1 and SB.2.9.2, Choice Flow: the activity next to it on the way, wherever it is; itself where there is none.</summary>
    private Activity Neighbour(Activity from, bool forward)
    {
        for (var at = from; at.Parent is { } parent; at = parent)
        {
            var place = state.Place(at) + (forward ? 1 : -1);
            if (place >= 0 && place < state.Available(parent).Count) return state.Available(parent)[place];
        }
        return from;
    }
}
