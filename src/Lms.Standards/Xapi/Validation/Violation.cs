namespace Lms.Standards.Xapi;

/// <summary>The version of xAPI that a request speaks.</summary>
public enum XapiVersion
{
    /// <summary>1.0.0 to 1.0.3.</summary>
    V1,

    /// <summary>2.0 (IEEE 9274.1.1).</summary>
    V2,
}

/// <summary>Where and how a statement breaks the standard.</summary>
/// <param name="Path">JSON path from the statement, for example <c>$.context.contextActivities.parent[0].id</c>.</param>
/// <param name="Rule">Stable short name of the rule, for example <c>iri</c> or <c>required</c>.</param>
/// <param name="Message">What is wrong, one sentence.</param>
/// <param name="Cure">What to do, one sentence.</param>
/// <param name="Requirement">Number in ADL's list of LRS requirements, <c>XAPI-00034</c>; null where the list has none.</param>
public sealed record Violation(string Path, string Rule, string Message, string Cure, string? Requirement);
