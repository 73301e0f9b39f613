using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5;

/// <summary>The result of a cmi5 defined statement of a unit. (9.5, 9.6.2.2, 9.6.3.2)</summary>
internal static class ResultRules
{
    public static SessionBreach? Breach(AuSession session, JsonElement statement, AuVerbs verb)
    {
        var result = statement.TryGetProperty("result"u8, out var given) ? given : (JsonElement?)null;
        return Success(Flag(result, "success"), verb)
            ?? Completion(Flag(result, "completion"), verb)
            ?? Duration(result, verb)
            ?? Category(statement, Flag(result, "success") ?? Flag(result, "completion"))
            ?? Score(session, statement, result, verb);
    }

    public static Score? ScoreOf(JsonElement statement)
    {
        if (!statement.TryGetProperty("result"u8, out var result) || !result.TryGetProperty("score"u8, out var score)) return null;
        return new Score(Number(score, "scaled"), Number(score, "raw"), Number(score, "min"), Number(score, "max"));
    }

    private static SessionBreach? Success(bool? success, AuVerbs verb) => (verb, success) switch
    {
        (AuVerbs.Passed, not true) => new("9.5.2.0-1 (d1)", "“passed” must have the success true."),
        (AuVerbs.Failed, not false) => new("9.5.2.0-2 (d)", "“failed” must have the success false."),
        (AuVerbs.Passed or AuVerbs.Failed, _) or (_, null) => null,
        _ => new("9.5.2.0-3 (d)", "Only “passed” and “failed” may have a success."),
    };

    private static SessionBreach? Completion(bool? completion, AuVerbs verb) => (verb, completion) switch
    {
        (AuVerbs.Completed, not true) => new("9.5.3.0-1 (d1)", "“completed” must have the completion true."),
        (AuVerbs.Completed, _) or (_, null) => null,
        _ => new("9.5.3.0-2 (d)", "Only “completed” may have a completion."),
    };

    private static SessionBreach? Duration(JsonElement? result, AuVerbs verb)
    {
        if (result?.TryGetProperty("duration"u8, out _) == true) return null;
        return verb switch
        {
            AuVerbs.Terminated => new("9.5.4.1-1 (d)", "“terminated” must have a duration."),
            AuVerbs.Completed => new("9.5.4.1-2 (d)", "“completed” must have a duration."),
            AuVerbs.Passed => new("9.5.4.1-3 (d)", "“passed” must have a duration."),
            AuVerbs.Failed => new("9.5.4.1-4 (d)", "“failed” must have a duration."),
            _ => null,
        };
    }

    private static SessionBreach? Category(JsonElement statement, bool? judgement)
    {
        var marked = ContextRules.Lists(statement, "category", Categories.MoveOn);
        if (marked == judgement.HasValue) return null;
        return marked
            ? new("9.6.2.2-2 (d)", "The category moveOn is only for statements with a success or a completion.")
            : new("9.6.2.2-1", "A statement with a success or a completion must have the category moveOn.");
    }

    private static SessionBreach? Score(AuSession session, JsonElement statement, JsonElement? result, AuVerbs verb)
    {
        if (result?.TryGetProperty("score"u8, out _) != true) return null;
        if (verb is not (AuVerbs.Passed or AuVerbs.Failed)) return new("9.5.1.0-2 (d)", "Only “passed” and “failed” may have a score.");

        var score = ScoreOf(statement)!;
        if (score.Raw is not null && score.Min is null) return new("9.5.1.0-3 (d1)", "A raw score needs its min.");
        if (score.Raw is not null && score.Max is null) return new("9.5.1.0-3 (d2)", "A raw score needs its max.");
        if (score.Scaled is < 0 or > 1) return new("9.5.1.0-1", "A scaled score is from 0 to 1.");
        if (session.MasteryScore is not { } mastery) return null;

        if (verb == AuVerbs.Passed && score.Scaled < mastery) return new("9.3.4.0-2 (d2)", $"The score is below the mastery score, {mastery}.");
        if (verb == AuVerbs.Failed && score.Scaled >= mastery) return new("9.3.5.0-2 (d)", $"The score reaches the mastery score, {mastery}.");
        var told = ContextRules.Extension(statement, ContextExtensions.MasteryScore);
        return told is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var said) && said == mastery
            ? null
            : new("9.6.3.2-2 (d)", $"A “passed” or “failed” with a score must hold the mastery score, {mastery}, in its context.");
    }

    private static bool? Flag(JsonElement? result, string name) =>
        result?.TryGetProperty(name, out var value) == true && value.ValueKind is (JsonValueKind.True or JsonValueKind.False) ? value.GetBoolean() : null;

    private static decimal? Number(JsonElement score, string name) =>
        score.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;
}
