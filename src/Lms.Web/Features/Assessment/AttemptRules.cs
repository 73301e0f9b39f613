using Policy = Lms.Manuscripts.Courses.Assessment;

namespace Lms.Web.Features.Assessment;

/// <summary>Whether a learner may sit the assessment now.</summary>
public enum AttemptState
{
    Ready,
    /// <summary>A sitting is under way.</summary>
    InProgress,
    Passed,
    /// <summary>No attempt is left.</summary>
    UsedUp,
    /// <summary>The next attempt may begin later.</summary>
    Waiting,
}

/// <summary>A sitting without its answers.</summary>
public sealed record Sitting(Guid Id, int Number, DateTime StartedAt, DateTime? DueAt, DateTime? SubmittedAt, double? Score, bool? Passed);

/// <summary>What the policy allows a learner, given their sittings.</summary>
/// <param name="Left">Attempts left; null without a limit.</param>
/// <param name="NotBefore">When the next may begin; null when now.</param>
public sealed record AttemptRules(AttemptState State, int? Left, DateTime? NotBefore)
{
    /// <summary>Whether the learner has passed before and sits again to renew a certificate.</summary>
    public bool Renews { get; init; }

    /// <summary>
    /// Whether rationales may be read: once nothing that they give away can be asked of this learner again, until a certificate is to be renewed.
    /// </summary>
    public bool ExplainsAnswers => State is AttemptState.Passed or AttemptState.UsedUp;

    /// <param name="sittings">All of the enrolment, the latest last.</param>
    /// <param name="renewedSince">Where a certificate may be renewed, since when sittings count for that.</param>
    public static AttemptRules For(Policy policy, IReadOnlyList<Sitting> sittings, bool passed, DateTime? renewedSince, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(sittings);
        return renewedSince is { } since
            ? For(policy, [.. sittings.Where(s => s.StartedAt > since)], passed: false, now) with { Renews = true }
            : For(policy, sittings, passed, now);
    }

    private static AttemptRules For(Policy policy, IReadOnlyList<Sitting> sittings, bool passed, DateTime now)
    {
        var left = policy.Attempts is { } most ? Math.Max(0, most - sittings.Count) : (int?)null;
        var last = sittings.Count == 0 ? null : sittings[^1];
        if (last is { SubmittedAt: null }) return new(AttemptState.InProgress, left, null);
        if (passed) return new(AttemptState.Passed, left, null);
        if (left == 0) return new(AttemptState.UsedUp, left, null);
        var notBefore = last?.SubmittedAt?.AddHours(policy.WaitHours);
        return notBefore > now ? new(AttemptState.Waiting, left, notBefore) : new(AttemptState.Ready, left, null);
    }
}
