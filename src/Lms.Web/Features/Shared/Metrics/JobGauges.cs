using System.Diagnostics.Metrics;
using Lms.Web.Data;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Shared.Metrics;

/// <summary>The jobs that wait, for the metrics.</summary>
internal sealed class JobGauges : IMetricSource
{
    private readonly IServiceScopeFactory _scopes;
    private int _pending, _failed;

    public JobGauges(IServiceScopeFactory scopes, IMeterFactory meters)
    {
        _scopes = scopes;
        var meter = meters.Create("Seedlot.Jobs");
        meter.CreateObservableGauge("seedlot.jobs.pending", () => _pending, description: "Jobs that wait or run.");
        meter.CreateObservableGauge("seedlot.jobs.dead", () => _failed, description: "Jobs that failed for good and wait for a person.");
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var jobs = scope.ServiceProvider.GetRequiredService<LmsDbContext>().Outbox;
        _failed = await jobs.CountAsync(j => j.State == JobState.Failed, ct);
        _pending = await jobs.CountAsync(j => j.State == JobState.Pending || j.State == JobState.Running, ct);
    }
}
