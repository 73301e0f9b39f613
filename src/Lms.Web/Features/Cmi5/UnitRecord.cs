using Lms.Standards.Cmi5;
using Lms.Standards.Xapi;
using Lms.Web.Features.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Cmi5;

/// <summary>What is known of a unit in a registration. It hangs on the publisher's id, so a new version of the package finds it again.</summary>
public sealed class UnitRecord
{
    public const int LongestReason = 200;

    public required Guid RegistrationId { get; init; }
    public required string PublisherId { get; init; }
    public required Guid CentreId { get; init; }
    public DateTime? CompletedAt { get; private set; }
    public DateTime? PassedAt { get; private set; }
    public DateTime? FailedAt { get; private set; }
    public double? ScoreScaled { get; private set; }
    public double? ScoreRaw { get; private set; }
    public double? ScoreMin { get; private set; }
    public double? ScoreMax { get; private set; }
    public DateTime? WaivedAt { get; private set; }
    public string? WaivedReason { get; private set; }
    public Guid? WaivedBy { get; private set; }
    public int Version { get; private set; }

    public UnitStanding Standing => new(CompletedAt is not null, PassedAt is not null, WaivedAt is not null);

    public PackageScore? Score => ScoreScaled is null && ScoreRaw is null ? null : new(ScoreScaled, ScoreRaw, ScoreMin, ScoreMax);

    public PackageSuccess Success => PassedAt is not null ? PackageSuccess.Passed : FailedAt is not null ? PackageSuccess.Failed : PackageSuccess.Unknown;

    /// <summary>What was said of the unit so far, by whichever session.</summary>
    public AuVerbs Said =>
        (CompletedAt is null ? 0 : AuVerbs.Completed) | (PassedAt is null ? 0 : AuVerbs.Passed) | (FailedAt is null ? 0 : AuVerbs.Failed);

    /// <summary>Takes a statement about the unit. A pass is not lost by failing later.</summary>
    public void Say(bool completed, bool? passed, Score? score, DateTime at)
    {
        if (completed) CompletedAt ??= at;
        if (passed == true) PassedAt ??= at;
        if (passed == false && PassedAt is null) FailedAt = at;
        if (score is not null && (passed == true || PassedAt is null))
            (ScoreScaled, ScoreRaw, ScoreMin, ScoreMax) = ((double?)score.Scaled, (double?)score.Raw, (double?)score.Min, (double?)score.Max);
        Version++;
    }

    /// <summary>The unit need not be done. False when that was said before. (cmi5 9.3.7)</summary>
    public bool Waive(string reason, Guid? by, DateTime at)
    {
        if (WaivedAt is not null) return false;
        (WaivedAt, WaivedReason, WaivedBy) = (at, reason, by);
        Version++;
        return true;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<UnitRecord>
    {
        public void Configure(EntityTypeBuilder<UnitRecord> record)
        {
            record.ToTable("UnitRecords");
            record.HasKey(r => new { r.RegistrationId, r.PublisherId });
            record.Property(r => r.PublisherId).HasMaxLength(2000);
            record.Property(r => r.WaivedReason).HasMaxLength(LongestReason);
            record.Ignore(r => r.Standing).Ignore(r => r.Score).Ignore(r => r.Success).Ignore(r => r.Said);
            record.Property(r => r.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>A block or course that was told to be satisfied: once in a registration. (cmi5 9.3)</summary>
public sealed class SatisfiedPart
{
    public required Guid RegistrationId { get; init; }
    /// <summary>The system's IRI of the block or course.</summary>
    public required string PartId { get; init; }
    public required Guid CentreId { get; init; }
    public required DateTime At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SatisfiedPart>
    {
        public void Configure(EntityTypeBuilder<SatisfiedPart> part)
        {
            part.ToTable("SatisfiedParts");
            part.HasKey(p => new { p.RegistrationId, p.PartId });
            part.Property(p => p.PartId).HasMaxLength(2000);
        }
    }
}
