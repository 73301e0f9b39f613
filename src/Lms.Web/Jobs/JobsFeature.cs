namespace Lms.Web.Jobs;

public static class JobsFeature
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<JobRegistry>();
        services.AddSingleton<JobRunner>();
        services.AddScoped<Outbox>();
        return services;
    }

    /// <summary>Runs jobs in this process; commands that only enqueue leave it out.</summary>
    public static IServiceCollection AddJobWorker(this IServiceCollection services) =>
        services.AddHostedService<InProcessWorker>();
}
