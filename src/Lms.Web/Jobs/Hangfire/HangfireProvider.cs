using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Hangfire.SqlServer;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Jobs.Hangfire;

/// <summary>
/// Hangfire as the job runner. What there is to do stays in the outbox, with its tries and dead letters; Hangfire carries the ids of rows to its
/// servers, of which there is one for each crew of workers, and keeps the clock of recurring jobs.
/// </summary>
internal static class HangfireProvider
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        // Before Hangfire adds its own, which are for the whole process.
        services.AddSingleton<JobStorage>(_ => Storage(configuration));
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddHangfire(hangfire => hangfire.SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings());
        services.Configure<LoggerFilterOptions>(logging => logging.AddFilter("Hangfire", LogLevel.Warning));
        services.AddSingleton<TurnRunner, HangfireTurns>();
        services.AddHostedService<HangfireDispatcher>();
        AddServers(services, configuration);
        AddPages(services);
    }

    public static string NameOf(JobQueue queue) => queue switch
    {
        JobQueue.Critical => "critical",
        JobQueue.Default => "default",
        _ => "bulk",
    };

    /// <summary>
    /// In the site's own database where that is SQL Server. With another one Hangfire's part is kept in memory, by each process for itself: what is
    /// lost with it is handed over again when its lease is over.
    /// </summary>
    private static JobStorage Storage(IConfiguration configuration) =>
        HangfireSchema.IsNeeded(configuration)
            ? new SqlServerStorage(configuration["LMS:Database:ConnectionString"], new SqlServerStorageOptions
            {
                SchemaName = HangfireSchema.Name,
                // The schema was made with the site's own, and so is known.
                PrepareSchemaIfNecessary = false,
                TryAutoDetectSchemaDependentOptions = false,
                DisableGlobalLocks = true,
                UseIgnoreDupKeyOption = true,
                DeleteExpiredBatchSize = 10_000,
            })
            : new InMemoryStorage();

    private static void AddServers(IServiceCollection services, IConfiguration configuration)
    {
        var workers = configuration.GetSection("LMS:Jobs:Workers").Get<JobWorkers>() ?? new JobWorkers();
        var crews = workers.Crews.Select(crew => (Queues: crew.Queues.Select(NameOf).ToArray(), crew.Workers)).Append(([HangfireTurns.Queue], Math.Max(1, workers.Forwarding)));
        foreach (var (index, (queues, count)) in crews.Index())
        {
            services.AddHangfireServer((_, server) =>
            {
                server.ServerName = $"{Environment.MachineName}-{string.Join('-', queues)}";
                // SQL Server's storage takes queues by the alphabet, others in this order: critical comes first either way.
                server.Queues = queues;
                server.WorkerCount = count;
                server.SchedulePollingInterval = Poll;
                // One of them looks after schedules and what is left of old jobs.
                server.IsLightweightServer = index > 0;
            });
        }
    }

    /// <summary>The dashboard takes the place of the site's own page, which moves aside: it shows what is truly waiting.</summary>
    private static void AddPages(IServiceCollection services)
    {
        var pages = new JobPages("/admin/outbox", "/admin/jobs", HangfireDashboard.Map);
        services.AddSingleton(pages);
        services.PostConfigure<RazorPagesOptions>(razor => razor.Conventions.AddPageRouteModelConvention("/Reporting/Jobs", page =>
        {
            foreach (var selector in page.Selectors) selector.AttributeRouteModel!.Template = pages.Outbox[1..];
        }));
    }
}
