namespace Lms.Standards.Scorm.Sequencing;

/// <summary>Begins attempts. (SN DB.1, DB.2)</summary>
internal sealed class Delivery(SequencingState state, RuleEvaluation rules, Termination termination)
{
    /// <summary>DB.1.1, Delivery Request Process: null when the activity can be delivered, or the exception.</summary>
    public string? Check(Activity activity)
    {
        if (!activity.IsLeaf) return "DB.1.1-1";
        if (!activity.Path().All(state.IsAvailable)) return "DB.1.1-2";
        return activity.Path().Any(rules.IsBarred) ? "DB.1.1-3" : null;
    }

    /// <summary>DB.2, Content Delivery Environment Process. True where a suspended attempt goes on, false where one begins.</summary>
    public bool Deliver(Activity activity)
    {
        if (activity != state.SuspendedActivity) ClearSuspended(activity);
        termination.TerminateDescendents(activity);
        var resumes = false;
        foreach (var each in activity.Path().Reverse())
        {
            var at = state.Of(each);
            if (at.Active) continue;
            resumes = at.Suspended;
            if (!at.Suspended && each.Definition.Sequencing.Delivery.Tracked) Begin(each, at);
            (at.Active, at.Suspended) = (true, false);
        }
        state.Current = activity;
        state.SuspendedActivity = null;
        return resumes;
    }

    private void Begin(Activity activity, ActivityState at)
    {
        at.BeginAttempt();
        if (activity.Control.UseCurrentAttemptObjectiveInfo)
            foreach (var child in state.Available(activity)) MakeObjectivesStale(child);
        if (activity.Control.UseCurrentAttemptProgressInfo)
            foreach (var child in state.Available(activity)) MakeProgressStale(child);
    }

    private void MakeObjectivesStale(Activity activity)
    {
        if (state.Of(activity).KnowsAnything) state.Of(activity).StaleObjectives = true;
        if (!activity.Control.UseCurrentAttemptObjectiveInfo) return;
        foreach (var child in state.Available(activity)) MakeObjectivesStale(child);
    }

    private void MakeProgressStale(Activity activity)
    {
        if (state.Of(activity).KnowsAnything) state.Of(activity).StaleProgress = true;
        if (!activity.Control.UseCurrentAttemptProgressInfo) return;
        foreach (var child in state.Available(activity)) MakeProgressStale(child);
    }

    /// <summary>DB.2.1, Clear Suspended Activity Subprocess: what the learner does not go back to is no longer suspended.</summary>
    private void ClearSuspended(Activity activity)
    {
        if (state.SuspendedActivity is not { } suspended) return;
        var common = Activity.CommonAncestor(activity, suspended);
        foreach (var each in suspended.PathBelow(common))
            state.Of(each).Suspended = !each.IsLeaf && state.Available(each).Any(c => state.Of(c).Suspended);
        state.SuspendedActivity = null;
    }
}
