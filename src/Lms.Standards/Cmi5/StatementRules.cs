using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5;

/// <summary>The rules for a statement of a unit. The first that it breaks is the answer.</summary>
internal static class StatementRules
{
    private const string Adl = "http://adlnet.gov/expapi/verbs/";

    private static readonly Dictionary<string, AuVerbs> s_verbs = new()
    {
        [Adl + "initialized"] = AuVerbs.Initialized,
        [Adl + "completed"] = AuVerbs.Completed,
        [Adl + "passed"] = AuVerbs.Passed,
        [Adl + "failed"] = AuVerbs.Failed,
        [Adl + "terminated"] = AuVerbs.Terminated,
    };

    public static SessionBreach? Breach(AuSession session, JsonElement statement)
    {
        if (Ended(session) is { } ended) return ended;
        if (VerbOf(statement) == Verbs.VoidedId) return new("6.3.0.0-1", "A unit may not void statements.");
        if (Form(statement) is { } form) return form;
        if (Actor(session, statement) is { } actor) return actor;

        var defined = IsDefined(statement);
        if (ContextRules.Breach(session, statement, defined) is { } context) return context;
        var verb = DefinedVerb(statement);
        if (defined && verb is null) return new("7.1.3.0-1", $"A unit may not use the verb {VerbOf(statement)} in a cmi5 defined statement.");
        if (Order(session, statement, verb) is { } order) return order;
        return verb is { } said ? Defined(session, statement, said) : null;
    }

    /// <summary>Why the session takes nothing any more.</summary>
    public static SessionBreach? Ended(AuSession session)
    {
        if (session.Abandoned) return new("9.3.6.0-2 (d2)", "The session was abandoned.");
        return session.Said.HasFlag(AuVerbs.Terminated) ? new("9.3.0.0-5 (d2)", "The session has ended with “terminated”.") : null;
    }

    public static DateTimeOffset? TimeOf(JsonElement statement) =>
        statement.TryGetProperty("timestamp"u8, out var text) && XapiTimestamp.TryParseIso8601(text.GetString(), out var time) ? time : null;

    /// <summary>The verb of a cmi5 defined statement of a unit; null for any other statement.</summary>
    public static AuVerbs? DefinedVerb(JsonElement statement) =>
        IsDefined(statement) && s_verbs.TryGetValue(VerbOf(statement), out var verb) ? verb : null;

    private static bool IsDefined(JsonElement statement) => ContextRules.Lists(statement, "category", Categories.Cmi5);

    private static string VerbOf(JsonElement statement) => statement.GetProperty("verb"u8).GetProperty("id"u8).GetString()!;

    private static SessionBreach? Form(JsonElement statement)
    {
        if (!statement.TryGetProperty("id"u8, out _)) return new("9.1.0.0-1 (d)", "The statement has no id.");
        if (!statement.TryGetProperty("timestamp"u8, out var time)) return new("9.7.0.0-1 (d)", "The statement has no timestamp.");
        return IsUtc(time.GetString()!) ? null : new("9.7.0.0-2 (d)", "The timestamp is not in UTC.");
    }

    private static bool IsUtc(string time) =>
        time.EndsWith('Z') || time.EndsWith('z') || time.EndsWith("+00:00", StringComparison.Ordinal) || time.EndsWith("+0000", StringComparison.Ordinal) || time.EndsWith("+00", StringComparison.Ordinal);

    private static SessionBreach? Actor(AuSession session, JsonElement statement)
    {
        var actor = statement.GetProperty("actor"u8);
        if (actor.TryGetProperty("objectType"u8, out var type) && type.GetString() != "Agent") return new("9.2.0.0-2", "The actor is no agent.");
        if (!actor.TryGetProperty("account"u8, out _)) return new("9.2.0.0-3", "The actor has no account.");
        return AgentKey.Of(actor) == session.Actor ? null : new("8.1.3.0-3 (d)", "The actor is not the learner for whom the unit was launched.");
    }

    private static SessionBreach? Order(AuSession session, JsonElement statement, AuVerbs? verb)
    {
        var at = TimeOf(statement);
        if (verb == AuVerbs.Initialized)
        {
            if (session.Said.HasFlag(AuVerbs.Initialized)) return new("9.3.2.0-3 (d)", "The session has its “initialized” already.");
            return session.PreferencesRead ? null : new("11.0.0.0-3 (d2)", "The unit has not asked for the learner's preferences yet.");
        }
        if (session.InitializedAt is not { } initialized) return new("9.3.0.0-4 (d2)", "“initialized” must come first.");
        if (at < initialized) return new("9.3.0.0-4 (d2)", "The timestamp is before that of “initialized”.");
        return verb == AuVerbs.Terminated && at < session.LastAt ? new("9.3.0.0-5", "The timestamp of “terminated” is before that of another statement.") : null;
    }

    private static SessionBreach? Defined(AuSession session, JsonElement statement, AuVerbs verb)
    {
        if (!statement.TryGetProperty("object"u8, out var target) || (target.TryGetProperty("objectType"u8, out var type) && type.GetString() != "Activity"))
            return new("9.4.0.0-1 (d)", "The object is no activity.");
        if (target.GetProperty("id"u8).GetString() != session.ActivityId) return new("8.1.5.0-6 (d)", "The object is not the unit that was launched.");

        const AuVerbs judged = AuVerbs.Completed | AuVerbs.Passed | AuVerbs.Failed;
        if (session.Mode != LaunchMode.Normal && judged.HasFlag(verb))
            return new(session.Mode == LaunchMode.Browse ? "10.2.2.0-2 (d)" : "10.2.2.0-3 (d)", $"In the mode {session.Mode} nothing is completed, passed or failed.");
        return Repeated(session, verb) ?? ResultRules.Breach(session, statement, verb);
    }

    private static SessionBreach? Repeated(AuSession session, AuVerbs verb)
    {
        if (session.Said.HasFlag(verb)) return new("9.3.0.0-2 (d)", "The session has a statement with this verb already.");
        var judgement = verb is AuVerbs.Passed or AuVerbs.Failed;
        if (verb == AuVerbs.Failed && (session.Said | session.SaidBefore).HasFlag(AuVerbs.Passed)) return new("9.3.0.0-8 (d)", "The unit was passed already.");
        if (judgement && (session.Said & (AuVerbs.Passed | AuVerbs.Failed)) != 0) return new("9.3.0.0-3 (d)", "The session has its “passed” or “failed” already.");
        if (verb == AuVerbs.Passed && session.SaidBefore.HasFlag(verb)) return new("9.3.0.0-7 (d2)", "The unit was passed already in this registration.");
        return verb == AuVerbs.Completed && session.SaidBefore.HasFlag(verb) ? new("9.3.0.0-6 (d2)", "The unit was completed already in this registration.") : null;
    }
}
