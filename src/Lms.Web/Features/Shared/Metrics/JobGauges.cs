using System.Diagnostics.Metrics;
using Lms.Web.Data;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Shared.Metrics;

/// <summary>The jobs that wait, for the metrics: for each kind of job, also where there is none.</summary>
internal sealed class JobGauges : IMetricSource
{
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<string> _names;
    private volatile Dictionary<string, Waiting> _jobs = [];

    public JobGauges(IServiceScopeFactory scopes, JobRegistry registry, TimeProvider clock, IMeterFactory meters)
    {
        (_scopes, _clock, _names) = (scopes, clock, registry.Names);
        var meter = meters.Create("Seedlot.Jobs");
        meter.CreateObservableGauge("seedlot.jobs.pending", () => Each(j => j.Pending), description: "Jobs that wait or run.");
        meter.CreateObservableGauge("seedlot.jobs.dead", () => Each(j => j.Dead), description: "Jobs that failed for good and wait for a person.");
        meter.CreateObservableGauge("seedlot.jobs.age", () => Each(j => j.Age), "s", "For how long the oldest job has been due.");
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await using var scope = _scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<LmsDbContext>().Outbox
            .GroupBy(j => new { j.Job, Dead = j.State == JobState.Failed })
            .Select(g => new { g.Key.Job, g.Key.Dead, Count = g.Count(), Due = g.Min(j => j.DueAt) }).ToListAsync(ct);
        _jobs = rows.GroupBy(r => r.Job).ToDictionary(g => g.Key, g => new Waiting(
            g.Where(r => !r.Dead).Sum(r => r.Count),
            g.Where(r => r.Dead).Sum(r => r.Count),
            g.Where(r => !r.Dead).Select(r => Math.Max(0, (now - r.Due).TotalSeconds)).FirstOrDefault()));
    }

    private IEnumerable<Measurement<double>> Each(Func<Waiting, double> value) =>
        _names.Select(name => new Measurement<double>(_jobs.TryGetValue(name, out var waiting) ? value(waiting) : 0, new KeyValuePair<string, object?>("name", name)));

    private sealed record Waiting(int Pending, int Dead, double Age);
}
