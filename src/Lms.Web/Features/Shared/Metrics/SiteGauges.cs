using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Lms.Web.Data;
using Lms.Web.Editions;

namespace Lms.Web.Features.Shared.Metrics;

/// <summary>What this process is, and what it stands on: its version, its disk, its database.</summary>
internal sealed class SiteGauges : IMetricSource
{
    private readonly DataFolder _folder;
    private readonly IServiceScopeFactory _scopes;
    private long _databaseBytes;

    public SiteGauges(DataFolder folder, IServiceScopeFactory scopes, IMeterFactory meters)
    {
        (_folder, _scopes) = (folder, scopes);
        var version = typeof(SiteGauges).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var started = (Process.GetCurrentProcess().StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        var meter = meters.Create("Seedlot.Process");
        meter.CreateObservableGauge("seedlot.build.info", () => new Measurement<int>(1, new("version", version), new("edition", Edition.Name)), description: "1, with the version and the edition of the program.");
        meter.CreateObservableGauge("process.start.time", () => started, "s", "When the process started, in seconds since 1970.");
        meter.CreateObservableGauge("seedlot.disk.free", () => Disk(d => d.AvailableFreeSpace), "By", "Space left on the disk of the data folder.");
        meter.CreateObservableGauge("seedlot.disk.size", () => Disk(d => d.TotalSize), "By", "Size of the disk of the data folder.");
        meter.CreateObservableGauge("seedlot.database.size", () => _databaseBytes, "By", "Size of the database.");
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        _databaseBytes = await scope.ServiceProvider.GetRequiredService<LmsDbContext>().SizeAsync(ct);
    }

    private double Disk(Func<DriveInfo, long> value) => value(new DriveInfo(_folder.Root));
}
