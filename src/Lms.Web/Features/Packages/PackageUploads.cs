using Lms.Standards.Packages;
using Lms.Web.Data;
using Lms.Web.Features.Shared;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>Takes uploads in, and has them imported.</summary>
public sealed class PackageUploads(
    LmsDbContext db, UploadFiles files, PackageImport import, Outbox outbox, Locks locks, PackagesOptions options, TimeProvider clock)
{
    /// <summary>What an upload of more than the operator allows is told.</summary>
    public PackageFinding TooLarge => PackageFinding.Error("upload-too-large", "upload", $"The file is larger than {Bytes.Text(options.MostUploadBytes)}, which is the most that this site takes.",
        "Make the package smaller, for example its videos, or ask the operator to set LMS__Packages__MostUploadBytes.");

    /// <summary>Takes a request's body and imports it while the caller waits.</summary>
    public async Task<ImportOutcome> ImportNowAsync(Stream body, Guid centreId, Guid? by, ImportSettings settings, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        try
        {
            return await files.AppendAsync(id, body, 0, options.MostUploadBytes, ct) is null
                ? new ImportOutcome.Refused([TooLarge])
                : await import.ImportAsync(files.PathOf(id), centreId, by, settings, progress: null, ct);
        }
        finally
        {
            files.Delete(id);
        }
    }

    /// <summary>Begins an upload; null when it would be too large.</summary>
    public async Task<PackageUpload?> BeginAsync(Guid centreId, Guid personId, string fileName, long length, ImportSettings settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (length > options.MostUploadBytes || length < 0) return null;
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var upload = new PackageUpload
        {
            CentreId = centreId,
            PersonId = personId,
            FileName = name.Length > PackageUpload.MostName ? name[..PackageUpload.MostName] : name,
            Length = length,
            Settings = settings,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.Add(upload);
        await db.SaveChangesAsync(ct);
        return upload;
    }

    public Task<PackageUpload?> FindAsync(Guid id, Guid personId, CancellationToken ct) =>
        db.PackageUploads.SingleOrDefaultAsync(u => u.Id == id && u.PersonId == personId, ct);

    /// <summary>
    /// Goes on with an upload from <paramref name="offset"/>, and returns how much is here then. Null when that is not where it stopped, or another request
    /// is bringing it. With the last byte the import begins.
    /// </summary>
    public async Task<long?> AppendAsync(PackageUpload upload, long offset, Stream content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(upload);
        await using var mine = await locks.TryTakeAsync($"upload {upload.Id}", ct);
        if (mine is null) return null;
        // What another process has taken in meanwhile.
        await db.Entry(upload).ReloadAsync(ct);
        if (upload.State != UploadState.Receiving) return null;
        var length = await files.AppendAsync(upload.Id, content, offset, upload.Length, ct);
        if (length == upload.Length) await ReceivedAsync(upload, ct);
        return length;
    }

    /// <summary>Takes all of a form's file at once.</summary>
    public async Task<bool> TakeWholeAsync(PackageUpload upload, Stream content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(upload);
        if (await files.AppendAsync(upload.Id, content, 0, options.MostUploadBytes, ct) is not { } length)
        {
            files.Delete(upload.Id);
            upload.Take(new ImportOutcome.Refused([TooLarge]));
            await db.SaveChangesAsync(ct);
            return false;
        }
        upload.Length = length;
        await ReceivedAsync(upload, ct);
        return true;
    }

    public async Task CancelAsync(PackageUpload upload, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(upload);
        if (upload.State == UploadState.Received) return;
        files.Delete(upload.Id);
        db.Remove(upload);
        await db.SaveChangesAsync(ct);
    }

    private async Task ReceivedAsync(PackageUpload upload, CancellationToken ct)
    {
        upload.Receive();
        outbox.Add(new PackageUploaded(upload.Id));
        await db.SaveChangesAsync(ct);
    }
}
