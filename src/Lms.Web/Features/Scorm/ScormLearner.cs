using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Scorm;

/// <summary>What packages share for a learner in a centre: objectives and data that are global to the system (SN 3.8.2, RTE 4.3).</summary>
public sealed class ScormLearner
{
    public required Guid CentreId { get; init; }
    /// <summary>Who it is: a hash of the xAPI agent's identity, or of the person's.</summary>
    public required string Learner { get; init; }
    public required string Shared { get; set; }
    public int Version { get; private set; }

    public void Keep(string shared)
    {
        Shared = shared;
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<ScormLearner>
    {
        public void Configure(EntityTypeBuilder<ScormLearner> learner)
        {
            learner.HasKey(l => new { l.CentreId, l.Learner });
            learner.Property(l => l.Learner).HasMaxLength(64);
            learner.Property(l => l.Version).IsConcurrencyToken();
        }
    }
}
