using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>A statement that a consumer has not had yet. Written in the commit that stores the statement, deleted once the consumer has it.</summary>
public sealed class StatementDelivery
{
    /// <summary>The consumer's number.</summary>
    public required int Consumer { get; init; }
    public required long Sequence { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StatementDelivery>
    {
        public void Configure(EntityTypeBuilder<StatementDelivery> delivery) =>
            delivery.ToTable("StatementDeliveries").HasKey(d => new { d.Consumer, d.Sequence });
    }
}

/// <summary>A statement that a consumer refused: it is not sent again unless a person says so.</summary>
public sealed class DeadLetter
{
    public const int LongestReason = 1_000;

    public required int Consumer { get; init; }
    public required long Sequence { get; init; }
    public required Guid CentreId { get; init; }
    public required Guid StatementId { get; init; }
    public required DateTime At { get; set; }
    public required int Status { get; set; }
    /// <summary>What the consumer answered.</summary>
    public required string Answer { get; set; }
    public DateTime? DroppedAt { get; private set; }
    public Guid? DroppedBy { get; private set; }
    public string? DropReason { get; private set; }

    public bool IsOpen => DroppedAt is null;

    public void Drop(string reason, Guid by, DateTime at) => (DropReason, DroppedBy, DroppedAt) = (reason, by, at);

    internal sealed class Configuration : IEntityTypeConfiguration<DeadLetter>
    {
        public void Configure(EntityTypeBuilder<DeadLetter> letter)
        {
            letter.ToTable("StatementDeadLetters").HasKey(l => new { l.Consumer, l.Sequence });
            letter.Ignore(l => l.IsOpen);
            letter.Property(l => l.Answer).HasMaxLength(LongestReason);
            letter.Property(l => l.DropReason).HasMaxLength(500);
        }
    }
}
