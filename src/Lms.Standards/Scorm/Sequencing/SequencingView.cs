using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>A line of the table of contents.</summary>
public sealed record TocEntry
{
    /// <summary>Identifier of the activity.</summary>
    public required string Id { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Depth in what is shown; 0 for the course itself.</summary>
    public int Depth { get; init; }

    /// <summary>Whether it is the course itself.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Whether it can be launched, not just opened up.</summary>
    public bool IsLeaf { get; init; }

    /// <summary>Whether the learner is there.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>Whether it may be chosen now.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Whether it is complete.</summary>
    public Completion Completion { get; init; }

    /// <summary>Whether it was mastered.</summary>
    public Success Success { get; init; }
}

/// <summary>What the learner may do where he is: what the player shows, and what content finds in <c>adl.nav.request_valid</c>.</summary>
public sealed record SequencingView
{
    /// <summary>Identifier of the current activity; null before the first, and when the session has ended.</summary>
    public string? Current { get; init; }

    /// <summary>Whether the current activity's attempt is under way.</summary>
    public bool IsActive { get; init; }

    /// <summary>Whether the course may be started.</summary>
    public bool CanStart { get; init; }

    /// <summary>Whether there is something to resume.</summary>
    public bool CanResume { get; init; }

    /// <summary>Controls whose request is valid.</summary>
    public IReadOnlySet<LmsControl> Valid { get; init; } = new HashSet<LmsControl>();

    /// <summary>Controls that the current activity wants hidden: it has its own, or wants none.</summary>
    public IReadOnlySet<LmsControl> Hidden { get; init; } = new HashSet<LmsControl>();

    /// <summary>The table of contents: what is visible, in the order of this learner.</summary>
    public IReadOnlyList<TocEntry> Contents { get; init; } = [];

    /// <summary>Identifiers of all activities that may be chosen, visible or not.</summary>
    public IReadOnlySet<string> Choices { get; init; } = new HashSet<string>();

    /// <summary>Identifiers of all activities that content may jump to.</summary>
    public IReadOnlySet<string> Jumps { get; init; } = new HashSet<string>();
}
