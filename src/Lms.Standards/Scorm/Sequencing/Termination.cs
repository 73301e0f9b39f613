using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>What came of a termination request.</summary>
/// <param name="Next">A sequencing request that the activity's own rules put in the place of the learner's.</param>
/// <param name="Exception">Why the request was not valid; with nothing next, nothing has changed.</param>
internal readonly record struct Terminated(SequencingRequest? Next, string? Exception);

/// <summary>Ends attempts. (SN UP.3, UP.4, TB.2.1 to TB.2.3)</summary>
internal sealed class Termination(SequencingState state, Tracking tracking, RuleEvaluation rules, Rollup rollup, Selection selection)
{
    /// <summary>TB.2.3, Termination Request Process.</summary>
    public Terminated Run(TerminationRequest request)
    {
        if (state.Current is not { } current) return new Terminated(null, "TB.2.3-1");
        if (request is TerminationRequest.Exit or TerminationRequest.Abandon && !state.Of(current).Active) return new Terminated(null, "TB.2.3-2");
        return request switch
        {
            TerminationRequest.Exit => Exit(current),
            TerminationRequest.ExitAll => ExitAll(null),
            TerminationRequest.SuspendAll => SuspendAll(current),
            TerminationRequest.Abandon => Abandon(current),
            _ => AbandonAll(current),
        };
    }

    private Terminated Exit(Activity current)
    {
        EndAttempt(current);
        ExitByRules(current);
        while (true)
        {
            current = state.Current!;
            var action = PostCondition(current);
            switch (action)
            {
                case RuleAction.ExitAll: return ExitAll(null);
                case RuleAction.RetryAll: return ExitAll(SequencingRequest.Retry);
                case RuleAction.ExitParent:
                    if (current.Parent is null) return new Terminated(SequencingRequest.Exit, "TB.2.3-4");
                    state.Current = current.Parent;
                    EndAttempt(current.Parent);
                    continue;
            }
            if (current.Parent is null && action == RuleAction.Retry) return ExitAll(SequencingRequest.Retry);
            if (current.Parent is null) return new Terminated(SequencingRequest.Exit, null);
            return new Terminated(action switch
            {
                RuleAction.Retry => SequencingRequest.Retry,
                RuleAction.Continue => SequencingRequest.Continue,
                RuleAction.Previous => SequencingRequest.Previous,
                _ => null,
            }, null);
        }
    }

    private Terminated ExitAll(SequencingRequest? next)
    {
        if (state.Of(state.Current!).Active) EndAttempt(state.Current!);
        EndAll();
        return new Terminated(next ?? SequencingRequest.Exit, null);
    }

    /// <summary>Ends every attempt, from the current activity's up to the root's.</summary>
    public void EndAll()
    {
        TerminateDescendents(state.Tree.Root);
        EndAttempt(state.Tree.Root);
        state.Current = state.Tree.Root;
    }

    private Terminated SuspendAll(Activity current)
    {
        var at = state.Of(current);
        if (!at.Active && !at.Suspended && current.Parent is null) return new Terminated(null, "TB.2.3-3");
        var suspended = at.Active || at.Suspended ? current : current.Parent!;
        if (suspended == current) rollup.Run(current);
        state.SuspendedActivity = suspended;
        foreach (var activity in suspended.Path()) (state.Of(activity).Active, state.Of(activity).Suspended) = (false, true);
        state.Current = state.Tree.Root;
        return new Terminated(SequencingRequest.Exit, null);
    }

    private Terminated Abandon(Activity current)
    {
        Forget(current);
        state.Of(current).Active = false;
        return new Terminated(SequencingRequest.Exit, null);
    }

    private Terminated AbandonAll(Activity current)
    {
        Forget(current);
        foreach (var activity in current.Path()) state.Of(activity).Active = false;
        state.Current = state.Tree.Root;
        return new Terminated(SequencingRequest.Exit, null);
    }

    // Nothing of an abandoned attempt is known.
    private void Forget(Activity current)
    {
        if (!state.Of(current).Active) return;
        var primary = current.Objectives[0];
        tracking.SetCompleted(current, primary, null);
        tracking.SetSatisfied(current, primary, null);
        tracking.SetMeasure(current, primary, null);
        tracking.SetProgress(current, primary, null);
    }

    /// <summary>TB.2.1, Sequencing Exit Action Rules Subprocess: the outermost activity whose exit rule applies ends.</summary>
    private void ExitByRules(Activity current)
    {
        foreach (var activity in current.Path().Skip(1).Reverse())
        {
            if (activity.Exit.Length == 0 || rules.Check(activity, activity.Exit) is null) continue;
            TerminateDescendents(activity);
            EndAttempt(activity);
            state.Current = activity;
            return;
        }
    }

    /// <summary>TB.2.2, Sequencing Post Condition Rules Subprocess.</summary>
    private RuleAction? PostCondition(Activity activity) => state.Of(activity).Suspended ? null : rules.Check(activity, activity.Post);

    /// <summary>UP.3, Terminate Descendent Attempts Process.</summary>
    public void TerminateDescendents(Activity activity)
    {
        if (state.Current is not { } current) return;
        var common = Activity.CommonAncestor(current, activity);
        if (current == common) return;
        foreach (var between in current.PathBelow(common).Skip(1)) EndAttempt(between);
    }

    /// <summary>UP.4, End Attempt Process.</summary>
    public void EndAttempt(Activity activity)
    {
        var at = state.Of(activity);
        var wasActive = at.Active;
        if (activity.IsLeaf)
        {
            if (activity.Tracked && !at.Suspended && wasActive) Assume(activity, at);
        }
        else
        {
            at.Suspended = state.Available(activity).Any(c => state.Of(c).Suspended);
            if (!at.Suspended) selection.PrepareNext(activity);
        }
        at.Active = false;
        tracking.SettleMeasure(activity, activity.Objectives[0]);
        rollup.Run(activity);
    }

    /// <summary>What a content object never spoke of is taken for done, where the activity lets it. (UP.4 1.1.1)</summary>
    private void Assume(Activity activity, ActivityState at)
    {
        var primary = activity.Objectives[0];
        var delivery = activity.Definition.Sequencing.Delivery;
        if (!delivery.CompletionSetByContent && !at.CompletionSet && tracking.Completed(activity, primary) is null)
            tracking.SetCompleted(activity, primary, true);
        if (!delivery.ObjectiveSetByContent && !at.SuccessSet && tracking.Satisfied(activity, primary) is null)
            tracking.SetSatisfied(activity, primary, true);
    }
}
