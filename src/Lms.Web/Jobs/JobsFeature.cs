using Lms.Web.Editions;

namespace Lms.Web.Jobs;

public static class JobsFeature
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<JobRegistry>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<RecurringJobs>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton(new JobPages("/admin/jobs"));
        services.AddScoped<Outbox>();
        return services;
    }

    /// <summary>What runs jobs while the site serves, by the setting <c>LMS:Jobs:Provider</c>; commands that only enqueue leave it out.</summary>
    public static IServiceCollection AddJobWorker(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(configuration.GetSection("LMS:Jobs:Workers").Get<JobWorkers>() ?? new JobWorkers());
        Provider.Use(services, configuration, "LMS:Jobs:Provider", [new Provider("InProcess", (here, _) => here.AddHostedService<InProcessWorker>()), .. Edition.Jobs]);
        return services;
    }
}

/// <summary>Where people look at jobs.</summary>
/// <param name="Outbox">The site's own page.</param>
/// <param name="Dashboard">That of the job runner; null when it has none.</param>
/// <param name="Map">Puts the dashboard in its place, with no policy yet.</param>
public sealed record JobPages(string Outbox, string? Dashboard = null, Func<IEndpointRouteBuilder, IEndpointConventionBuilder>? Map = null);
