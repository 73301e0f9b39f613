using Lms.Standards.Xapi;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi;

/// <summary>
/// A statement as its bytes, beside narrow columns and link tables that queries use. <see cref="Sequence"/> is the order of storage.
/// </summary>
public sealed class StoredStatement
{
    public long Sequence { get; private init; }
    /// <summary>The statement's own id, a UUID.</summary>
    public required Guid Id { get; init; }
    public required Guid CentreId { get; init; }
    public required string Verb { get; init; }
    public Guid? Registration { get; init; }
    public required DateTime Timestamp { get; init; }
    public required DateTime Stored { get; init; }
    public bool Voided { get; set; }
    /// <summary>UTF-8 JSON.</summary>
    public required byte[] Json { get; init; }
    public List<StatementAgent> Agents { get; } = [];
    public List<StatementActivity> Activities { get; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<StoredStatement>
    {
        public void Configure(EntityTypeBuilder<StoredStatement> statement)
        {
            statement.ToTable("Statements");
            statement.HasKey(s => s.Sequence);
            statement.Property(s => s.Verb).HasMaxLength(400);
            statement.HasIndex(s => s.Id).IsUnique();
            statement.HasIndex(s => new { s.Verb, s.Sequence });
            statement.HasIndex(s => new { s.Registration, s.Sequence });
            statement.HasIndex(s => new { s.CentreId, s.Sequence });
            statement.OwnsMany(s => s.Agents, link =>
            {
                link.ToTable("StatementAgents");
                link.WithOwner().HasForeignKey("StatementSequence");
                link.Property(l => l.Usage).HasConversion<byte>();
                link.HasKey(nameof(StatementAgent.AgentId), "StatementSequence", nameof(StatementAgent.Usage), nameof(StatementAgent.IsDirect));
                link.HasIndex("StatementSequence");
            });
            statement.OwnsMany(s => s.Activities, link =>
            {
                link.ToTable("StatementActivities");
                link.WithOwner().HasForeignKey("StatementSequence");
                link.Property(l => l.Usage).HasConversion<byte>();
                link.HasKey(nameof(StatementActivity.ActivityId), "StatementSequence", nameof(StatementActivity.Usage), nameof(StatementActivity.IsDirect));
                link.HasIndex("StatementSequence");
            });
        }
    }
}

/// <summary>Where an agent stands in a statement.</summary>
public sealed class StatementAgent
{
    public required long AgentId { get; init; }
    public required AgentUsage Usage { get; init; }
    /// <summary>True where a query finds it without <c>related_agents</c>.</summary>
    public required bool IsDirect { get; init; }
}

/// <summary>Where an activity stands in a statement.</summary>
public sealed class StatementActivity
{
    public required long ActivityId { get; init; }
    public required ActivityUsage Usage { get; init; }
    /// <summary>True where a query finds it without <c>related_activities</c>.</summary>
    public required bool IsDirect { get; init; }
}

/// <summary>An agent or identified group by its one inverse functional identifier.</summary>
public sealed class XapiAgent
{
    public required long Id { get; init; }
    /// <summary>For example <c>account|https://lms.example|0192…</c>.</summary>
    public required string Key { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<XapiAgent>
    {
        public void Configure(EntityTypeBuilder<XapiAgent> agent)
        {
            agent.Property(a => a.Id).ValueGeneratedNever();
            agent.Property(a => a.Key).HasMaxLength(800);
        }
    }
}

/// <summary>An activity and the definition that it came with first.</summary>
public sealed class XapiActivity
{
    public required long Id { get; init; }
    public required string Iri { get; init; }
    /// <summary>UTF-8 JSON; null when it came without one.</summary>
    public byte[]? Definition { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<XapiActivity>
    {
        public void Configure(EntityTypeBuilder<XapiActivity> activity)
        {
            activity.Property(a => a.Id).ValueGeneratedNever();
            activity.Property(a => a.Iri).HasMaxLength(2000);
        }
    }
}
