namespace Lms.Standards.Scorm.Manifest;

/// <summary>The sequencing definition model of one activity; what a manifest leaves out has its default. (SN 3, <c>imsss:sequencing</c>)</summary>
public sealed record SequencingDefinition
{
    /// <summary>Which ways through the children are open.</summary>
    public ControlMode Control { get; init; } = new();

    /// <summary>Limits on the attempts.</summary>
    public LimitConditions Limits { get; init; } = new();

    /// <summary>Rules weighed before the activity is delivered, while it is active, and after it.</summary>
    public IReadOnlyList<SequencingRule> Rules { get; init; } = [];

    /// <summary>How the children's results become the activity's.</summary>
    public RollupDefinition Rollup { get; init; } = new();

    /// <summary>Objectives; the primary one first, when there is one.</summary>
    public IReadOnlyList<ObjectiveDefinition> Objectives { get; init; } = [];

    /// <summary>Selection and order of the children.</summary>
    public Randomization Randomization { get; init; } = new();

    /// <summary>What is tracked, and who sets it.</summary>
    public DeliveryControls Delivery { get; init; } = new();

    /// <summary>What choice may reach. (<c>adlseq:constrainedChoiceConsiderations</c>)</summary>
    public ConstrainedChoice Choice { get; init; } = new();

    /// <summary>When the activity counts in its parent's rollup. (<c>adlseq:rollupConsiderations</c>)</summary>
    public RollupConsiderations Considerations { get; init; } = new();
}

/// <summary>Sequencing control modes. (SN 3.2)</summary>
public sealed record ControlMode
{
    /// <summary>Children may be chosen.</summary>
    public bool Choice { get; init; } = true;

    /// <summary>While active, something outside may be chosen.</summary>
    public bool ChoiceExit { get; init; } = true;

    /// <summary>Continue and previous go through the children.</summary>
    public bool Flow { get; init; }

    /// <summary>There is no way back among the children.</summary>
    public bool ForwardOnly { get; init; }

    /// <summary>Rollup and rules of the children count objectives of the current attempt only.</summary>
    public bool UseCurrentAttemptObjectiveInfo { get; init; } = true;

    /// <summary>Rollup and rules of the children count progress of the current attempt only.</summary>
    public bool UseCurrentAttemptProgressInfo { get; init; } = true;
}

/// <summary>Limit conditions. SCORM asks that the attempt limit be weighed; a time limit is told to the content object. (SN 3.5)</summary>
public sealed record LimitConditions
{
    /// <summary>How many attempts are allowed.</summary>
    public int? AttemptLimit { get; init; }

    /// <summary>How long an attempt may take, as an ISO 8601 duration; <c>cmi.max_time_allowed</c>.</summary>
    public string? AttemptAbsoluteDuration { get; init; }
}

/// <summary>Where in the process a rule is weighed.</summary>
public enum RuleKind
{
    /// <summary>Before delivery, and for what may be chosen.</summary>
    Pre,

    /// <summary>After the activity has ended.</summary>
    Post,

    /// <summary>After something beneath it has ended.</summary>
    Exit,
}

/// <summary>What a rule does. (SN 3.4.5)</summary>
public enum RuleAction
{
    /// <summary>Pre: flow goes past it.</summary>
    Skip,

    /// <summary>Pre: it can't be delivered.</summary>
    Disabled,

    /// <summary>Pre: it can't be chosen.</summary>
    HiddenFromChoice,

    /// <summary>Pre: nothing after it can be reached.</summary>
    StopForwardTraversal,

    /// <summary>Exit: it ends.</summary>
    Exit,

    /// <summary>Post: its parent ends.</summary>
    ExitParent,

    /// <summary>Post: everything ends.</summary>
    ExitAll,

    /// <summary>Post: it begins anew.</summary>
    Retry,

    /// <summary>Post: everything begins anew.</summary>
    RetryAll,

    /// <summary>Post: on to the next.</summary>
    Continue,

    /// <summary>Post: back to the one before.</summary>
    Previous,
}

/// <summary>Conditions of sequencing and rollup rules. (SN 3.4.2, 3.7.4)</summary>
public enum RuleCondition
{
    /// <summary>The objective is satisfied.</summary>
    Satisfied,

    /// <summary>It is known whether the objective is satisfied.</summary>
    ObjectiveStatusKnown,

    /// <summary>The objective has a measure.</summary>
    ObjectiveMeasureKnown,

    /// <summary>The measure is above the threshold.</summary>
    ObjectiveMeasureGreaterThan,

    /// <summary>The measure is below the threshold.</summary>
    ObjectiveMeasureLessThan,

    /// <summary>The activity is complete.</summary>
    Completed,

    /// <summary>It is known whether the activity is complete.</summary>
    ActivityProgressKnown,

    /// <summary>There was an attempt.</summary>
    Attempted,

    /// <summary>There may be no more attempts.</summary>
    AttemptLimitExceeded,

    /// <summary>Time is up; SCORM does not weigh it.</summary>
    TimeLimitExceeded,

    /// <summary>It isn't the time; SCORM does not weigh it.</summary>
    OutsideAvailableTimeRange,

    /// <summary>Always.</summary>
    Always,
}

/// <summary>A condition of a rule.</summary>
public sealed record Condition
{
    /// <summary>What is asked.</summary>
    public RuleCondition Asks { get; init; }

    /// <summary>Whether the answer is turned round.</summary>
    public bool Not { get; init; }

    /// <summary>Objective that is asked about; null for the primary one.</summary>
    public string? Objective { get; init; }

    /// <summary>Threshold from -1 to 1 of the two conditions that compare a measure.</summary>
    public decimal MeasureThreshold { get; init; }
}

/// <summary>A sequencing rule. (SN 3.4)</summary>
public sealed record SequencingRule
{
    /// <summary>When it is weighed.</summary>
    public RuleKind Kind { get; init; }

    /// <summary>Whether one condition is enough.</summary>
    public bool Any { get; init; }

    /// <summary>Conditions.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>What it does.</summary>
    public RuleAction Action { get; init; }
}
