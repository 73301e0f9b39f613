using System.Text.Json.Serialization;

namespace Lms.Standards.Cmi5;

/// <summary>
/// A course as its <c>cmi5.xml</c> describes it. (cmi5 13) Blocks and units are lists in document order that point at the block around them: as a
/// block is never empty, their order among one another follows. The index of a unit in <see cref="Units"/> is how it is named outside.
/// </summary>
public sealed record CourseStructure
{
    /// <summary>The longest id, in characters; with the id of its registration it fits into a key of every database.</summary>
    public const int LongestId = 800;

    /// <summary>The publisher's IRI of the course.</summary>
    public required string Id { get; init; }

    /// <summary>Title by language tag; <c>und</c> where no language is said.</summary>
    public required IReadOnlyDictionary<string, string> Title { get; init; }

    /// <summary>Description by language tag.</summary>
    public required IReadOnlyDictionary<string, string> Description { get; init; }

    /// <summary>The objectives that blocks and units refer to.</summary>
    public IReadOnlyList<CourseObjective> Objectives { get; init; } = [];

    /// <summary>The blocks, an outer one before those in it.</summary>
    public IReadOnlyList<Block> Blocks { get; init; } = [];

    /// <summary>The assignable units, at least one.</summary>
    public required IReadOnlyList<AssignableUnit> Units { get; init; }
}

/// <summary>A learning objective. (13.1.3)</summary>
/// <param name="Id">The publisher's IRI.</param>
/// <param name="Title">Title by language tag.</param>
/// <param name="Description">Description by language tag.</param>
public sealed record CourseObjective(string Id, IReadOnlyDictionary<string, string> Title, IReadOnlyDictionary<string, string> Description);

/// <summary>Units and blocks that belong together. (13.1.2)</summary>
public sealed record Block
{
    /// <summary>The publisher's IRI.</summary>
    public required string Id { get; init; }

    /// <summary>Title by language tag.</summary>
    public required IReadOnlyDictionary<string, string> Title { get; init; }

    /// <summary>Description by language tag.</summary>
    public required IReadOnlyDictionary<string, string> Description { get; init; }

    /// <summary>Index of the block around it; null at the top.</summary>
    public int? Parent { get; init; }

    /// <summary>IRIs of its objectives.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];
}

/// <summary>An assignable unit: what is launched and tracked. (13.1.4)</summary>
public sealed record AssignableUnit
{
    /// <summary>The publisher's IRI.</summary>
    public required string Id { get; init; }

    /// <summary>Title by language tag.</summary>
    public required IReadOnlyDictionary<string, string> Title { get; init; }

    /// <summary>Description by language tag.</summary>
    public required IReadOnlyDictionary<string, string> Description { get; init; }

    /// <summary>Index of the block around it; null at the top.</summary>
    public int? Block { get; init; }

    /// <summary>IRIs of its objectives.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <summary>Where it starts, as written: relative to the package, or absolute.</summary>
    public required string Url { get; init; }

    /// <summary>The file of the package that <see cref="Url"/> names; null where it is absolute.</summary>
    public string? File { get; init; }

    /// <summary>Which window it may start in.</summary>
    public LaunchMethod LaunchMethod { get; init; }

    /// <summary>The scaled score that passes, 0 to 1; null where scores decide nothing.</summary>
    public decimal? MasteryScore { get; init; }

    /// <summary>What satisfies it.</summary>
    public MoveOn MoveOn { get; init; }

    /// <summary>IRI of the type of activity.</summary>
    public string? ActivityType { get; init; }

    /// <summary>Parameters for the unit, as its author wrote them.</summary>
    public string? LaunchParameters { get; init; }

    /// <summary>By which the unit knows whether this system may use it.</summary>
    public string? EntitlementKey { get; init; }
}

/// <summary>Which window a unit may start in. (8.1)</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LaunchMethod>))]
public enum LaunchMethod
{
    /// <summary>Any, a frame too.</summary>
    AnyWindow,

    /// <summary>A window of its own.</summary>
    OwnWindow,
}

/// <summary>What satisfies a unit. (13.1.4)</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MoveOn>))]
public enum MoveOn
{
    /// <summary>Nothing need be done.</summary>
    NotApplicable,

    /// <summary>It was passed.</summary>
    Passed,

    /// <summary>It was completed.</summary>
    Completed,

    /// <summary>Both.</summary>
    CompletedAndPassed,

    /// <summary>Either.</summary>
    CompletedOrPassed,
}

/// <summary>How a unit is launched. (10.2.2)</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LaunchMode>))]
public enum LaunchMode
{
    /// <summary>What the learner does counts.</summary>
    Normal,

    /// <summary>Looking around without judgement.</summary>
    Browse,

    /// <summary>Looking again at what was done.</summary>
    Review,
}
