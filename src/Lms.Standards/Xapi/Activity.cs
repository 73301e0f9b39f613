using System.Text.Json.Nodes;

namespace Lms.Standards.Xapi;

/// <summary>Something that can be done: a course, a lesson, a question. (Data 2.4.4.1)</summary>
/// <param name="Id">IRI that means this activity and no other.</param>
public sealed record Activity(string Id) : StatementObject
{
    /// <summary>What the activity is; null when the id alone will do.</summary>
    public ActivityDefinition? Definition { get; init; }
}

/// <summary>What an activity is. (Data 2.4.4.1)</summary>
public sealed record ActivityDefinition
{
    /// <summary>Name by language tag.</summary>
    public IReadOnlyDictionary<string, string>? Name { get; init; }

    /// <summary>Description by language tag; of a question, what it asks.</summary>
    public IReadOnlyDictionary<string, string>? Description { get; init; }

    /// <summary>IRI of the type, one of <see cref="ActivityTypes"/> or another.</summary>
    public string? Type { get; init; }

    /// <summary>IRL of a page about the activity.</summary>
    public string? MoreInfo { get; init; }

    /// <summary>How a question is answered; null when the activity is no question.</summary>
    public Interaction? Interaction { get; init; }

    /// <summary>More properties, keyed by IRI.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Extensions { get; init; }

    internal bool IsEmpty => Name is null or { Count: 0 } && Description is null or { Count: 0 } && Type is null
        && MoreInfo is null && Interaction is null && Extensions is null or { Count: 0 };
}
