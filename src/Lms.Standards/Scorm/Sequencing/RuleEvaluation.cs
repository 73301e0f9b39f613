using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>Weighs conditions, rules and limits. (SN UP.1, UP.2, UP.5)</summary>
internal sealed class RuleEvaluation(SequencingState state, Tracking tracking)
{
    private bool?[]? _known;

    /// <summary>UP.1, Limit Conditions Check Process. Of the limits, SCORM asks that the number of attempts be weighed.</summary>
    public bool IsOverLimit(Activity activity)
    {
        if (!activity.Tracked) return false;
        var at = state.Of(activity);
        return !at.Active && !at.Suspended && activity.Definition.Sequencing.Limits.AttemptLimit is { } limit && at.Attempts >= limit;
    }

    /// <summary>UP.2, Sequencing Rules Check Process: the action of the first rule that applies.</summary>
    public RuleAction? Check(Activity activity, SequencingRule[] rules)
    {
        foreach (var rule in rules)
            if (Applies(activity, rule.Conditions, rule.Any, inRollup: false) == true) return rule.Action;
        return null;
    }

    /// <summary>UP.5, Check Activity Process: whether the activity can't be delivered.</summary>
    public bool IsBarred(Activity activity) => Know(activity, 0);

    public bool IsSkipped(Activity activity) => Know(activity, 1);

    public bool IsHidden(Activity activity) => Know(activity, 2);

    public bool StopsForward(Activity activity) => Know(activity, 3);

    /// <summary>Answers each question once while nothing changes, for all that a view asks.</summary>
    public T WhileNothingChanges<T>(Func<T> ask)
    {
        _known = new bool?[state.Tree.All.Count * 4];
        try
        {
            return ask();
        }
        finally
        {
            _known = null;
        }
    }

    private bool Know(Activity activity, int question) =>
        _known is null ? Weigh(activity, question) : _known[(activity.Index * 4) + question] ??= Weigh(activity, question);

    private bool Weigh(Activity activity, int question) => question switch
    {
        0 => activity.IsHeading || Check(activity, activity.Disabled) is not null || IsOverLimit(activity)
            || (activity.Prerequisites is { } prerequisites && !prerequisites.AreMet(StatusOf)),
        1 => activity.IsHeading || Check(activity, activity.Skip) is not null,
        2 => Check(activity, activity.Hidden) is not null,
        _ => Check(activity, activity.Stop) is not null,
    };

    /// <summary>UP.2.1, Sequencing Rule Check Subprocess, and RB.1.4.1, Evaluate Rollup Conditions Subprocess: true, false, or not known.</summary>
    public bool? Applies(Activity activity, IReadOnlyList<Condition> conditions, bool any, bool inRollup)
    {
        bool? result = conditions.Count == 0 ? null : !any;
        foreach (var condition in conditions)
        {
            var answer = Ask(activity, condition, inRollup);
            if (condition.Not) answer = !answer;
            if (any && answer == true) return true;
            if (!any && answer != true) return answer;
            if (answer is null) result = null;
        }
        return result;
    }

    private bool? Ask(Activity activity, Condition condition, bool inRollup)
    {
        var objective = Objective(activity, condition.Objective);
        switch (condition.Asks)
        {
            case RuleCondition.Always: return true;
            case RuleCondition.Attempted: return state.Of(activity).Attempts > 0;
            case RuleCondition.AttemptLimitExceeded:
                return activity.Definition.Sequencing.Limits.AttemptLimit is { } limit ? activity.Tracked && state.Of(activity).Attempts >= limit : null;
            // SCORM 2004 does not weigh time.
            case RuleCondition.TimeLimitExceeded or RuleCondition.OutsideAvailableTimeRange: return null;
        }
        if (objective is null || !activity.Tracked)
            return condition.Asks is RuleCondition.ObjectiveStatusKnown or RuleCondition.ObjectiveMeasureKnown or RuleCondition.ActivityProgressKnown ? false : null;
        return condition.Asks switch
        {
            RuleCondition.Satisfied => tracking.Satisfied(activity, objective, inRollup),
            RuleCondition.ObjectiveStatusKnown => tracking.Satisfied(activity, objective, inRollup) is not null,
            RuleCondition.ObjectiveMeasureKnown => tracking.Measure(activity, objective, inRollup) is not null,
            RuleCondition.ObjectiveMeasureGreaterThan => tracking.Measure(activity, objective, inRollup) is { } more ? more > condition.MeasureThreshold : null,
            RuleCondition.ObjectiveMeasureLessThan => tracking.Measure(activity, objective, inRollup) is { } less ? less < condition.MeasureThreshold : null,
            RuleCondition.Completed => tracking.Completed(activity, objective, inRollup),
            _ => tracking.Completed(activity, objective, inRollup) is not null,
        };
    }

    private static ObjectiveDefinition? Objective(Activity activity, string? id)
    {
        if (id is null) return activity.Objectives[0];
        foreach (var objective in activity.Objectives)
            if (objective.Identifier == id) return objective;
        return null;
    }

    private string StatusOf(string id)
    {
        if (state.Tree.Find(id) is not { } activity) return "";
        var primary = activity.Objectives[0];
        if (tracking.Satisfied(activity, primary) is { } satisfied) return satisfied ? "passed" : "failed";
        if (tracking.Completed(activity, primary) is { } completed) return completed ? "completed" : "incomplete";
        return state.Of(activity).Attempts > 0 ? "incomplete" : "not attempted";
    }
}
