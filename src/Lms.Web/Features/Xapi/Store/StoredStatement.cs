using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// A statement as its bytes. What queries filter by is in the link tables beside it, each ordered by <see cref="Sequence"/>, so that every
/// filter reads its rows in the order of the answer and stops when the page is full.
/// </summary>
public sealed class StoredStatement
{
    /// <summary>
    /// When it was stored, in ticks of UTC, made unique: order of storage, <c>stored</c>, key and cursor in one. (Data 2.4.8)
    /// </summary>
    public required long Sequence { get; init; }
    /// <summary>The statement's own id, a UUID.</summary>
    public required Guid Id { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>When it happened; null when the statement did not say, and then <c>stored</c> is given. (Data 2.4.7)</summary>
    public DateTime? Timestamp { get; init; }
    public bool Voided { get; private set; }
    /// <summary>UTF-8 JSON as received, with id, authority and version, without <c>stored</c>.</summary>
    public required byte[] Json { get; init; }

    public DateTime Stored => new(Sequence, DateTimeKind.Utc);

    internal sealed class Configuration : IEntityTypeConfiguration<StoredStatement>
    {
        public void Configure(EntityTypeBuilder<StoredStatement> statement)
        {
            statement.ToTable("Statements");
            statement.HasKey(s => s.Sequence);
            statement.Property(s => s.Sequence).ValueGeneratedNever();
            statement.Ignore(s => s.Stored);
            statement.HasIndex(s => s.Id).IsUnique();
            statement.HasIndex(s => new { s.CentreId, s.Sequence });
        }
    }
}

/// <summary>
/// Something that a statement can be found by. A statement whose object refers to another is found by what that one says, too
/// (Communication 2.1.3, filter conditions for StatementRefs): such a link has the other's sequence as its origin.
/// </summary>
public abstract class StatementLink
{
    public required long Sequence { get; init; }
    /// <summary>The statement that says it; 0 for this one itself.</summary>
    public long Origin { get; init; }
}

/// <summary>A statement by its verb.</summary>
public sealed class StatementVerb : StatementLink
{
    public required long VerbId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StatementVerb>
    {
        public void Configure(EntityTypeBuilder<StatementVerb> link) => link.ToTable("StatementVerbs").HasKey(l => new { l.VerbId, l.Sequence, l.Origin });
    }
}

/// <summary>A statement by its registration.</summary>
public sealed class StatementRegistration : StatementLink
{
    public required Guid Registration { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StatementRegistration>
    {
        public void Configure(EntityTypeBuilder<StatementRegistration> link) =>
            link.ToTable("StatementRegistrations").HasKey(l => new { l.Registration, l.Sequence, l.Origin });
    }
}

/// <summary>A statement by an agent or identified group in it.</summary>
public sealed class StatementAgent : StatementLink
{
    public required long AgentId { get; init; }
    /// <summary>True where a query finds it without <c>related_agents</c>.</summary>
    public required bool IsDirect { get; init; }
    public required AgentUsages Usages { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StatementAgent>
    {
        public void Configure(EntityTypeBuilder<StatementAgent> link)
        {
            link.ToTable("StatementAgents").HasKey(l => new { l.AgentId, l.IsDirect, l.Sequence, l.Origin });
            link.Property(l => l.Usages).HasConversion<short>();
        }
    }
}

/// <summary>A statement by an activity in it.</summary>
public sealed class StatementActivity : StatementLink
{
    public required long ActivityId { get; init; }
    /// <summary>True where a query finds it without <c>related_activities</c>.</summary>
    public required bool IsDirect { get; init; }
    public required ActivityUsages Usages { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StatementActivity>
    {
        public void Configure(EntityTypeBuilder<StatementActivity> link)
        {
            link.ToTable("StatementActivities").HasKey(l => new { l.ActivityId, l.IsDirect, l.Sequence, l.Origin });
            link.Property(l => l.Usages).HasConversion<short>();
        }
    }
}

/// <summary>An agent who stands in a voided statement, which no query finds.</summary>
public sealed class VoidedAgent
{
    public required long AgentId { get; init; }
    public required long Sequence { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<VoidedAgent>
    {
        public void Configure(EntityTypeBuilder<VoidedAgent> agent) => agent.ToTable("VoidedAgents").HasKey(a => new { a.AgentId, a.Sequence });
    }
}

/// <summary>A statement whose object refers to another one, which may come later.</summary>
public sealed class StatementReference
{
    public required Guid TargetId { get; init; }
    public required long Sequence { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StatementReference>
    {
        public void Configure(EntityTypeBuilder<StatementReference> reference) =>
            reference.ToTable("StatementReferences").HasKey(r => new { r.TargetId, r.Sequence });
    }
}

/// <summary>The places where an agent stands in one statement; each is 1 shifted by the library's <see cref="Lms.Standards.Xapi.AgentUsage"/>.</summary>
[Flags]
public enum AgentUsages : short
{
    None = 0,
    Actor = 1,
    Object = 1 << 1,
    Authority = 1 << 2,
    Instructor = 1 << 3,
    Team = 1 << 4,
    ContextAgent = 1 << 5,
    ContextGroup = 1 << 6,
    /// <summary>One of these within a sub-statement.</summary>
    InSubStatement = 1 << 7,
}

/// <summary>The places where an activity stands in one statement; each is 1 shifted by the library's <see cref="Lms.Standards.Xapi.ActivityUsage"/>.</summary>
[Flags]
public enum ActivityUsages : short
{
    None = 0,
    Object = 1,
    Parent = 1 << 1,
    Grouping = 1 << 2,
    Category = 1 << 3,
    Other = 1 << 4,
    /// <summary>One of these within a sub-statement.</summary>
    InSubStatement = 1 << 7,
}
