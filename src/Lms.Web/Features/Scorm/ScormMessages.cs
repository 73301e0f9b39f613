using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lms.Web.Features.Scorm;

/// <summary>What a window sends: what happened in it, in order.</summary>
public sealed record ScormCommits(IReadOnlyList<ScormCommitMessage> Commits);

/// <summary>A commit as the window's queue keeps it.</summary>
/// <param name="Session">The window's number.</param>
/// <param name="Sequence">The commit's number in its window, from 1.</param>
/// <param name="Delivery">What was shown; 0 for nothing.</param>
/// <param name="At">By the device's clock, in milliseconds since 1970.</param>
/// <param name="Changes">Elements that were set, in the order of their setting.</param>
/// <param name="Calls">Calls of the API: milliseconds, name, arguments, answer, error code.</param>
/// <param name="Dropped">How many calls are not listed.</param>
/// <param name="Initialized">The content began its session.</param>
/// <param name="Terminated">The content ended its session, or was taken away.</param>
/// <param name="Wish">What the content asks for by <c>adl.nav.request</c>.</param>
/// <param name="Request">What the learner asks for; it counts before the content's wish.</param>
/// <param name="Target">The activity that a choice is about.</param>
public sealed record ScormCommitMessage(
    int Session, int Sequence, int Delivery, long At, IReadOnlyDictionary<string, string>? Changes = null, JsonElement? Calls = null, int Dropped = 0,
    bool Initialized = false, bool Terminated = false, string? Wish = null, string? Request = null, string? Target = null);

/// <summary>The server's answer: what is to be shown, and what is possible now.</summary>
public sealed record ScormReply
{
    public int Session { get; init; }
    /// <summary>The activity that is being shown; null between activities.</summary>
    public string? Activity { get; init; }
    /// <summary>What to show instead of what is shown.</summary>
    public ScormDelivery? Delivery { get; init; }
    /// <summary>What the shell shows; null when it has not changed.</summary>
    public ScormView? View { get; init; }
    /// <summary>Elements that the server says: which navigation is possible.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }
    /// <summary>Why the session has ended: <c>suspended</c>, <c>finished</c> or <c>abandoned</c>.</summary>
    public string? Ended { get; init; }
    /// <summary>What the learner must be told: <c>refused</c>.</summary>
    public string? Message { get; init; }
}

/// <summary>A content object and all that it will find.</summary>
public sealed record ScormDelivery(
    int Number, string Activity, string Standard, string Href, string Title,
    IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, int> Access);

/// <summary>What the shell shows.</summary>
/// <param name="Nav">The controls by their names.</param>
/// <param name="Begin">The request that begins or resumes, when nothing is shown and it is possible.</param>
/// <param name="Done">How many of the parts that can be opened are done.</param>
/// <param name="Result"><c>passed</c>, <c>failed</c>, <c>completed</c> or <c>incomplete</c>.</param>
public sealed record ScormView(
    IReadOnlyList<ScormTocItem> Toc, IReadOnlyDictionary<string, ScormControl> Nav, string? Begin, int Done, int Total, string Result);

public sealed record ScormControl(bool Enabled, bool Hidden);

/// <param name="Status"><c>done</c>, <c>failed</c>, <c>begun</c> or nothing.</param>
public sealed record ScormTocItem(string Id, string Title, int Depth, bool Enabled, string Status);

/// <summary>What a commit came to.</summary>
public abstract record ScormOutcome
{
    private ScormOutcome() { }

    public sealed record Done(ScormReply Reply) : ScormOutcome;

    /// <summary>Another window has taken the course over.</summary>
    public sealed record Elsewhere : ScormOutcome;

    /// <summary>The window's token is no longer good.</summary>
    public sealed record Expired : ScormOutcome;

    public sealed record Malformed(string Reason) : ScormOutcome;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScormCommits))]
[JsonSerializable(typeof(ScormOpening))]
[JsonSerializable(typeof(ScormReply))]
[JsonSerializable(typeof(ScormView))]
internal sealed partial class ScormJson : JsonSerializerContext
{
    /// <summary>For what people and other systems read: words instead of numbers.</summary>
    public static JsonSerializerOptions Readable { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

/// <summary>What a window asks for when it opens.</summary>
public sealed record ScormOpening(string? Start);
