using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5;

/// <summary>
/// One launch of a unit, from “launched” to its end: what the LMS fixed for it and what the unit has said so far. It decides whether a statement
/// of the unit may be recorded. (7.1, 9, 10.2) Pure: admitting gives the session as it is afterwards.
/// </summary>
public sealed record AuSession
{
    /// <summary>The LMS's id of the session. (9.6.3.1)</summary>
    public required string Id { get; init; }

    /// <summary>The learner's enrolment in the course.</summary>
    public required Guid Registration { get; init; }

    /// <summary>The LMS's IRI of the unit.</summary>
    public required string ActivityId { get; init; }

    /// <summary>The publisher's IRI of the unit, which the context template holds.</summary>
    public required string PublisherId { get; init; }

    /// <summary>The learner, as <see cref="AgentKey"/> names them.</summary>
    public required string Actor { get; init; }

    /// <summary>How the unit was launched.</summary>
    public LaunchMode Mode { get; init; }

    /// <summary>The mastery score that the unit was given.</summary>
    public decimal? MasteryScore { get; init; }

    /// <summary>Whether the unit has asked for the learner's preferences. (11.0)</summary>
    public bool PreferencesRead { get; init; }

    /// <summary>What the unit has said in this session, by cmi5 defined statements.</summary>
    public AuVerbs Said { get; init; }

    /// <summary>What was said of the unit in earlier sessions of the registration.</summary>
    public AuVerbs SaidBefore { get; init; }

    /// <summary>Whether the LMS has abandoned it.</summary>
    public bool Abandoned { get; init; }

    /// <summary>The timestamp of “initialized”.</summary>
    public DateTimeOffset? InitializedAt { get; init; }

    /// <summary>The latest timestamp of any statement.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The score of “passed” or “failed”; null where none came.</summary>
    public Score? Score { get; init; }

    /// <summary>Whether no statement is taken any more.</summary>
    public bool Ended => Abandoned || Said.HasFlag(AuVerbs.Terminated);

    /// <summary>Admits statements that came together, all or none, in the order of their timestamps. (9.3)</summary>
    /// <param name="statements">Statements that <see cref="StatementValidator"/> has passed.</param>
    public Admission Admit(IEnumerable<JsonElement> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        var session = this;
        foreach (var statement in statements.OrderBy(s => StatementRules.TimeOf(s) ?? DateTimeOffset.MaxValue))
        {
            if (StatementRules.Breach(session, statement) is { } breach) return new Admission(this, breach);
            session = session.After(statement);
        }
        return new Admission(session, null);
    }

    private AuSession After(JsonElement statement)
    {
        var at = StatementRules.TimeOf(statement)!.Value;
        var next = this with { LastAt = LastAt > at ? LastAt : at };
        if (StatementRules.DefinedVerb(statement) is not { } verb) return next;
        return next with
        {
            Said = Said | verb,
            InitializedAt = verb == AuVerbs.Initialized ? at : InitializedAt,
            Score = verb is AuVerbs.Passed or AuVerbs.Failed ? ResultRules.ScoreOf(statement) ?? Score : Score,
        };
    }
}

/// <summary>The verbs of statements that cmi5 defines for a unit. (9.3)</summary>
[Flags]
public enum AuVerbs
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The unit is ready.</summary>
    Initialized = 1,

    /// <summary>All of it was seen.</summary>
    Completed = 2,

    /// <summary>Judged, and good enough.</summary>
    Passed = 4,

    /// <summary>Judged, and not good enough.</summary>
    Failed = 8,

    /// <summary>The unit has ended.</summary>
    Terminated = 16,
}

/// <summary>Whether statements may be recorded.</summary>
/// <param name="After">The session afterwards; unchanged where something was refused.</param>
/// <param name="Breach">What was broken; null where all may be recorded.</param>
public sealed record Admission(AuSession After, SessionBreach? Breach);

/// <summary>A requirement of cmi5 that a request of a unit breaks.</summary>
/// <param name="Requirement">Its number in the list of requirements of ADL's CATAPULT.</param>
/// <param name="Reason">What was wrong, one sentence.</param>
public sealed record SessionBreach(string Requirement, string Reason);
