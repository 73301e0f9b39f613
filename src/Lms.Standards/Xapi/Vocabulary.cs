namespace Lms.Standards.Xapi;

/// <summary>IRIs of activity types, from the ADL, cmi5, Activity Streams and Tin Can vocabularies.</summary>
public static class ActivityTypes
{
    private const string Adl = "http://adlnet.gov/expapi/activities/";

    /// <summary>A course.</summary>
    public const string Course = Adl + "course";

    /// <summary>A part of a course.</summary>
    public const string Module = Adl + "module";

    /// <summary>A lesson.</summary>
    public const string Lesson = Adl + "lesson";

    /// <summary>An assessment.</summary>
    public const string Assessment = Adl + "assessment";

    /// <summary>A question with an <see cref="Xapi.Interaction"/>.</summary>
    public const string Interaction = Adl + "cmi.interaction";

    /// <summary>A question of any other form.</summary>
    public const string Question = Adl + "question";

    /// <summary>A learning objective.</summary>
    public const string Objective = Adl + "objective";

    /// <summary>A tag that says which profile a statement follows.</summary>
    public const string Profile = Adl + "profile";

    /// <summary>A certificate.</summary>
    public const string Certificate = "https://www.opigno.org/en/tincan_registry/activity_type/certificate";

    /// <summary>A badge.</summary>
    public const string Badge = "http://activitystrea.ms/schema/1.0/badge";

    /// <summary>A course in the sense of cmi5.</summary>
    public const string Cmi5Course = "https://w3id.org/xapi/cmi5/activitytype/course";

    /// <summary>A block of a cmi5 course.</summary>
    public const string Cmi5Block = "https://w3id.org/xapi/cmi5/activitytype/block";
}

/// <summary>IRIs of context extensions, from the cmi5 and Tin Can vocabularies.</summary>
public static class ContextExtensions
{
    private const string Cmi5 = "https://w3id.org/xapi/cmi5/context/extensions/";

    /// <summary>The session, a string.</summary>
    public const string SessionId = Cmi5 + "sessionid";

    /// <summary>The pass mark, 0 to 1.</summary>
    public const string MasteryScore = Cmi5 + "masteryscore";

    /// <summary><c>Normal</c>, <c>Browse</c> or <c>Review</c>.</summary>
    public const string LaunchMode = Cmi5 + "launchmode";

    /// <summary>The address launched.</summary>
    public const string LaunchUrl = Cmi5 + "launchurl";

    /// <summary>Parameters for the content.</summary>
    public const string LaunchParameters = Cmi5 + "launchparameters";

    /// <summary>The rule for moving on.</summary>
    public const string MoveOn = Cmi5 + "moveon";

    /// <summary>Which attempt a statement belongs to.</summary>
    public const string Attempt = "http://id.tincanapi.com/extension/attempt-id";
}

/// <summary>IRIs of result extensions, from the cmi5 vocabulary.</summary>
public static class ResultExtensions
{
    /// <summary>How far a learner has come, in whole percent.</summary>
    public const string Progress = "https://w3id.org/xapi/cmi5/result/extensions/progress";

    /// <summary>Why content was waived.</summary>
    public const string Reason = "https://w3id.org/xapi/cmi5/result/extensions/reason";
}

/// <summary>Category activities by which cmi5 marks its statements.</summary>
public static class Categories
{
    /// <summary>The statement is one that cmi5 defines.</summary>
    public const string Cmi5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5";

    /// <summary>The statement counts for moving on.</summary>
    public const string MoveOn = "https://w3id.org/xapi/cmi5/context/categories/moveon";
}

/// <summary>IRIs that say what an attachment is for.</summary>
public static class AttachmentUsages
{
    /// <summary>A JSON web signature of the statement. (Data 2.6)</summary>
    public const string Signature = "http://adlnet.gov/expapi/attachments/signature";

    /// <summary>A certificate of completion.</summary>
    public const string Certificate = "http://id.tincanapi.com/attachment/certificate-of-completion";
}
