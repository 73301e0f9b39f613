namespace Lms.Web.Jobs;

public static class JobsFeature
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<JobRegistry>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<RecurringJobs>();
        services.AddScoped<Outbox>();
        return services;
    }

    /// <summary>Runs jobs in this process; commands that only enqueue leave it out.</summary>
    public static IServiceCollection AddJobWorker(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(configuration.GetSection("LMS:Jobs:Workers").Get<JobWorkers>() ?? new JobWorkers());
        return services.AddHostedService<InProcessWorker>();
    }
}
