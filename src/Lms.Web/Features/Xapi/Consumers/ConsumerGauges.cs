using System.Diagnostics.Metrics;
using Lms.Web.Data;
using Lms.Web.Features.Shared.Metrics;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>How far each consumer is behind, for the metrics.</summary>
internal sealed class ConsumerGauges : IMetricSource
{
    private readonly IServiceScopeFactory _scopes;
    private volatile IReadOnlyList<ConsumerRow> _consumers = [];

    public ConsumerGauges(IServiceScopeFactory scopes, IMeterFactory meters)
    {
        _scopes = scopes;
        var meter = meters.Create(StatementMetrics.MeterName);
        meter.CreateObservableGauge("seedlot.consumer.lag", () => Each(c => c.Lag.TotalSeconds), "s", "Age of the oldest statement that a consumer has not had.");
        meter.CreateObservableGauge("seedlot.consumer.queue", () => Each(c => c.Waiting), description: $"Statements that wait for a consumer, counted up to {ConsumerList.MostCounted}.");
        meter.CreateObservableGauge("seedlot.consumer.failures", () => Each(c => c.Consumer.Failures), description: "Failures in a row.");
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        _consumers = await scope.ServiceProvider.GetRequiredService<ConsumerList>().AllAsync(ct);
    }

    private IEnumerable<Measurement<double>> Each(Func<ConsumerRow, double> value) => _consumers.Select(c => new Measurement<double>(value(c), StatementMetrics.Of(c.Consumer.Number)));
}
