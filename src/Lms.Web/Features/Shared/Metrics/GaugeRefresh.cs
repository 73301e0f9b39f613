namespace Lms.Web.Features.Shared.Metrics;

/// <summary>Keeps the gauges fresh while metrics are pushed, when nobody asks for them at <c>/metrics</c>.</summary>
internal sealed class GaugeRefresh(MetricsReader metrics, ILogger<GaugeRefresh> log) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each);
        try
        {
            do
            {
                try
                {
                    await metrics.RefreshAsync(stoppingToken);
                }
#pragma warning disable CA1031 // A database that is away must not end this for good.
                catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    log.LogWarning(failure, "The gauges could not be read; trying again");
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The site stops.
        }
    }
}
