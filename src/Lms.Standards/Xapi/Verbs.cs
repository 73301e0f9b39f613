namespace Lms.Standards.Xapi;

/// <summary>The verbs that this system says, from the ADL, cmi5 and Tin Can vocabularies.</summary>
public static class Verbs
{
    private const string Adl = "http://adlnet.gov/expapi/verbs/";
    private const string Cmi5 = "https://w3id.org/xapi/adl/verbs/";

    /// <summary>The IRI that the standard itself reserves. (Data 2.3.2)</summary>
    public const string VoidedId = Adl + "voided";

    /// <summary>Enrolled.</summary>
    public static Verb Registered { get; } = New(Adl + "registered", "registered", "s’est inscrit");

    /// <summary>Started content.</summary>
    public static Verb Launched { get; } = New(Adl + "launched", "launched", "a lancé");

    /// <summary>The content is ready.</summary>
    public static Verb Initialized { get; } = New(Adl + "initialized", "initialized", "a initialisé");

    /// <summary>Read, watched, listened to.</summary>
    public static Verb Experienced { get; } = New(Adl + "experienced", "experienced", "a étudié");

    /// <summary>Went a part of the way.</summary>
    public static Verb Progressed { get; } = New(Adl + "progressed", "progressed", "a progressé");

    /// <summary>Began an attempt.</summary>
    public static Verb Attempted { get; } = New(Adl + "attempted", "attempted", "a tenté");

    /// <summary>Answered a question.</summary>
    public static Verb Answered { get; } = New(Adl + "answered", "answered", "a répondu");

    /// <summary>Finished.</summary>
    public static Verb Completed { get; } = New(Adl + "completed", "completed", "a terminé");

    /// <summary>Reached the pass mark.</summary>
    public static Verb Passed { get; } = New(Adl + "passed", "passed", "a réussi");

    /// <summary>Missed the pass mark.</summary>
    public static Verb Failed { get; } = New(Adl + "failed", "failed", "a échoué");

    /// <summary>Was awarded a certificate or badge.</summary>
    public static Verb Earned { get; } = New("http://id.tincanapi.com/verb/earned", "earned", "a obtenu");

    /// <summary>Left content in an orderly way.</summary>
    public static Verb Terminated { get; } = New(Adl + "terminated", "terminated", "a quitté");

    /// <summary>Left content to go on later.</summary>
    public static Verb Suspended { get; } = New(Adl + "suspended", "suspended", "a interrompu");

    /// <summary>Went on with content that was left.</summary>
    public static Verb Resumed { get; } = New(Adl + "resumed", "resumed", "a repris");

    /// <summary>Answered a question of SCORM content, as its profile says it.</summary>
    public static Verb Responded { get; } = New(Adl + "responded", "responded", "a répondu");

    /// <summary>Met the rule for moving on; said by the LMS.</summary>
    public static Verb Satisfied { get; } = New(Cmi5 + "satisfied", "satisfied", "a satisfait");

    /// <summary>A session ended without word; said by the LMS.</summary>
    public static Verb Abandoned { get; } = New(Cmi5 + "abandoned", "abandoned", "a abandonné");

    /// <summary>Was excused from content; said by the LMS.</summary>
    public static Verb Waived { get; } = New(Cmi5 + "waived", "waived", "a été dispensé");

    /// <summary>Took back an earlier statement.</summary>
    public static Verb Voided { get; } = New(VoidedId, "voided", "a annulé");

    private static Verb New(string id, string en, string fr) => new(id, new Dictionary<string, string> { ["en"] = en, ["fr"] = fr });
}
