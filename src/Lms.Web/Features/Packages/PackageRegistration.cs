using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Packages;

public enum PackageCompletion { Unknown, NotAttempted, Incomplete, Completed }

public enum PackageSuccess { Unknown, Passed, Failed }

/// <summary>A score as content says it; every part may be missing.</summary>
/// <param name="Scaled">-1 to 1.</param>
public sealed record PackageScore(double? Scaled, double? Raw, double? Min, double? Max);

/// <summary>
/// Somebody's place on a package: the xAPI registration of that id. A learner's is that of their enrolment; that of another system's learner has
/// no enrolment, only the actor that it named.
/// </summary>
public sealed class PackageRegistration
{
    public required Guid Id { get; init; }
    public required Guid PackageId { get; init; }
    public required Guid PackageVersionId { get; set; }
    public required Guid CentreId { get; init; }
    public Guid? LearnerId { get; init; }
    public Guid? EnrolmentId { get; init; }
    /// <summary>The xAPI agent, as JSON.</summary>
    public required string Actor { get; init; }
    public PackageCompletion Completion { get; private set; }
    public PackageSuccess Success { get; private set; }
    public double? ScoreScaled { get; private set; }
    public double? ScoreRaw { get; private set; }
    public double? ScoreMin { get; private set; }
    public double? ScoreMax { get; private set; }
    public required DateTime StartedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    /// <summary>When all that the package asks for was first done; stays when content later says otherwise.</summary>
    public DateTime? SatisfiedAt { get; private set; }
    public int Version { get; private set; }

    public PackageScore Score => new(ScoreScaled, ScoreRaw, ScoreMin, ScoreMax);

    /// <summary>Takes what content said of the whole. True when that satisfies the package for the first time.</summary>
    public bool Record(PackageResult result, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(result);
        (Completion, Success, UpdatedAt) = (result.Completion, result.Success, at);
        if (result.Score is { } score) (ScoreScaled, ScoreRaw, ScoreMin, ScoreMax) = (score.Scaled, score.Raw, score.Min, score.Max);
        Version++;
        if (!result.Satisfies || SatisfiedAt is not null) return false;
        SatisfiedAt = at;
        return true;
    }

    /// <summary>Goes on in another version; what was satisfied stays so.</summary>
    public void MoveTo(Guid versionId, DateTime at)
    {
        (PackageVersionId, UpdatedAt) = (versionId, at);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<PackageRegistration>
    {
        public void Configure(EntityTypeBuilder<PackageRegistration> registration)
        {
            registration.Property(r => r.Id).ValueGeneratedNever();
            registration.Property(r => r.Version).IsConcurrencyToken();
            registration.Ignore(r => r.Score);
            registration.HasIndex(r => new { r.PackageId, r.StartedAt });
            registration.HasIndex(r => r.PackageVersionId);
            registration.HasIndex(r => r.LearnerId);
        }
    }
}

/// <summary>What content says of a package as a whole.</summary>
public sealed record PackageResult(PackageCompletion Completion, PackageSuccess Success, PackageScore? Score = null)
{
    /// <summary>Whether the package is done: passed or completed, and not failed.</summary>
    public bool Satisfies =>
        Success != PackageSuccess.Failed && (Completion == PackageCompletion.Completed || (Success == PackageSuccess.Passed && Completion is PackageCompletion.Unknown));
}
