using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>
/// Reads and writes what is known of objectives, through their maps to global objectives. Of an activity that isn't tracked nothing is written, but its
/// content reads what others wrote. (SN 3.8.2, 4.2.1)
/// </summary>
internal sealed class Tracking(SequencingState state)
{
    public bool? Satisfied(Activity activity, ObjectiveDefinition objective, bool inRollup = false)
    {
        if (objective.SatisfiedByMeasure)
        {
            // RB.1.2a: while the activity is active, its measure decides only where it may.
            if (!MeasureDecides(activity, objective)) return null;
            return Measure(activity, objective, inRollup) is { } measure ? measure >= objective.MinNormalizedMeasure : null;
        }
        if (Reads(objective, ObjectiveParts.Satisfied) is { } map) return Global(map)?.Satisfied;
        return inRollup && state.Of(activity).StaleObjectives ? null : Local(activity, objective)?.Satisfied;
    }

    public decimal? Measure(Activity activity, ObjectiveDefinition objective, bool inRollup = false)
    {
        if (Reads(objective, ObjectiveParts.Measure) is { } map) return Global(map)?.Measure;
        return inRollup && state.Of(activity).StaleObjectives ? null : Local(activity, objective)?.Measure;
    }

    public bool? Completed(Activity activity, ObjectiveDefinition objective, bool inRollup = false)
    {
        if (objective.IsPrimary && activity.Definition.Completion is { CompletedByMeasure: true } threshold)
            return Progress(activity, objective, inRollup) is { } progress ? progress >= threshold.MinProgressMeasure : null;
        return StoredCompletion(activity, objective, inRollup);
    }

    /// <summary>What was said of completion, which for the activity as a whole its threshold may overrule.</summary>
    public bool? StoredCompletion(Activity activity, ObjectiveDefinition objective, bool inRollup = false)
    {
        if (Reads(objective, ObjectiveParts.Completion) is { } map && Global(map)?.Completed is { } known) return known;
        return inRollup && state.Of(activity).StaleProgress ? null : Local(activity, objective)?.Completed;
    }

    public decimal? Progress(Activity activity, ObjectiveDefinition objective, bool inRollup = false)
    {
        if (Reads(objective, ObjectiveParts.Progress) is { } map && Global(map)?.Progress is { } known) return known;
        return inRollup && state.Of(activity).StaleProgress ? null : Local(activity, objective)?.Progress;
    }

    public decimal? Score(Activity activity, ObjectiveDefinition objective, ObjectiveParts part) =>
        Part(Reads(objective, part) is { } map ? Global(map) : Local(activity, objective), part);

    public void SetSatisfied(Activity activity, ObjectiveDefinition objective, bool? satisfied)
    {
        if (!activity.Tracked || objective.SatisfiedByMeasure) return;
        ForceSatisfied(activity, objective, satisfied);
    }

    /// <summary>The content object says that it isn't known, which even a global objective is told.</summary>
    public void UnsetSatisfied(Activity activity, ObjectiveDefinition objective)
    {
        if (!activity.Tracked || objective.SatisfiedByMeasure) return;
        state.Of(activity).Objective(Key(objective)).Satisfied = null;
        Write(objective, ObjectiveParts.Satisfied, global => global.Satisfied = null);
    }

    /// <summary>The same for completion.</summary>
    public void UnsetCompleted(Activity activity, ObjectiveDefinition objective)
    {
        if (!activity.Tracked || (objective.IsPrimary && activity.Definition.Completion.CompletedByMeasure)) return;
        state.Of(activity).Objective(Key(objective)).Completed = null;
        Write(objective, ObjectiveParts.Completion, global => global.Completed = null);
    }

    public void SetMeasure(Activity activity, ObjectiveDefinition objective, decimal? measure)
    {
        if (!activity.Tracked) return;
        var local = state.Of(activity).Objective(Key(objective));
        if (measure is null && local.Measure is null) return;
        local.Measure = measure;
        Write(objective, ObjectiveParts.Measure, global => global.Measure = measure);
        if (MeasureDecides(activity, objective)) ForceSatisfied(activity, objective, measure is null ? null : measure >= objective.MinNormalizedMeasure);
    }

