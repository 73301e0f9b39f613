namespace Lms.Standards.Scorm.Manifest;

/// <summary>An activity as the manifest defines it: an organization or one of its items. (CAM 3.4.1.6, 3.4.1.8)</summary>
public sealed record ActivityDefinition
{
    /// <summary>Identifier, unique within its tree; case matters, white space is collapsed.</summary>
    public required string Identifier { get; init; }

    /// <summary>Title to show.</summary>
    public string Title { get; init; } = "";

    /// <summary>What is launched, parameters included; null for a cluster or a mere heading.</summary>
    public PackageAddress? Href { get; init; }

    /// <summary>What the launched resource is; null where nothing is launched.</summary>
    public ScormType? Type { get; init; }

    /// <summary>Identifier of the resource; null where nothing is launched.</summary>
    public string? Resource { get; init; }

    /// <summary>Whether the table of contents shows it.</summary>
    public bool IsVisible { get; init; } = true;

    /// <summary>How it is sequenced.</summary>
    public SequencingDefinition Sequencing { get; init; } = new();

    /// <summary>Controls of the LMS to hide while it is shown. (SN 5.6.1)</summary>
    public IReadOnlyList<LmsControl> HideLmsUi { get; init; } = [];

    /// <summary>Text that the content object finds in <c>cmi.launch_data</c>.</summary>
    public string? DataFromLms { get; init; }

    /// <summary>What the content object does when its time is up: <c>exit,message</c> and the like.</summary>
    public string? TimeLimitAction { get; init; }

    /// <summary>How progress makes it complete.</summary>
    public CompletionThreshold Completion { get; init; } = new();

    /// <summary>Buckets of data that it shares with others. (CAM 5.1.2, <c>adlcp:data</c>)</summary>
    public IReadOnlyList<SharedDataMap> SharedData { get; init; } = [];

    /// <summary>SCORM 1.2: raw score from 0 to 100 that passes.</summary>
    public decimal? MasteryScore { get; init; }

    /// <summary>SCORM 1.2: time allowed, as <c>HHHH:MM:SS.SS</c>.</summary>
    public string? MaxTimeAllowed { get; init; }

    /// <summary>SCORM 1.2: what must be done first, in AICC script.</summary>
    public string? Prerequisites { get; init; }

    /// <summary>Items within, in order.</summary>
    public IReadOnlyList<ActivityDefinition> Children { get; init; } = [];
}

/// <summary>How progress makes an activity complete. (CAM 5.1.1.1, <c>adlcp:completionThreshold</c>)</summary>
public sealed record CompletionThreshold
{
    /// <summary>Whether the progress measure decides.</summary>
    public bool CompletedByMeasure { get; init; }

    /// <summary>Progress from 0 to 1 at which it is complete.</summary>
    public decimal MinProgressMeasure { get; init; } = 1;

    /// <summary>Weight from 0 to 1 among its siblings.</summary>
    public decimal ProgressWeight { get; init; } = 1;
}

/// <summary>A bucket of shared data. (CAM 5.1.2.1)</summary>
public sealed record SharedDataMap
{
    /// <summary>Identifier of the bucket.</summary>
    public required string Target { get; init; }

    /// <summary>Whether the activity sees what is in the bucket.</summary>
    public bool Read { get; init; } = true;

    /// <summary>Whether the activity may change the bucket; the book's default is yes, though its schema says no.</summary>
    public bool Write { get; init; } = true;
}

/// <summary>Controls of an LMS's player. (CAM 5.2.1.3)</summary>
public enum LmsControl
{
    /// <summary>Go on to the next activity.</summary>
    Continue,

    /// <summary>Go back to the activity before.</summary>
    Previous,

    /// <summary>Leave the activity.</summary>
    Exit,

    /// <summary>Leave the course.</summary>
    ExitAll,

    /// <summary>Leave the activity without a result.</summary>
    Abandon,

    /// <summary>Leave the course without a result.</summary>
    AbandonAll,

    /// <summary>Pause the course.</summary>
    SuspendAll,
}
