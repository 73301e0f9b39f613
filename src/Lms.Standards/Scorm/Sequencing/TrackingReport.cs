namespace Lms.Standards.Scorm.Sequencing;

/// <summary>Whether something is complete.</summary>
public enum Completion
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Begun, or not even that.</summary>
    Incomplete,

    /// <summary>Complete.</summary>
    Completed,
}

/// <summary>Whether something was mastered.</summary>
public enum Success
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Not mastered.</summary>
    Failed,

    /// <summary>Mastered.</summary>
    Passed,
}

/// <summary>
/// What a content object says of its attempt, all of it, each time: what is null it has not set. <see cref="Completion.Unknown"/> and
/// <see cref="Success.Unknown"/> are for a content object that says so itself, which is not the same. (RTE 4.2)
/// </summary>
public record ObjectiveReport
{
    /// <summary><c>completion_status</c>.</summary>
    public Completion? Completion { get; init; }

    /// <summary><c>success_status</c>.</summary>
    public Success? Success { get; init; }

    /// <summary><c>score.scaled</c>, from -1 to 1.</summary>
    public decimal? Scaled { get; init; }

    /// <summary><c>score.raw</c>.</summary>
    public decimal? Raw { get; init; }

    /// <summary><c>score.min</c>.</summary>
    public decimal? Min { get; init; }

    /// <summary><c>score.max</c>.</summary>
    public decimal? Max { get; init; }

    /// <summary><c>progress_measure</c>, from 0 to 1.</summary>
    public decimal? Progress { get; init; }
}

/// <summary>What a content object says of its attempt and of its objectives.</summary>
public sealed record TrackingReport : ObjectiveReport
{
    /// <summary>Objectives by identifier; those that the activity does not define count for nothing.</summary>
    public IReadOnlyDictionary<string, ObjectiveReport> Objectives { get; init; } = new Dictionary<string, ObjectiveReport>();

    /// <summary>Whether it left to be continued: <c>cmi.exit</c> is <c>suspend</c>.</summary>
    public bool Suspends { get; init; }
}

/// <summary>An objective as the run-time environment shows it to the content. (RTE 4.2.17)</summary>
public sealed record ObjectiveStatus : ObjectiveReport
{
    /// <summary>Identifier; null for a primary objective without one.</summary>
    public string? Id { get; init; }

    /// <summary>Whether it is the primary one.</summary>
    public bool IsPrimary { get; init; }
}

/// <summary>A bucket of shared data as the run-time environment shows it to the content. (RTE 4.3)</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Store">What is in it; null when there is nothing, or when the activity may not read it.</param>
/// <param name="Readable">Whether the activity may read it.</param>
/// <param name="Writable">Whether the activity may change it.</param>
public sealed record SharedData(string Id, string? Store, bool Readable, bool Writable);

/// <summary>What is known of an activity.</summary>
public sealed record ActivityStatus
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Number of attempts.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether an attempt is under way.</summary>
    public bool Active { get; init; }

    /// <summary>Whether the attempt waits to be continued.</summary>
    public bool Suspended { get; init; }

    /// <summary>Whether it is complete.</summary>
    public Completion Completion { get; init; }

    /// <summary>Whether it was mastered.</summary>
    public Success Success { get; init; }

    /// <summary>Normalized measure, from -1 to 1.</summary>
    public decimal? Scaled { get; init; }

    /// <summary>Progress, from 0 to 1.</summary>
    public decimal? Progress { get; init; }

    /// <summary>Its objectives.</summary>
    public IReadOnlyList<ObjectiveStatus> Objectives { get; init; } = [];
}
