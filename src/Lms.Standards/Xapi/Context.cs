using System.Text.Json.Nodes;

namespace Lms.Standards.Xapi;

/// <summary>The circumstances of a statement. (Data 2.4.6)</summary>
public sealed record Context
{
    /// <summary>The enrolment or package registration.</summary>
    public Guid? Registration { get; init; }

    /// <summary>Who taught.</summary>
    public Actor? Instructor { get; init; }

    /// <summary>The team that acted.</summary>
    public Group? Team { get; init; }

    /// <summary>The activities around the object.</summary>
    public ContextActivities? ContextActivities { get; init; }

    /// <summary>Version of the activity, for example a course version's content hash. Only where the object is an activity.</summary>
    public string? Revision { get; init; }

    /// <summary>The system it happened on. Only where the object is an activity.</summary>
    public string? Platform { get; init; }

    /// <summary>RFC 5646 tag of the language it happened in.</summary>
    public string? Language { get; init; }

    /// <summary>Another statement that belongs to the circumstances.</summary>
    public StatementRef? Statement { get; init; }

    /// <summary>More properties, keyed by IRI.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Extensions { get; init; }

    internal bool IsEmpty => Registration is null && Instructor is null && Team is null
        && ContextActivities is null or { IsEmpty: true } && Revision is null && Platform is null
        && Language is null && Statement is null && Extensions is null or { Count: 0 };
}

/// <summary>The activities around a statement's object. (Data 2.4.6.2)</summary>
public sealed record ContextActivities
{
    /// <summary>What the object is directly part of: of a question, its assessment.</summary>
    public IReadOnlyList<Activity> Parent { get; init; } = [];

    /// <summary>What it belongs to further up: the course, the programme.</summary>
    public IReadOnlyList<Activity> Grouping { get; init; } = [];

    /// <summary>Tags, and the profile that the statement follows.</summary>
    public IReadOnlyList<Activity> Category { get; init; } = [];

    /// <summary>Anything else.</summary>
    public IReadOnlyList<Activity> Other { get; init; } = [];

    internal bool IsEmpty => Parent.Count + Grouping.Count + Category.Count + Other.Count == 0;
}
