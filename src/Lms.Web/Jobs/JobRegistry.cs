using System.Text.Json;

namespace Lms.Web.Jobs;

/// <summary>Which job handles which message, and which come by the clock: from the registrations of the features.</summary>
public sealed class JobRegistry
{
    private readonly Dictionary<string, JobRegistration> _byName;
    private readonly ILookup<Type, JobRegistration> _byMessage;

    public JobRegistry(IEnumerable<JobRegistration> registrations)
    {
        ArgumentNullException.ThrowIfNull(registrations);
        _byName = registrations.ToDictionary(job => job.Name);
        _byMessage = _byName.Values.ToLookup(job => job.Message);
        Recurring = [.. _byName.Values.Where(job => job.Schedule is not null).OrderBy(job => job.Name, StringComparer.Ordinal)];
    }

    /// <summary>All jobs that this program has.</summary>
    public IReadOnlyList<string> Names => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The jobs that run again and again.</summary>
    public IReadOnlyList<JobRegistration> Recurring { get; }

    public IEnumerable<JobRegistration> For(Type message) => _byMessage[message];

    public Task RunAsync(IServiceProvider services, string job, string payload, CancellationToken ct) =>
        _byName.TryGetValue(job, out var known)
            ? known.Run(services, payload, ct)
            : throw new InvalidOperationException($"This version of the program has no job named {job}.");
}

/// <param name="Schedule">When it recurs; null for one that only follows a commit.</param>
public sealed record JobRegistration(
    string Name, Type Message, JobQueue Queue, Schedule? Schedule, Func<IServiceProvider, string, CancellationToken, Task> Run);

public static class JobRegistrationExtensions
{
    public static IServiceCollection AddJob<TMessage, TJob>(this IServiceCollection services, JobQueue queue = JobQueue.Default)
        where TJob : class, IJob<TMessage> => services.Add<TMessage, TJob>(queue, schedule: null);

    /// <summary>A job that the clock asks for. One process of all that share a database adds its message.</summary>
    public static IServiceCollection AddRecurringJob<TJob>(this IServiceCollection services, Schedule schedule, JobQueue queue = JobQueue.Default)
        where TJob : class, IJob<TimeCame> => services.Add<TimeCame, TJob>(queue, schedule);

    private static IServiceCollection Add<TMessage, TJob>(this IServiceCollection services, JobQueue queue, Schedule? schedule)
        where TJob : class, IJob<TMessage>
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(new JobRegistration(typeof(TJob).Name, typeof(TMessage), queue, schedule, (provider, payload, ct) =>
            provider.GetRequiredService<TJob>().RunAsync(JsonSerializer.Deserialize<TMessage>(payload)!, ct)));
    }
}
