using Lms.Standards.Packages;
using Lms.Web.Data;
using Lms.Web.Jobs;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>All of an upload is here.</summary>
public sealed record PackageUploaded(Guid UploadId);

/// <summary>Imports what a person uploaded, whether they wait for it or not. Begun again after a crash, it finds what was imported already.</summary>
internal sealed class ImportPackage(LmsDbContext db, PackageImport import, UploadFiles files, SiteMetrics metrics, TimeProvider clock, ILogger<ImportPackage> log) : IJob<PackageUploaded>
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    private DateTimeOffset _reportedAt;

    public async Task RunAsync(PackageUploaded message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (await db.PackageUploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == message.UploadId && u.State == UploadState.Received, ct) is { } upload)
        {
            var outcome = await ImportAsync(upload, ct);
            db.ChangeTracker.Clear();
            (await db.PackageUploads.SingleAsync(u => u.Id == upload.Id, ct)).Take(outcome);
            await db.SaveChangesAsync(ct);
        }
        files.Delete(message.UploadId);
    }

    private async Task<ImportOutcome> ImportAsync(PackageUpload upload, CancellationToken ct)
    {
        try
        {
            return await import.ImportAsync(files.PathOf(upload.Id), upload.CentreId, upload.PersonId, upload.Settings, progress => ReportAsync(upload.Id, progress, ct), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever goes wrong, its person is told, rather than kept waiting for further tries.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            metrics.Imported("failed");
            log.LogError(failure, "Upload {Upload} could not be imported", upload.Id);
            return new ImportOutcome.Refused([PackageFinding.Error("import-failed", "upload", RefusalException.SentenceOf(failure) ?? "The import failed; the site's log says why.", "Try again, or tell the operator.")]);
        }
    }

    /// <summary>In the row, where every process that serves the page sees it.</summary>
    private async Task ReportAsync(Guid id, double progress, CancellationToken ct)
    {
        if (clock.GetUtcNow() - _reportedAt < Breath) return;
        _reportedAt = clock.GetUtcNow();
        await db.PackageUploads.Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.Progress, progress), ct);
    }
}

/// <summary>Removes uploads that nobody came back for, and what is long known of others.</summary>
internal sealed class CleanUploads(LmsDbContext db, UploadFiles files, TimeProvider clock) : IJob<TimeCame>
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public async Task RunAsync(TimeCame message, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        files.Sweep(now);
        await db.PackageUploads.Where(u => u.CreatedAt < now - Remembered).ExecuteDeleteAsync(ct);
    }
}
