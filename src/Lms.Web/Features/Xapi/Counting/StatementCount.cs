using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Counting;

/// <summary>
/// How often a verb was said of an activity on one day at one centre, so that no chart needs to look at statements. Activity 0 stands
/// for all, and <see cref="Network"/> for all centres.
/// </summary>
public sealed class StatementCount
{
    /// <summary>In the place of a centre: the sum of all.</summary>
    public static readonly Guid Network = Guid.Empty;

    public required long ActivityId { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>The day of storage, as <see cref="DateOnly.DayNumber"/>.</summary>
    public required int Day { get; init; }
    public required long VerbId { get; init; }
    /// <summary>Statements with the activity for their object.</summary>
    public long Statements { get; init; }
    /// <summary>Registrations of which the verb was said for the first time; see <see cref="RegistrationStep"/>.</summary>
    public long Registrations { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StatementCount>
    {
        public void Configure(EntityTypeBuilder<StatementCount> count) =>
            count.ToTable("StatementCounts").HasKey(c => new { c.ActivityId, c.CentreId, c.Day, c.VerbId });
    }
}

/// <summary>That a registration came to a step on its way through a course, and how many statements say so.</summary>
public sealed class RegistrationStep
{
    public required long ActivityId { get; init; }
    public required Guid CentreId { get; init; }
    public required long VerbId { get; init; }
    public required Guid Registration { get; init; }
    /// <summary>The day on which it is counted.</summary>
    public required int Day { get; init; }
    public required long Statements { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RegistrationStep>
    {
        public void Configure(EntityTypeBuilder<RegistrationStep> step) =>
            step.ToTable("RegistrationSteps").HasKey(s => new { s.ActivityId, s.CentreId, s.VerbId, s.Registration });
    }
}

/// <summary>How often a question was answered right and wrong, by the activity that it belongs to (a question belongs to itself, too).</summary>
public sealed class AnswerCount
{
    public required long ActivityId { get; init; }
    public required Guid CentreId { get; init; }
    public required long ItemId { get; init; }
    public long Right { get; init; }
    public long Wrong { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AnswerCount>
    {
        public void Configure(EntityTypeBuilder<AnswerCount> count) =>
            count.ToTable("AnswerCounts").HasKey(c => new { c.ActivityId, c.CentreId, c.ItemId });
    }
}

/// <summary>How far a reader of the order of statements has come.</summary>
public sealed class StatementCursor
{
    /// <summary>The cursor of the counts.</summary>
    public const string Counts = "counts";
    /// <summary>What processes keep in memory of consumers, credentials and names: only the version is used.</summary>
    public const string Consumers = "consumers", Credentials = "credentials", Names = "names";

    public required string Name { get; init; }
    /// <summary>The last statement that was taken in.</summary>
    public long Sequence { get; set; }
    /// <summary>Moves with each change to what the cursor stands for: whoever read before it moved reads again.</summary>
    public int Version { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<StatementCursor>
    {
        public void Configure(EntityTypeBuilder<StatementCursor> cursor)
        {
            cursor.ToTable("StatementCursors").HasKey(c => c.Name);
            cursor.Property(c => c.Name).HasMaxLength(32);
            cursor.Property(c => c.Version).IsConcurrencyToken();
        }
    }
}
