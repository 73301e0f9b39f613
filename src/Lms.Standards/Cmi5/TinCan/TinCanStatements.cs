using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5.TinCan;

/// <summary>What statements of a plain xAPI package may be about, and what they mean for it. There is no session: only the launch's learner and registration.</summary>
public static class TinCanStatements
{
    private const string Adl = "http://adlnet.gov/expapi/verbs/";

    /// <summary>Why a statement may not be recorded; null when it may.</summary>
    /// <param name="statement">A statement that <see cref="StatementValidator"/> has passed.</param>
    /// <param name="actor">The learner, as <see cref="AgentKey"/> names them.</param>
    /// <param name="registration">The registration of the launch.</param>
    public static SessionBreach? Breach(JsonElement statement, string actor, Guid registration)
    {
        if (statement.GetProperty("verb"u8).GetProperty("id"u8).ValueEquals(Verbs.VoidedId)) return new("voiding", "Content may not void statements.");
        if (AgentKey.Of(statement.GetProperty("actor"u8)) != actor) return new("actor", "The actor is not the learner for whom the content was launched.");
        return statement.TryGetProperty("context"u8, out var context) && context.TryGetProperty("registration"u8, out var told) && (!Guid.TryParse(told.GetString(), out var id) || id != registration)
            ? new("registration", "The registration is not that of the launch.")
            : null;
    }

    /// <summary>What a statement says of the activity that was launched; null when it is about something else, or says nothing that counts.</summary>
    public static TinCanOutcome? Outcome(JsonElement statement, string activityId)
    {
        var target = statement.GetProperty("object"u8);
        if (!target.TryGetProperty("id"u8, out var id) || !id.ValueEquals(activityId)) return null;
        var verb = statement.GetProperty("verb"u8).GetProperty("id"u8).GetString();
        var result = statement.TryGetProperty("result"u8, out var given) ? given : (JsonElement?)null;
        var completed = verb == Adl + "completed" || Flag(result, "completion") == true;
        var passed = verb switch { Adl + "passed" => true, Adl + "failed" => false, _ => Flag(result, "success") };
        return completed || passed.HasValue ? new TinCanOutcome(completed, passed, ResultRules.ScoreOf(statement)) : null;
    }

    private static bool? Flag(JsonElement? result, string name) =>
        result?.TryGetProperty(name, out var value) == true && value.ValueKind is (JsonValueKind.True or JsonValueKind.False) ? value.GetBoolean() : null;
}

/// <summary>What a statement says of an activity.</summary>
/// <param name="Completed">Whether it says that it is complete.</param>
/// <param name="Passed">Whether it was passed; null where it was not judged.</param>
/// <param name="Score">The score that came with it.</param>
public sealed record TinCanOutcome(bool Completed, bool? Passed, Score? Score);