    /// <summary>What the measure says of satisfaction, once the activity has ended.</summary>
    public void SettleMeasure(Activity activity, ObjectiveDefinition objective)
    {
        if (!activity.Tracked || !objective.SatisfiedByMeasure) return;
        var measure = Measure(activity, objective);
        ForceSatisfied(activity, objective, measure is null ? null : measure >= objective.MinNormalizedMeasure);
    }

    public void SetCompleted(Activity activity, ObjectiveDefinition objective, bool? completed)
    {
        if (!activity.Tracked || (objective.IsPrimary && activity.Definition.Completion.CompletedByMeasure)) return;
        ForceCompleted(activity, objective, completed);
    }

    public void SetProgress(Activity activity, ObjectiveDefinition objective, decimal? progress)
    {
        if (!activity.Tracked) return;
        var local = state.Of(activity).Objective(Key(objective));
        if (progress is null && local.Progress is null) return;
        local.Progress = progress;
        Write(objective, ObjectiveParts.Progress, global => global.Progress = progress);
        if (progress is not null && objective.IsPrimary && activity.Definition.Completion is { CompletedByMeasure: true } threshold)
            ForceCompleted(activity, objective, progress >= threshold.MinProgressMeasure);
    }

    public void SetScores(Activity activity, ObjectiveDefinition objective, decimal? raw, decimal? min, decimal? max)
    {
        if (!activity.Tracked) return;
        var local = state.Of(activity).Objective(Key(objective));
        if (raw is not null || local.Raw is not null) Write(objective, ObjectiveParts.Raw, global => global.Raw = raw);
        if (min is not null || local.Min is not null) Write(objective, ObjectiveParts.Min, global => global.Min = min);
        if (max is not null || local.Max is not null) Write(objective, ObjectiveParts.Max, global => global.Max = max);
        (local.Raw, local.Min, local.Max) = (raw, min, max);
    }

    /// <summary>What the attempt itself knows, whatever the global objectives say.</summary>
    public ObjectiveState? Local(Activity activity, ObjectiveDefinition objective) =>
        state.Of(activity).Objectives?.GetValueOrDefault(Key(objective));

    private void ForceSatisfied(Activity activity, ObjectiveDefinition objective, bool? satisfied)
    {
        var local = state.Of(activity).Objective(Key(objective));
        if (satisfied is null && local.Satisfied is null) return;
        local.Satisfied = satisfied;
        Write(objective, ObjectiveParts.Satisfied, global => global.Satisfied = satisfied);
    }

    private void ForceCompleted(Activity activity, ObjectiveDefinition objective, bool? completed)
    {
        var local = state.Of(activity).Objective(Key(objective));
        if (completed is null && local.Completed is null) return;
        local.Completed = completed;
        Write(objective, ObjectiveParts.Completion, global => global.Completed = completed);
    }

    private bool MeasureDecides(Activity activity, ObjectiveDefinition objective) => objective.SatisfiedByMeasure
        && (!objective.IsPrimary || !state.Of(activity).Active || activity.Definition.Sequencing.Considerations.MeasureSatisfactionIfActive);

    private void Write(ObjectiveDefinition objective, ObjectiveParts part, Action<ObjectiveState> write)
    {
        foreach (var map in objective.Maps)
            if (map.Write.HasFlag(part)) write(state.Objectives.Objective(map.Target));
    }

    private ObjectiveState? Global(ObjectiveMap map) => state.Objectives.Find(map.Target);

    // Of several maps that read the same, the last one counts.
    private static ObjectiveMap? Reads(ObjectiveDefinition objective, ObjectiveParts part)
    {
        for (var i = objective.Maps.Count - 1; i >= 0; i--)
            if (objective.Maps[i].Read.HasFlag(part)) return objective.Maps[i];
        return null;
    }

    private static string Key(ObjectiveDefinition objective) => objective.IsPrimary ? "" : objective.Identifier!;

    private static decimal? Part(ObjectiveState? objective, ObjectiveParts part) => part switch
    {
        ObjectiveParts.Raw => objective?.Raw,
        ObjectiveParts.Min => objective?.Min,
        _ => objective?.Max,
    };
}
