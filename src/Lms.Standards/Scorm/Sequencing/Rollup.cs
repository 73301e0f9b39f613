using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>Makes of the children's results those of the clusters around them. (SN RB.1)</summary>
internal sealed class Rollup(SequencingState state, Tracking tracking, RuleEvaluation rules)
{
    /// <summary>Holds where an activity has no rules of its own for a result. (SN 4.6.3)</summary>
    private static readonly RollupRule[] s_defaultSatisfaction = [Default(RollupAction.NotSatisfied, RuleCondition.ObjectiveStatusKnown), Default(RollupAction.Satisfied, RuleCondition.Satisfied)];
    private static readonly RollupRule[] s_defaultCompletion = [Default(RollupAction.Incomplete, RuleCondition.ActivityProgressKnown), Default(RollupAction.Completed, RuleCondition.Completed)];

    /// <summary>
    /// RB.1.5, Overall Rollup Process: from the activity up to the root; and from each activity that reads a global objective which one of these writes.
    /// </summary>
    public void Run(Activity activity)
    {
        var clusters = new HashSet<Activity>(activity.Path().Where(a => !a.IsLeaf));
        foreach (var writer in activity.Path())
            foreach (var map in writer.Objectives.SelectMany(o => o.Maps).Where(m => m.Write != ObjectiveParts.None))
                foreach (var reader in state.Tree.ReadersOf(map.Target)) AddAround(clusters, reader);
        foreach (var cluster in clusters.OrderByDescending(c => c.Depth).ThenByDescending(c => c.Index)) RollUp(cluster);
    }

    private static void AddAround(HashSet<Activity> clusters, Activity reader)
    {
        var at = reader.Parent;
        while (at is not null && clusters.Add(at)) at = at.Parent;
    }

    private void RollUp(Activity cluster)
    {
        if (!cluster.Tracked) return;
        var children = state.Available(cluster);
        RollUpMeasure(cluster, children);
        RollUpProgressMeasure(cluster, children);
        RollUpObjective(cluster, children);
        RollUpCompletion(cluster, children);
    }

    /// <summary>RB.1.1a, Measure Rollup Process: the weighted mean, in which what has no measure counts as nothing.</summary>
    private void RollUpMeasure(Activity cluster, IReadOnlyList<Activity> children)
    {
        decimal total = 0, weights = 0;
        var known = false;
        foreach (var child in children)
        {
            if (!child.Tracked) continue;
            var weight = child.Definition.Sequencing.Rollup.MeasureWeight;
            weights += weight;
            if (weight == 0 || tracking.Measure(child, child.Objectives[0], inRollup: true) is not { } measure) continue;
            total += measure * weight;
            known = true;
        }
        tracking.SetMeasure(cluster, cluster.Objectives[0], known && weights > 0 ? total / weights : null);
    }

    /// <summary>RB.1.1b, Completion Measure Rollup Process.</summary>
    private void RollUpProgressMeasure(Activity cluster, IReadOnlyList<Activity> children)
    {
        decimal total = 0, weights = 0;
        var known = false;
        foreach (var child in children)
        {
            if (!child.Tracked) continue;
            var weight = child.Definition.Completion.ProgressWeight;
            weights += weight;
            if (weight == 0 || tracking.Progress(child, child.Objectives[0], inRollup: true) is not { } progress) continue;
            total += progress * weight;
            known = true;
        }
        tracking.SetProgress(cluster, cluster.Objectives[0], known && weights > 0 ? total / weights : null);
    }

    /// <summary>RB.1.2, Objective Rollup Process: by measure (a), which <see cref="Tracking.SetMeasure"/> has done, or by rules (b).</summary>
    private void RollUpObjective(Activity cluster, IReadOnlyList<Activity> children)
    {
        var primary = cluster.Objectives[0];
        if (primary.SatisfiedByMeasure) return;
        var own = cluster.Definition.Sequencing.Rollup.Rules.Where(r => r.Action is RollupAction.Satisfied or RollupAction.NotSatisfied).ToList();
        IReadOnlyList<RollupRule> all = own.Count > 0 ? own : s_defaultSatisfaction;
        if (AnyApplies(all, RollupAction.Satisfied, children)) tracking.SetSatisfied(cluster, primary, true);
        else if (AnyApplies(all, RollupAction.NotSatisfied, children)) tracking.SetSatisfied(cluster, primary, false);
    }

    /// <summary>RB.1.3, Activity Progress Rollup Process: by measure (a), which <see cref="Tracking.SetProgress"/> has done, or by rules (b).</summary>
    private void RollUpCompletion(Activity cluster, IReadOnlyList<Activity> children)
    {
        if (cluster.Definition.Completion.CompletedByMeasure) return;
        var own = cluster.Definition.Sequencing.Rollup.Rules.Where(r => r.Action is RollupAction.Completed or RollupAction.Incomplete).ToList();
        IReadOnlyList<RollupRule> all = own.Count > 0 ? own : s_defaultCompletion;
        if (AnyApplies(all, RollupAction.Completed, children)) tracking.SetCompleted(cluster, cluster.Objectives[0], true);
        else if (AnyApplies(all, RollupAction.Incomplete, children)) tracking.SetCompleted(cluster, cluster.Objectives[0], false);
    }

    private bool AnyApplies(IReadOnlyList<RollupRule> all, RollupAction action, IReadOnlyList<Activity> children)
    {
        foreach (var rule in all)
            if (rule.Action == action && Applies(rule, children)) return true;
        return false;
    }

    /// <summary>RB.1.4, Rollup Rule Check Subprocess.</summary>
    private bool Applies(RollupRule rule, IReadOnlyList<Activity> children)
    {
        int yes = 0, no = 0, unknown = 0;
        foreach (var child in children)
        {
            if (!Counts(child, rule.Action)) continue;
            switch (rules.Applies(child, rule.Conditions, !rule.All, inRollup: true))
            {
                case true: yes++; break;
                case false: no++; break;
                default: unknown++; break;
            }
        }
        var all = yes + no + unknown;
        return rule.Children switch
        {
            ChildSet.All => no + unknown == 0,
            ChildSet.Any => yes > 0,
            ChildSet.None => yes + unknown == 0,
            ChildSet.AtLeastCount => all > unknown && yes >= rule.MinimumCount,
            _ => all > unknown && yes >= rule.MinimumPercent * all,
        };
    }

    /// <summary>RB.1.4.2, Check Child for Rollup Subprocess.</summary>
    private bool Counts(Activity child, RollupAction action)
    {
        if (!child.Tracked) return false;
        var definition = child.Definition.Sequencing;
        if (action is RollupAction.Satisfied or RollupAction.NotSatisfied ? !definition.Rollup.ObjectiveSatisfied : !definition.Rollup.ProgressCompletion) return false;
        var at = state.Of(child);
        return (action switch
        {
            RollupAction.Satisfied => definition.Considerations.Satisfied,
            RollupAction.NotSatisfied => definition.Considerations.NotSatisfied,
            RollupAction.Completed => definition.Considerations.Completed,
            _ => definition.Considerations.Incomplete,
        }) switch
        {
            Consideration.IfNotSuspended => !(at.Attempts > 0 && at.Suspended),
            Consideration.IfAttempted => at.Attempts > 0,
            Consideration.IfNotSkipped => !rules.IsSkipped(child),
            _ => true,
        };
    }

    private static RollupRule Default(RollupAction action, RuleCondition condition) => new() { Action = action, Conditions = [new Condition { Asks = condition }] };
}
