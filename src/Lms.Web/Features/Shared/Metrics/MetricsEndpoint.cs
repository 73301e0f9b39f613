using Lms.Web.Operations;

namespace Lms.Web.Features.Shared.Metrics;

/// <summary><c>/metrics</c> for Prometheus: numbers alone, of nobody, so anybody may read them; <c>LMS__Metrics=off</c> closes it.</summary>
internal static class MetricsEndpoint
{
    public static IServiceCollection AddMetricsText(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<MetricsReader>();
        services.AddSingleton<IMetricSource, JobGauges>();
        services.AddSingleton<IMetricSource, SiteGauges>();
        if (OtlpExport.IsOn(configuration)) services.AddHostedService<GaugeRefresh>();
        return services;
    }

    public static void MapMetrics(this WebApplication app)
    {
        if (app.Configuration["LMS:Metrics"] is { } setting && setting.Equals("off", StringComparison.OrdinalIgnoreCase)) return;
        // It listens from the start, not from the first question on.
        app.Services.GetRequiredService<PrometheusText>();
        app.Services.GetRequiredService<SiteMetrics>();
        app.MapGet("/metrics", async (MetricsReader metrics, CancellationToken ct) => Results.Text(await metrics.ReadAsync(ct), "text/plain; version=0.0.4; charset=utf-8"))
            .AllowAnonymous().ExcludeFromDescription();
    }
}

/// <summary>Reads the gauges at most once in some seconds, however often somebody asks.</summary>
internal sealed class MetricsReader(PrometheusText text, IEnumerable<IMetricSource> sources, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private DateTimeOffset _readAt;

    public async Task<string> ReadAsync(CancellationToken ct)
    {
        await RefreshAsync(ct);
        return text.Write();
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            if (clock.GetUtcNow() - _readAt <= Fresh) return;
            foreach (var source in sources) await source.RefreshAsync(ct);
            _readAt = clock.GetUtcNow();
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();
}
