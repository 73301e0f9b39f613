using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Privacy;

/// <summary>What becomes of statements that are old enough.</summary>
public enum RetentionAction { Pseudonymise, Delete }

/// <summary>How long a centre keeps its statements. None exists until somebody makes it, and it does nothing until it is switched on.</summary>
public sealed class RetentionRule
{
    public const int MostMonths = 1_200;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid CentreId { get; init; }
    /// <summary>IRI of the type of the activities that the statements are about; empty for all.</summary>
    public required string ActivityType { get; init; }
    public required int Months { get; init; }
    public required RetentionAction Action { get; init; }
    /// <summary>What pseudonyms are made with: the same agent gets the same one, and without it nobody can tell which.</summary>
    public byte[] Secret { get; private init; } = RandomNumberGenerator.GetBytes(32);
    public bool IsOn { get; private set; }
    public required Guid ChangedBy { get; set; }
    public required DateTime ChangedAt { get; set; }
    /// <summary>Statements up to here are done.</summary>
    public long Through { get; private set; }
    /// <summary>How many statements it has changed or deleted.</summary>
    public long Statements { get; private set; }
    /// <summary>Moves with each chunk and each switch, so that there is one round of chunks at a time and none is done twice.</summary>
    public int Step { get; private set; }

    public void Switch(bool on, Guid by, DateTime at)
    {
        (IsOn, ChangedBy, ChangedAt) = (on, by, at);
        Step++;
    }

    public void Advance(long through, int statements)
    {
        Through = through;
        Statements += statements;
        Step++;
    }

    /// <summary>Statements stored before this are old enough.</summary>
    public long LimitAt(DateTime now) => now.AddMonths(-Months).Ticks;

    internal sealed class Configuration : IEntityTypeConfiguration<RetentionRule>
    {
        public void Configure(EntityTypeBuilder<RetentionRule> rule)
        {
            rule.ToTable("RetentionRules");
            rule.Property(r => r.Secret).HasMaxLength(32);
            rule.Property(r => r.Step).IsConcurrencyToken();
            rule.HasIndex(r => new { r.CentreId, r.ActivityType, r.Action }).IsUnique();
        }
    }
}
