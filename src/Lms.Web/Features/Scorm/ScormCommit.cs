using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Scorm;

/// <summary>What became of a commit.</summary>
public enum ScormCommitOutcome
{
    /// <summary>Taken over.</summary>
    Applied,
    /// <summary>Kept, but another window had taken the course over before it came.</summary>
    Late,
}

/// <summary>A commit as it came: written once, never changed. The same number within a session is the same commit.</summary>
public sealed class ScormCommit
{
    public required Guid AttemptId { get; init; }
    public required int Session { get; init; }
    public required int Sequence { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>The activity that was shown; null when none was.</summary>
    public string? ActivityId { get; init; }
    public required DateTime At { get; init; }
    /// <summary>By the clock of the learner's device.</summary>
    public required DateTime DeviceAt { get; init; }
    public required ScormCommitOutcome Outcome { get; init; }
    public bool Initialized { get; init; }
    public bool Terminated { get; init; }
    /// <summary>What the learner or the content asked for, such as <c>continue</c> or <c>choice activity_2</c>.</summary>
    public string? Request { get; init; }
    /// <summary>JSON: the elements that were set, by name.</summary>
    public required string Changes { get; init; }
    /// <summary>JSON: each call of the API as [milliseconds, name, arguments…, answer, error code].</summary>
    public required string Calls { get; init; }
    /// <summary>JSON: the elements that the server did not take, with the error code; null when it took all.</summary>
    public string? Refused { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ScormCommit>
    {
        public void Configure(EntityTypeBuilder<ScormCommit> commit)
        {
            commit.HasKey(c => new { c.AttemptId, c.Session, c.Sequence });
            commit.Property(c => c.Request).HasMaxLength(5000);
        }
    }
}
