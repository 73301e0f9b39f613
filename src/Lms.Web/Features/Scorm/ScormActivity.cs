using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Scorm;

/// <summary>What a content object has said in an attempt: its data model, as last committed.</summary>
public sealed class ScormActivity
{
    public required Guid AttemptId { get; init; }
    /// <summary>Its place among the activities of the package, from 0.</summary>
    public required int Index { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>Its identifier in the manifest.</summary>
    public required string ActivityId { get; init; }
    /// <summary>Values by element: what the content object set, and the time that it has taken altogether.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; set; }
    /// <summary>Whether the content object's next session goes on with these values (RTE 2.1.1.1).</summary>
    public bool Resumes { get; set; }
    /// <summary>Whether the content object has spoken in the delivery that is being shown, and not yet ended.</summary>
    public bool Running { get; set; }
    public DateTime UpdatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ScormActivity>
    {
        public void Configure(EntityTypeBuilder<ScormActivity> activity)
        {
            activity.HasKey(a => new { a.AttemptId, a.Index });
            activity.Property(a => a.Values).HasJson();
        }
    }
}
