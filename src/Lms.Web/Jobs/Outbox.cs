using System.Text.Json;
using Lms.Web.Data;
using Lms.Web.Operations;

namespace Lms.Web.Jobs;

/// <summary>A job: takes a message of ids, is idempotent, and has a unique index behind each "once only".</summary>
public interface IJob<in TMessage>
{
    Task RunAsync(TMessage message, CancellationToken ct);
}

/// <summary>Adds work to the current unit of work: it exists if, and only if, the commit does.</summary>
public sealed class Outbox(LmsDbContext db, JobRegistry jobs, TimeProvider clock)
{
    public void Add<TMessage>(TMessage message, DateTime? dueAt = null)
    {
        foreach (var job in jobs.For(typeof(TMessage))) Add(job, message, dueAt);
    }

    /// <summary>Adds the message for one of the jobs that handle it.</summary>
    internal void Add<TMessage>(JobRegistration job, TMessage message, DateTime? dueAt = null)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        db.Outbox.Add(new OutboxMessage { Job = job.Name, Queue = job.Queue, Payload = Telemetry.WithCause(JsonSerializer.Serialize(message)), CreatedAt = now, DueAt = dueAt ?? now });
    }
}
