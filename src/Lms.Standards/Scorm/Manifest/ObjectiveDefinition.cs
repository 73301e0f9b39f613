namespace Lms.Standards.Scorm.Manifest;

/// <summary>An objective of an activity. (SN 3.8)</summary>
public sealed record ObjectiveDefinition
{
    /// <summary>Identifier; null for a primary objective without one.</summary>
    public string? Identifier { get; init; }

    /// <summary>Whether it stands for the activity as a whole, and so takes part in rollup.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>Whether the measure decides if it is satisfied.</summary>
    public bool SatisfiedByMeasure { get; init; }

    /// <summary>Measure from -1 to 1 that satisfies it.</summary>
    public decimal MinNormalizedMeasure { get; init; } = 1;

    /// <summary>Which global objectives it reads and writes.</summary>
    public IReadOnlyList<ObjectiveMap> Maps { get; init; } = [];
}

/// <summary>What an objective shares with a global objective. (SN 3.8.2, CAM 5.1.3.3)</summary>
public sealed record ObjectiveMap
{
    /// <summary>Identifier of the global objective.</summary>
    public required string Target { get; init; }

    /// <summary>What is read from the global objective where the objective has nothing of its own.</summary>
    public ObjectiveParts Read { get; init; } = ObjectiveParts.Satisfied | ObjectiveParts.Measure;

    /// <summary>What is written to the global objective.</summary>
    public ObjectiveParts Write { get; init; }
}

/// <summary>What there is to know of an objective.</summary>
[Flags]
public enum ObjectiveParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Satisfied or not.</summary>
    Satisfied = 1,

    /// <summary>Normalized measure.</summary>
    Measure = 2,

    /// <summary>Raw score.</summary>
    Raw = 4,

    /// <summary>Least score.</summary>
    Min = 8,

    /// <summary>Greatest score.</summary>
    Max = 16,

    /// <summary>Complete or not.</summary>
    Completion = 32,

    /// <summary>Progress measure.</summary>
    Progress = 64,
}

/// <summary>When children are selected or reordered. (SN 3.9, 3.10)</summary>
public enum RandomTiming
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>Before the first attempt.</summary>
    Once,

    /// <summary>Before each attempt.</summary>
    OnEachNewAttempt,
}

/// <summary>Selection and order of the children. (SN 3.9, 3.10)</summary>
public sealed record Randomization
{
    /// <summary>When the children are reordered.</summary>
    public RandomTiming Reorders { get; init; }

    /// <summary>Whether they are reordered at all.</summary>
    public bool ReorderChildren { get; init; }

    /// <summary>When children are selected.</summary>
    public RandomTiming Selects { get; init; }

    /// <summary>How many are selected; null for all.</summary>
    public int? SelectCount { get; init; }
}

/// <summary>Delivery controls. (SN 3.11)</summary>
public sealed record DeliveryControls
{
    /// <summary>Whether anything about the activity is kept.</summary>
    public bool Tracked { get; init; } = true;

    /// <summary>Whether only the content object says that it is complete.</summary>
    public bool CompletionSetByContent { get; init; }

    /// <summary>Whether only the content object says that its objective is satisfied.</summary>
    public bool ObjectiveSetByContent { get; init; }
}

/// <summary>What choice may reach. (SN 3.3)</summary>
public sealed record ConstrainedChoice
{
    /// <summary>Nothing beneath it may be chosen from outside while it isn't active.</summary>
    public bool PreventActivation { get; init; }

    /// <summary>Only its neighbours may be chosen from within it.</summary>
    public bool ConstrainChoice { get; init; }
}
