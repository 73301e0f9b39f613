namespace Lms.Web.Tests.Xapi;

/// <summary>Statements as text, for tests that look at how they are written.</summary>
internal static class Statements
{
    public const string Actor = """{"mbox":"mailto:ana@example.org","name":"Ana"}""";

    /// <summary>A statement about an activity.</summary>
    public static string Of(string activity, string verb = "http://example.org/verbs/did", string actor = Actor, string more = "") =>
        $$"""{"actor":{{actor}},"verb":{"id":"{{verb}}"},"object":{"id":"{{activity}}"}{{more}}}""";

    public static string Voiding(Guid target) => Referring(target, "http://adlnet.gov/expapi/verbs/voided");

    /// <summary>A statement about another one.</summary>
    public static string Referring(Guid target, string verb = "http://example.org/verbs/commented") =>
        $$$"""{"actor":{{{Actor}}},"verb":{"id":"{{{verb}}}"},"object":{"objectType":"StatementRef","id":"{{{target}}}"}}""";

    /// <summary>An activity that no other test uses.</summary>
    public static string NewActivity() => $"http://example.org/activities/{Guid.NewGuid():N}";
}
