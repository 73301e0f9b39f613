namespace Lms.Web.Features.Shared.Metrics;

/// <summary>Gauges that are read from the database when somebody asks for metrics.</summary>
public interface IMetricSource
{
    Task RefreshAsync(CancellationToken ct);
}
