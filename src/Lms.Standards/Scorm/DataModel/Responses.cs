using static Lms.Standards.Scorm.DataModel.ElementForms;

namespace Lms.Standards.Scorm.DataModel;

/// <summary>What a learner answers and what is right, for each type of interaction (SCORM 2004 RTE, 4.2.9.1 and 4.2.9.2).</summary>
internal static class Responses
{
    /// <summary>Whether an interaction of the type has one pattern at most.</summary>
    public static bool HasOnePattern(string? type) => type is "true-false" or "likert" or "numeric" or "other";

    /// <summary>Whether no two patterns of an interaction of the type are the same.</summary>
    public static bool HasDistinctPatterns(string? type) => type is "choice" or "sequencing";

    public static bool IsResponse(string? type, string value) => type switch
    {
        "true-false" => value is "true" or "false",
        "choice" => value.Length == 0 || (Each(value, IsIdentifier) && AreDistinct(value)),
        "fill-in" => Each(value, IsLocalized),
        "long-fill-in" => IsLocalized(value),
        "likert" => IsIdentifier(value),
        "matching" => value.Length == 0 || Each(value, IsPair),
        "performance" => value.Length == 0 || Each(value, step => IsStep(step, _ => true)),
        "sequencing" => value.Length == 0 || Each(value, IsIdentifier),
        "numeric" => IsReal(value),
        "other" => true,
        _ => false,
    };

    public static bool IsPattern(string? type, string value) => type switch
    {
        "fill-in" => Compared(value, "case_matters", "order_matters", "lang") is { } texts && Each(texts, IsLocalized),
        "long-fill-in" => Compared(value, "case_matters", "lang") is { } text && IsLocalized(text),
        "matching" => Each(value, IsPair),
        "performance" => Compared(value, "order_matters") is { } steps && Each(steps, step => IsStep(step, IsAnswerOrRange)),
        "sequencing" => Each(value, IsIdentifier),
        "numeric" => IsRange(value),
        _ => IsResponse(type, value),
    };

    /// <summary>Checks and takes off the delimiters that say how to compare, in any order; null when one of them is wrong.</summary>
    private static string? Compared(string text, params ReadOnlySpan<string> names)
    {
        for (var found = true; found;)
        {
            found = false;
            foreach (var name in names)
            {
                if (TakeDelimiter(text, name) is not { Value: { } value, Text: var rest }) continue;
                if (name == "lang") return IsLanguage(value) ? text : null;
                if (value is not ("true" or "false")) return null;
                (text, found) = (rest, true);
            }
        }
        return text;
    }

    private static bool Each(string text, Func<string, bool> isRight) => text.Split("[,]").All(isRight);

    private static bool AreDistinct(string text)
    {
        var parts = text.Split("[,]");
        return parts.Distinct(StringComparer.Ordinal).Count() == parts.Length;
    }

    private static bool IsPair(string text) => text.Split("[.]") is [var source, var target] && IsIdentifier(source) && IsIdentifier(target);

    private static bool IsStep(string text, Func<string, bool> isAnswer) =>
        text.Split("[.]") is [var step, var answer]
        && (step.Length > 0 || answer.Length > 0) && (step.Length == 0 || IsIdentifier(step)) && isAnswer(answer);

    private static bool IsAnswerOrRange(string text) => !text.Contains("[:]", StringComparison.Ordinal) || IsRange(text);

    private static bool IsRange(string text) =>
        text.Split("[:]") is [var least, var greatest]
        && (least.Length == 0 || IsReal(least)) && (greatest.Length == 0 || IsReal(greatest))
        && (least.Length == 0 || greatest.Length == 0 || ToNumber(least) <= ToNumber(greatest));
}
