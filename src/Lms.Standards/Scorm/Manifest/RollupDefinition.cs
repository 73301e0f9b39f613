namespace Lms.Standards.Scorm.Manifest;

/// <summary>How the children's results become the activity's. (SN 3.7)</summary>
public sealed record RollupDefinition
{
    /// <summary>Whether its satisfaction counts for its parent.</summary>
    public bool ObjectiveSatisfied { get; init; } = true;

    /// <summary>Whether its completion counts for its parent.</summary>
    public bool ProgressCompletion { get; init; } = true;

    /// <summary>Weight from 0 to 1 of its measure among its siblings'.</summary>
    public decimal MeasureWeight { get; init; } = 1;

    /// <summary>Rules; the defaults hold where there are none for a result.</summary>
    public IReadOnlyList<RollupRule> Rules { get; init; } = [];
}

/// <summary>Which children must meet the conditions. (SN 3.7.3)</summary>
public enum ChildSet
{
    /// <summary>All that count.</summary>
    All,

    /// <summary>At least one.</summary>
    Any,

    /// <summary>None.</summary>
    None,

    /// <summary>At least so many.</summary>
    AtLeastCount,

    /// <summary>At least such a part.</summary>
    AtLeastPercent,
}

/// <summary>What a rollup rule sets. (SN 3.7.5)</summary>
public enum RollupAction
{
    /// <summary>The primary objective is satisfied.</summary>
    Satisfied,

    /// <summary>The primary objective is not satisfied.</summary>
    NotSatisfied,

    /// <summary>The activity is complete.</summary>
    Completed,

    /// <summary>The activity is incomplete.</summary>
    Incomplete,
}

/// <summary>A rollup rule. (SN 3.7.2)</summary>
public sealed record RollupRule
{
    /// <summary>Which children must meet the conditions.</summary>
    public ChildSet Children { get; init; }

    /// <summary>How many children, for <see cref="ChildSet.AtLeastCount"/>.</summary>
    public int MinimumCount { get; init; }

    /// <summary>Part of the children from 0 to 1, for <see cref="ChildSet.AtLeastPercent"/>.</summary>
    public decimal MinimumPercent { get; init; }

    /// <summary>Whether a child must meet all conditions, not just one.</summary>
    public bool All { get; init; }

    /// <summary>Conditions on a child.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>What it sets.</summary>
    public RollupAction Action { get; init; }
}

/// <summary>When an activity counts. (SN 3.7.6)</summary>
public enum Consideration
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Once it was attempted.</summary>
    IfAttempted,

    /// <summary>Unless a rule skips it.</summary>
    IfNotSkipped,

    /// <summary>Unless it is suspended.</summary>
    IfNotSuspended,
}

/// <summary>When an activity counts in its parent's rollup. (SN 3.7.6)</summary>
public sealed record RollupConsiderations
{
    /// <summary>For the parent's being satisfied.</summary>
    public Consideration Satisfied { get; init; }

    /// <summary>For the parent's not being satisfied.</summary>
    public Consideration NotSatisfied { get; init; }

    /// <summary>For the parent's being complete.</summary>
    public Consideration Completed { get; init; }

    /// <summary>For the parent's being incomplete.</summary>
    public Consideration Incomplete { get; init; }

    /// <summary>Whether its own measure satisfies it while it is still active.</summary>
    public bool MeasureSatisfactionIfActive { get; init; } = true;
}
