using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Consumers;

[JsonConverter(typeof(JsonStringEnumConverter<ConsumerKind>))]
public enum ConsumerKind
{
    /// <summary>Another record store: statements are posted as they were received.</summary>
    Xapi,
    /// <summary>Any program: a JSON array of statements, signed by HMAC.</summary>
    Webhook,
}

[JsonConverter(typeof(JsonStringEnumConverter<ConsumerAuthentication>))]
public enum ConsumerAuthentication
{
    None,
    Basic,
    Bearer,
}

/// <summary>What is wrong with a consumer; pages and API make a sentence of it.</summary>
public enum ConsumerProblem
{
    None,
    Unreachable,
    TimedOut,
    Redirected,
    /// <summary>It answered with a status that says nothing of the statements.</summary>
    Failed,
    /// <summary>It asks to be left alone for a while.</summary>
    Busy,
    /// <summary>It does not accept our credentials.</summary>
    Denied,
    /// <summary>Its address leads where statements must not go.</summary>
    Forbidden,
    /// <summary>It refused one statement after another, so the fault is not the statements'.</summary>
    RefusesAll,
    /// <summary>The stored secret can't be read with this installation's keys.</summary>
    SecretLost,
    /// <summary>It has a statement of the same id, and does not let us see which. Counted as delivered.</summary>
    Unverified,
}

/// <summary>
/// Somebody who receives statements as they are stored: whom the writer of statements makes delivery rows for, and how the forwarder fares with them.
/// </summary>
public sealed class StatementConsumer
{
    /// <summary>As deliveries name it: small, and never given to another one.</summary>
    public int Number { get; private init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid CentreId { get; init; }
    public required ConsumerKind Kind { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required string Name { get; set; }
    /// <summary>Of a record store, what <c>statements</c> is below; of a webhook, all of it.</summary>
    public required string Address { get; set; }
    public ConsumerAuthentication Authentication { get; set; }
    /// <summary>The user name of basic authentication.</summary>
    public string? UserName { get; set; }
    /// <summary>Password, token or signing key, protected by this installation's keys.</summary>
    public string? Secret { get; set; }
    /// <summary>The version of xAPI that it is spoken to in.</summary>
    public required string Version { get; set; }
    public required ConsumerFilter Filter { get; set; }
    /// <summary>A paused one is sent nothing; what it would get waits.</summary>
    public bool Paused { get; private set; }

    /// <summary>How many tries in a row failed.</summary>
    public int Failures { get; private set; }
    /// <summary>Nothing is sent before; null for at once.</summary>
    public DateTime? NextAttemptAt { get; private set; }
    public DateTime? LastSuccessAt { get; private set; }
    public ConsumerProblem Problem { get; private set; }
    public int? ProblemStatus { get; private set; }
    /// <summary>What it answered or what the network said, as it was.</summary>
    public string? ProblemDetail { get; private set; }
    public long Delivered { get; private set; }
    /// <summary>Statements that it refused and nobody has dealt with.</summary>
    public int Refused { get; private set; }

    /// <summary>The process that sends to it, until when; so that several don't.</summary>
    public string? LeaseOwner { get; private set; }
    public DateTime? LeaseUntil { get; private set; }

    /// <summary>The running replay; an older one that still has a job stops.</summary>
    public Guid? ReplayId { get; private set; }
    /// <summary>How far the replay has come; null when none runs.</summary>
    public DateTime? ReplayedTo { get; private set; }

    public void SetPaused(bool paused) => Paused = paused;

    /// <summary>A person has changed something: it may be well again.</summary>
    public void TryAtOnce() => NextAttemptAt = null;

    public Guid StartReplay(DateTime from)
    {
        ReplayId = Guid.CreateVersion7();
        ReplayedTo = from;
        return ReplayId.Value;
    }

    public void ReplayReached(DateTime time) => ReplayedTo = time;

    public void EndReplay() => (ReplayId, ReplayedTo) = (null, null);

    internal sealed class Configuration : IEntityTypeConfiguration<StatementConsumer>
    {
        public void Configure(EntityTypeBuilder<StatementConsumer> consumer)
        {
            consumer.ToTable("StatementConsumers").HasKey(c => c.Number);
            consumer.Property(c => c.Number).ValueGeneratedOnAdd();
            consumer.Property(c => c.Name).HasMaxLength(200);
            consumer.Property(c => c.Address).HasMaxLength(2000);
            consumer.Property(c => c.UserName).HasMaxLength(200);
            consumer.Property(c => c.Secret).HasMaxLength(4000);
            consumer.Property(c => c.Version).HasMaxLength(16);
            consumer.Property(c => c.ProblemDetail).HasMaxLength(DeadLetter.LongestReason);
            consumer.Property(c => c.LeaseOwner).HasMaxLength(100);
            consumer.Property(c => c.Filter).HasJson();
            consumer.HasIndex(c => c.Id).IsUnique();
            consumer.HasIndex(c => new { c.CentreId, c.Number });
        }
    }
}

/// <summary>Which statements a consumer gets: those that meet every condition. An empty one gets all of its centre; the hub's, all.</summary>
/// <param name="Verbs">IRIs, one of which it must be; none for any.</param>
/// <param name="ActivityPrefix">How the IRI of one of its activities begins, those of the context included.</param>
/// <param name="Course">Short name of a course here: the statement is about it, or about something in it.</param>
/// <param name="CentreId">For the hub's consumers: statements of this centre only.</param>
public sealed record ConsumerFilter(IReadOnlyList<string> Verbs, string? ActivityPrefix = null, string? Course = null, Guid? CentreId = null)
{
    public static ConsumerFilter Everything { get; } = new([]);
}
