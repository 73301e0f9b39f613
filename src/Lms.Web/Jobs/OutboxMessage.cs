using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Jobs;

/// <summary>
/// Work that follows a commit: written in the same transaction as its cause, one row for each job that handles the message,
/// deleted when the job is done.
/// </summary>
public sealed class OutboxMessage
{
    public const int MaxAttempts = 10;

    public long Id { get; private init; }
    /// <summary>Name of the job class.</summary>
    public required string Job { get; init; }
    public JobQueue Queue { get; init; }
    /// <summary>The message as JSON: ids, never state.</summary>
    public required string Payload { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime DueAt { get; set; }
    public JobState State { get; private set; }
    public int Attempts { get; private set; }
    /// <summary>Until when whoever runs it has it to themselves; while it is pending, until when it should have begun elsewhere.</summary>
    public DateTime? LeaseUntil { get; private set; }
    public string? Error { get; private set; }

    /// <summary>Puts a failed try back with exponential back-off and jitter, or aside for a person once tries are used up.</summary>
    public void Fail(string error, DateTime now)
    {
        Error = error.Length > 4000 ? error[..4000] : error;
        LeaseUntil = null;
        State = Attempts >= MaxAttempts ? JobState.Failed : JobState.Pending;
        var seconds = Math.Min(3600, Math.Pow(2, Attempts)) * (0.75 + Random.Shared.NextDouble() / 2);
        DueAt = now.AddSeconds(seconds);
    }

    /// <summary>A person asks for another round of tries.</summary>
    public void Retry(DateTime now)
    {
        (State, Attempts, DueAt, LeaseUntil) = (JobState.Pending, 0, now, null);
    }

    internal sealed class Configuration : IEntityTypeConfiguration<OutboxMessage>
    {
        public void Configure(EntityTypeBuilder<OutboxMessage> message)
        {
            message.ToTable("Outbox");
            message.Property(m => m.Job).HasMaxLength(64);
            // An older program beside this one knows no queues.
            message.Property(m => m.Queue).HasDefaultValue(JobQueue.Default).HasSentinel(JobQueue.Default);
            message.HasIndex(m => new { m.State, m.Queue, m.DueAt });
        }
    }
}

public enum JobState
{
    Pending,
    Running,
    /// <summary>The dead letters: a person looks at the error and retries.</summary>
    Failed,
}
