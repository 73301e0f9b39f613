using Lms.Web.Features.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Scorm;

/// <summary>Where a learner's session with a package stands.</summary>
public enum ScormSessionState
{
    /// <summary>A launch was made ready; no window has opened it yet.</summary>
    Ready,
    /// <summary>A window is open, or was closed without a word.</summary>
    Open,
    /// <summary>The learner has left the course; what was suspended can be resumed.</summary>
    Ended,
}

/// <summary>
/// What the server keeps of somebody's way through a SCORM package: the row that every commit changes, and so a small one. Its id is the
/// registration's.
/// </summary>
public sealed class ScormAttempt
{
    /// <summary>How long a window may be left alone.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>Counts the windows that were opened; only the last one may commit.</summary>
    public int Session { get; private set; }
    public ScormSessionState State { get; private set; }
    /// <summary>SHA-256 of what the window shows to be let in.</summary>
    public string? TokenHash { get; private set; }
    public LaunchMode Mode { get; private set; }
    public LaunchStart Start { get; private set; }
    public int? ActivityIndex { get; private set; }
    public string? ReturnUrl { get; private set; }
    /// <summary>The last commit of this session that was taken.</summary>
    public int Sequence { get; private set; }
    /// <summary>Counts what was delivered, so that a window knows whether it shows the latest.</summary>
    public int Delivery { get; private set; }
    /// <summary>The activity being shown; null between activities.</summary>
    public string? ActivityId { get; private set; }
    /// <summary>How the last session ended; null when none has.</summary>
    public string? EndedAs { get; private set; }
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>Whether what is done counts.</summary>
    public bool IsForCredit => Mode == LaunchMode.Normal;

    /// <summary>A launch takes the place of the one before: its window will be told.</summary>
    public void Launch(string tokenHash, LaunchTicket ticket, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        // What the learner left open goes on, unless only looking begins or ends.
        if (State == ScormSessionState.Ended || ticket.Mode != Mode) (State, ActivityId) = (ScormSessionState.Ready, null);
        (TokenHash, Mode, Start, ActivityIndex, ReturnUrl) = (tokenHash, ticket.Mode, ticket.Start, ticket.ActivityIndex, ticket.ReturnUrl);
        Touch(at);
    }

    /// <summary>A window opens: it alone may commit from now on.</summary>
    public void Open(DateTime at)
    {
        Session++;
        Sequence = 0;
        State = ScormSessionState.Open;
        Touch(at);
    }

    public void Take(int sequence, DateTime at)
    {
        Sequence = sequence;
        Touch(at);
    }

    public void Deliver(string activityId)
    {
        Delivery++;
        ActivityId = activityId;
    }

    /// <summary>Nothing is shown; the learner chooses what comes next.</summary>
    public void Clear() => ActivityId = null;

    /// <param name="how"><c>suspended</c>, <c>finished</c> or <c>abandoned</c>.</param>
    public void End(string how)
    {
        State = ScormSessionState.Ended;
        EndedAs = how;
        ActivityId = null;
        // A later launch begins or resumes; the activity that this one named was its own.
        ActivityIndex = null;
    }

    public bool IsAlive(DateTime now) => TokenHash is not null && now - UpdatedAt < Lifetime;

    private void Touch(DateTime at)
    {
        UpdatedAt = at;
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<ScormAttempt>
    {
        public void Configure(EntityTypeBuilder<ScormAttempt> attempt)
        {
            attempt.Property(a => a.Id).ValueGeneratedNever();
            attempt.Property(a => a.TokenHash).HasMaxLength(64);
            attempt.Property(a => a.EndedAs).HasMaxLength(20);
            attempt.Property(a => a.ReturnUrl).HasMaxLength(2000);
            attempt.Property(a => a.Version).IsConcurrencyToken();
            attempt.HasIndex(a => a.TokenHash).IsUnique();
        }
    }
}

/// <summary>The sequencing engine's state of an attempt: changed when an activity ends or the learner moves, not by every commit.</summary>
public sealed class ScormSequencing
{
    public required Guid AttemptId { get; init; }
    /// <summary>The state of a session in which somebody only looks, beside that which counts.</summary>
    public required bool IsTrial { get; init; }
    public required Guid CentreId { get; init; }
    public required string State { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ScormSequencing>
    {
        public void Configure(EntityTypeBuilder<ScormSequencing> sequencing) => sequencing.HasKey(s => new { s.AttemptId, s.IsTrial });
    }
}
