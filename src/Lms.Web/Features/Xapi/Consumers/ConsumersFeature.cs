using Lms.Web.Features.Shared.Metrics;
using Lms.Web.Jobs;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>Those who receive statements.</summary>
internal static class ConsumersFeature
{
    public static IServiceCollection AddConsumers(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ForwardingOptions>(configuration.GetSection("LMS:Consumers"));
        services.AddSingleton<StatementMetrics>();
        services.AddSingleton<IMetricSource, ConsumerGauges>();
        services.AddSingleton<ConsumerMatches>();
        services.AddSingleton<ForwarderSignal>();
        services.AddSingleton<ConsumerClient>();
        services.AddSingleton<ConsumerTurns>();
        services.AddSingleton<ITurns>(provider => provider.GetRequiredService<ConsumerTurns>());
        services.AddHostedService<Forwarder>();
        services.AddScoped<ConsumerQueue>();
        services.AddScoped<ConsumerRules>();
        services.AddScoped<StatementConsumers>();
        services.AddScoped<ConsumerList>();
        services.AddScoped<ConsumerSentences>();
        services.AddScoped<DeadLetters>();
        services.AddJob<ReplayAsked, ReplayStatements>(JobQueue.Bulk);
        services.AddJob<ConsumerRemoved, ClearDeliveries>(JobQueue.Bulk);
        return services;
    }
}
