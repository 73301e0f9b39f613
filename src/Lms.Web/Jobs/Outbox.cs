using System.Text.Json;
using Lms.Web.Data;

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
        var now = clock.GetUtcNow().UtcDateTime;
        var payload = JsonSerializer.Serialize(message);
        foreach (var job in jobs.For(typeof(TMessage)))
            db.Outbox.Add(new OutboxMessage { Job = job, Payload = payload, CreatedAt = now, DueAt = dueAt ?? now });
    }
}

/// <summary>Which job handles which message, from the registrations of the features.</summary>
public sealed class JobRegistry
{
    private readonly Dictionary<string, Func<IServiceProvider, string, CancellationToken, Task>> _runners = [];
    private readonly Dictionary<Type, List<string>> _byMessage = [];

    public JobRegistry(IEnumerable<JobRegistration> registrations)
    {
        ArgumentNullException.ThrowIfNull(registrations);
        foreach (var job in registrations)
        {
            _runners.Add(job.Name, job.Run);
            if (!_byMessage.TryGetValue(job.Message, out var names)) _byMessage.Add(job.Message, names = []);
            names.Add(job.Name);
        }
    }

    /// <summary>All jobs that this program has.</summary>
    public IReadOnlyList<string> Names => [.. _runners.Keys.Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> For(Type message) =>
        _byMessage.TryGetValue(message, out var names) ? names : [];

    public Task RunAsync(IServiceProvider services, string job, string payload, CancellationToken ct) =>
        _runners.TryGetValue(job, out var run)
            ? run(services, payload, ct)
            : throw new InvalidOperationException($"This version of the program has no job named {job}.");
}

public sealed record JobRegistration(
    string Name, Type Message, Func<IServiceProvider, string, CancellationToken, Task> Run);

public static class JobRegistrationExtensions
{
    public static IServiceCollection AddJob<TMessage, TJob>(this IServiceCollection services)
        where TJob : class, IJob<TMessage>
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(new JobRegistration(typeof(TJob).Name, typeof(TMessage), (provider, payload, ct) =>
            provider.GetRequiredService<TJob>().RunAsync(JsonSerializer.Deserialize<TMessage>(payload)!, ct)));
    }
}
