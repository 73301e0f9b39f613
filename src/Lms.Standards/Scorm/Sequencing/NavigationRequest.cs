namespace Lms.Standards.Scorm.Sequencing;

/// <summary>The kinds of navigation requests. (SN 5.4, NB.2.1)</summary>
public enum NavigationKind
{
    /// <summary>Begin at the beginning.</summary>
    Start,

    /// <summary>Go on where everything was suspended.</summary>
    ResumeAll,

    /// <summary>On to the next.</summary>
    Continue,

    /// <summary>Back to the one before.</summary>
    Previous,

    /// <summary>To a chosen activity.</summary>
    Choice,

    /// <summary>To any activity, past all rules; only content asks for it.</summary>
    Jump,

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

/// <summary>Where the learner, or the content, wants to go.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Target">Identifier of the activity, for a choice and a jump.</param>
public sealed record NavigationRequest(NavigationKind Kind, string? Target = null)
{
    /// <summary>
    /// What content asked for by <c>adl.nav.request</c>: <c>continue</c>, <c>{target=intro}choice</c> and so on; null for <c>_none_</c> and for anything
    /// else that is no request. (RTE 4.4.1)
    /// </summary>
    public static NavigationRequest? Parse(string? request)
    {
        if (string.IsNullOrEmpty(request)) return null;
        if (request.StartsWith("{target=", StringComparison.Ordinal) && request.LastIndexOf('}') is var end and > 0)
        {
            var target = request[8..end].Trim();
            return request[(end + 1)..] switch
            {
                "choice" => new NavigationRequest(NavigationKind.Choice, target),
                "jump" => new NavigationRequest(NavigationKind.Jump, target),
                _ => null,
            };
        }
        return request switch
        {
            "continue" => new NavigationRequest(NavigationKind.Continue),
            "previous" => new NavigationRequest(NavigationKind.Previous),
            "exit" => new NavigationRequest(NavigationKind.Exit),
            "exitAll" => new NavigationRequest(NavigationKind.ExitAll),
            "abandon" => new NavigationRequest(NavigationKind.Abandon),
            "abandonAll" => new NavigationRequest(NavigationKind.AbandonAll),
            "suspendAll" => new NavigationRequest(NavigationKind.SuspendAll),
            _ => null,
        };
    }

    /// <summary>
    /// What happens when content terminates: what the learner pressed, if he did; else what the way it left asks for; else what it asked for itself;
    /// else nothing, and the learner stays. (RTE 4.2.8, 4.4.1)
    /// </summary>
    /// <param name="pressed">The control that the learner pressed; null for none.</param>
    /// <param name="exit"><c>cmi.exit</c>.</param>
    /// <param name="request"><c>adl.nav.request</c>.</param>
    public static NavigationRequest? AfterContent(NavigationRequest? pressed, string? exit, string? request) =>
        pressed ?? (exit is "time-out" or "logout" ? new NavigationRequest(NavigationKind.ExitAll) : Parse(request));
}

/// <summary>What came of a navigation request.</summary>
public sealed record NavigationOutcome
{
    /// <summary>Identifier of the activity to show now; null when nothing new is to be shown.</summary>
    public string? Delivered { get; init; }

    /// <summary>Whether a suspended attempt goes on, so that the content finds its data again.</summary>
    public bool Resumes { get; init; }

    /// <summary>Number of the attempt on the delivered activity, from 1 on; 0 when it isn't tracked.</summary>
    public int Attempt { get; init; }

    /// <summary>Whether the sequencing session has ended: the learner has left the course.</summary>
    public bool SessionEnded { get; init; }

    /// <summary>Exception code of the specification, such as <c>SB.2.9-5</c>; null when all went as asked.</summary>
    public string? ExceptionCode { get; init; }

    /// <summary>Whether the request was refused before anything changed: the content that is shown stays.</summary>
    public bool Refused { get; init; }
}
