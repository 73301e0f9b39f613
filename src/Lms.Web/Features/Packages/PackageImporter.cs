using Lms.Standards.Packages;
using Lms.Web.Data;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>Imports what people uploaded, one at a time and whether they wait for it or not. What a process that died left is imported at the next start.</summary>
internal sealed class PackageImporter(IServiceScopeFactory scopes, ImportQueue queue, UploadFiles files, SiteMetrics metrics, TimeProvider clock, ILogger<PackageImporter> log) : BackgroundService
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await ResumeAsync(stoppingToken);
            await foreach (var id in queue.ReadAllAsync(stoppingToken)) await ImportAsync(id, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    private async Task ResumeAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        files.Sweep(now);
        await using var scope = NewScope(out var db);
        await db.PackageUploads.Where(u => u.CreatedAt < now - Remembered).ExecuteDeleteAsync(ct);
        foreach (var id in await db.PackageUploads.Where(u => u.State == UploadState.Received).OrderBy(u => u.CreatedAt).Select(u => u.Id).ToListAsync(ct)) queue.Add(id);
    }

    private async Task ImportAsync(Guid id, CancellationToken ct)
    {
        queue.Report(id, 0);
        ImportOutcome outcome;
        try
        {
            await using var scope = NewScope(out var db);
            if (await db.PackageUploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.State == UploadState.Received, ct) is not { } upload) return;
            outcome = await scope.ServiceProvider.GetRequiredService<PackageImport>()
                .ImportAsync(files.PathOf(id), upload.CentreId, upload.PersonId, upload.Settings, progress => queue.Report(id, progress), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever goes wrong, the next upload is to be imported, and this one's person told.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            metrics.Imported("failed");
            log.LogError(failure, "Upload {Upload} could not be imported", id);
            outcome = new ImportOutcome.Refused([PackageFinding.Error("import-failed", "upload", RefusalException.SentenceOf(failure) ?? "The import failed; the site's log says why.", "Try again, or tell the operator.")]);
        }
        finally
        {
            queue.Done(id);
        }
        await RecordAsync(id, outcome, ct);
    }

    private async Task RecordAsync(Guid id, ImportOutcome outcome, CancellationToken ct)
    {
        await using var scope = NewScope(out var db);
        var upload = await db.PackageUploads.SingleAsync(u => u.Id == id, ct);
        upload.Take(outcome);
        await db.SaveChangesAsync(ct);
        files.Delete(id);
    }

    private AsyncServiceScope NewScope(out LmsDbContext db)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        return scope;
    }
}
