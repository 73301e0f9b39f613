using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Privacy;

/// <summary>That an agent's identity was taken out of the statements: who did it, when, why, and how many were changed. Whose it was is not kept.</summary>
public sealed class Erasure
{
    public const int LongestReason = 500;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>The centre whose statements are meant; null for all.</summary>
    public Guid? CentreId { get; init; }
    /// <summary>The agent's key; null as soon as the work is done.</summary>
    public string? AgentKey { get; private set; }
    /// <summary>The account name that takes the agent's place.</summary>
    public required string Pseudonym { get; init; }
    /// <summary>Whether responses, extensions and attachments go, too.</summary>
    public required bool WithContent { get; init; }
    public required string Reason { get; init; }
    public required Guid RequestedBy { get; init; }
    public required DateTime RequestedAt { get; init; }
    public DateTime? DoneAt { get; private set; }
    /// <summary>How many statements were changed.</summary>
    public long Statements { get; private set; }
    /// <summary>How many documents were deleted.</summary>
    public int Documents { get; private set; }
    /// <summary>Moves with each chunk that is done, so that none is done twice.</summary>
    public int Step { get; private set; }
    /// <summary>Which of the walks along the agent's statements is on.</summary>
    public ErasureWalk Walk { get; private set; }
    /// <summary>How far that walk has come.</summary>
    public long Position { get; private set; }

    public static Erasure Of(string agentKey, Guid? centreId, bool withContent, string reason, Guid by, DateTime at) => new()
    {
        AgentKey = agentKey, CentreId = centreId, Pseudonym = Pseudonyms.Random(), WithContent = withContent, Reason = reason, RequestedBy = by, RequestedAt = at,
    };

    /// <summary>Records a chunk of the present walk; the next one begins when <paramref name="isLast"/>.</summary>
    public void Advance(int changed, long position, bool isLast)
    {
        Statements += changed;
        Step++;
        (Walk, Position) = isLast ? (Walk + 1, 0) : (Walk, position);
    }

    public void Finish(int documents, DateTime at) => (Documents, DoneAt, AgentKey) = (documents, at, null);

    internal sealed class Configuration : IEntityTypeConfiguration<Erasure>
    {
        public void Configure(EntityTypeBuilder<Erasure> erasure)
        {
            erasure.ToTable("Erasures");
            erasure.Property(e => e.Pseudonym).HasMaxLength(64);
            erasure.Property(e => e.Reason).HasMaxLength(LongestReason);
            erasure.Property(e => e.Step).IsConcurrencyToken();
            erasure.HasIndex(e => new { e.CentreId, e.Id });
        }
    }
}

/// <summary>The walks along the statements in which an agent stands.</summary>
public enum ErasureWalk
{
    Direct,
    Related,
    Voided,
    Over,
}
