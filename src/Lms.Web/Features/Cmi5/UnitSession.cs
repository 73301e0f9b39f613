using System.Security.Cryptography;
using System.Text;
using Lms.Standards.Cmi5;
using Lms.Standards.Packages;
using Lms.Standards.Xapi;
using Lms.Web.Features.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Cmi5;

/// <summary>How a session ended.</summary>
public enum SessionEnd
{
    /// <summary>The unit said so.</summary>
    Terminated,
    /// <summary>The system said so.</summary>
    Abandoned,
}

/// <summary>One launch of a unit: its token, and what the unit has said. (cmi5 3, 9.3)</summary>
public sealed class UnitSession
{
    /// <summary>However long a page stays open: then its token is good no more.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid RegistrationId { get; init; }
    public required Guid CentreId { get; init; }
    public required PackageStandard Standard { get; init; }
    /// <summary>The publisher's IRI of the unit, the same in every version of the package.</summary>
    public required string PublisherId { get; init; }
    /// <summary>The IRI by which its statements name it.</summary>
    public required string ActivityId { get; init; }
    /// <summary>The learner, as <see cref="AgentKey"/> names them.</summary>
    public required string ActorKey { get; init; }
    public required LaunchMode Mode { get; init; }
    public decimal? MasteryScore { get; init; }
    public required DateTime LaunchedAt { get; init; }
    /// <summary>SHA-256 of what the fetch URL holds; null where the token was in the launch itself.</summary>
    public string? FetchHash { get; private set; }
    public DateTime? FetchedAt { get; private set; }
    /// <summary>SHA-256 of the secret: long and random, so that a slow hash would add nothing but time to each request.</summary>
    public string? SecretHash { get; private set; }
    public bool PreferencesRead { get; private set; }
    public AuVerbs Said { get; private set; }
    /// <summary>The unit's own time of “initialized”.</summary>
    public DateTime? InitializedAt { get; private set; }
    /// <summary>The latest time that the unit gave to a statement.</summary>
    public DateTime? LastAt { get; private set; }
    /// <summary>When a statement last came.</summary>
    public DateTime? HeardAt { get; private set; }
    public DateTime? EndedAt { get; private set; }
    public SessionEnd? End { get; private set; }
    public int Version { get; private set; }

    /// <summary>The session's id in statements.</summary>
    public string Name => Id.ToString();

    /// <summary>From the launch to the last statement. (9.5.4.2)</summary>
    public TimeSpan Duration => (HeardAt ?? LaunchedAt) - LaunchedAt;

    public bool IsOpenAt(DateTime now) => End is null && now < LaunchedAt + Longest;

    /// <summary>Makes the secret of the fetch URL, which exists only in this answer.</summary>
    public string NewFetch()
    {
        var secret = Secret.NewText();
        FetchHash = Secret.TextHashOf(secret);
        return secret;
    }

    /// <summary>Makes the token, which exists only in this answer. The fetch URL gives it out once.</summary>
    public string NewToken(DateTime at)
    {
        var secret = Secret.NewText();
        SecretHash = Secret.TextHashOf(secret);
        FetchedAt = at;
        Version++;
        return Convert.ToBase64String(Encoding.ASCII.GetBytes($"{UnitTokens.Prefix}{Id:N}:{secret}"));
    }

    public bool Accepts(string secret) =>
        SecretHash is { } hash && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Secret.TextHashOf(secret)));

    public void ReadPreferences()
    {
        PreferencesRead = true;
        Version++;
    }

    /// <summary>The session as the specification's rules see it.</summary>
    public AuSession State(AuVerbs before) => new()
    {
        Id = Name,
        Registration = RegistrationId,
        ActivityId = ActivityId,
        PublisherId = PublisherId,
        Actor = ActorKey,
        Mode = Mode,
        MasteryScore = MasteryScore,
        PreferencesRead = PreferencesRead,
        Said = Said,
        SaidBefore = before,
        Abandoned = End == SessionEnd.Abandoned,
        InitializedAt = InitializedAt,
        LastAt = LastAt,
    };

    /// <summary>Takes what the rules admitted.</summary>
    public void Take(AuSession after, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(after);
        (Said, InitializedAt, LastAt, HeardAt) = (after.Said, after.InitializedAt?.UtcDateTime, after.LastAt?.UtcDateTime, at);
        if (after.Ended) (End, EndedAt) = (SessionEnd.Terminated, at);
        Version++;
    }

    /// <summary>A plain xAPI package said something.</summary>
    public void Hear(DateTime at)
    {
        HeardAt = at;
        Version++;
    }

    public void Abandon(DateTime at)
    {
        (End, EndedAt) = (SessionEnd.Abandoned, at);
        Version++;
    }


    internal sealed class Configuration : IEntityTypeConfiguration<UnitSession>
    {
        public void Configure(EntityTypeBuilder<UnitSession> session)
        {
            session.ToTable("UnitSessions");
            session.Property(s => s.Said).HasConversion<int>();
            session.Property(s => s.FetchHash).HasMaxLength(64);
            session.Property(s => s.SecretHash).HasMaxLength(64);
            session.Property(s => s.PublisherId).HasMaxLength(2000);
            session.Property(s => s.ActivityId).HasMaxLength(2000);
            session.Property(s => s.ActorKey).HasMaxLength(2000);
            session.Property(s => s.Version).IsConcurrencyToken();
            session.HasIndex(s => new { s.RegistrationId, s.LaunchedAt });
            session.HasIndex(s => s.FetchHash).IsUnique();
        }
    }
}
