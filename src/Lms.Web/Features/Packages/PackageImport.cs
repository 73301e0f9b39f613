using System.Security.Cryptography;
using Lms.Standards.Packages;
using Lms.Web.Data;
using Lms.Web.Features.Shared;
using Lms.Web.Files;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>
/// Turns an upload into a package version that can be enrolled in. All is read and unpacked aside before anything is kept, files are kept
/// before the rows that name them, and the rows are one transaction: whatever happens, there is all of a package or none.
/// </summary>
public sealed class PackageImport(LmsDbContext db, IFileStore files, DataFolder folder, PackageCourses courses, PackagesOptions options, SiteMetrics metrics, TimeProvider clock)
{
    // What is written at once: rows of files take memory, and a package can have tens of thousands.
    private const int RowsAtOnce = 2000;

    /// <summary>Imports the file at <paramref name="path"/>; the same bytes in the same centre are imported once. Progress goes from 0 to 1.</summary>
    public async Task<ImportOutcome> ImportAsync(string path, Guid centreId, Guid? by, ImportSettings settings, Func<double, Task>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var span = Telemetry.Source.StartActivity("import package");
        var outcome = await ReadAsync(path, centreId, by, settings, progress, ct);
        metrics.Imported(outcome is ImportOutcome.Imported ? "imported" : "refused");
        return outcome;
    }

    private async Task<ImportOutcome> ReadAsync(string path, Guid centreId, Guid? by, ImportSettings settings, Func<double, Task>? progress, CancellationToken ct)
    {
        await using var upload = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 << 10, FileOptions.Asynchronous);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(upload, ct));
        if (await FindAsync(centreId, hash, settings, ct) is { } before) return before;

        var reading = PackageReader.Read(upload, options.Limits);
        if (reading.Content is not { } content) return new ImportOutcome.Refused(reading.Findings);
        if (NoSpace(reading) is { } full) return new ImportOutcome.Refused([full]);

        using var stage = files.Stage();
        var unpacked = await UnpackAsync(upload, reading, stage, progress, ct);
        if (unpacked.Refused is { } refused) return new ImportOutcome.Refused([.. reading.Findings, refused]);
        await stage.KeepAsync(ct);

        var import = new NewVersion(content, reading.Findings, unpacked.Files, hash, centreId, by, settings);
        // Two who import the same at once meet at the unique index on the hash; the loser comes again and finds it imported.
        return await db.RetryAsync(async () => await FindAsync(centreId, hash, settings, ct) ?? await SaveAsync(import, ct));
    }

    private async Task<ImportOutcome?> FindAsync(Guid centreId, string hash, ImportSettings settings, CancellationToken ct)
    {
        var version = await db.PackageVersions.AsNoTracking().IgnoreQueryFilters().SingleOrDefaultAsync(v => v.CentreId == centreId && v.Hash == hash && v.DeletedAt == null, ct);
        if (version is null) return null;
        var package = await db.Packages.AsNoTracking().IgnoreQueryFilters().SingleAsync(p => p.Id == version.PackageId, ct);
        return settings.PackageId is null || settings.PackageId == package.Id
            ? new ImportOutcome.Imported(package, version, IsNew: false)
            : new ImportOutcome.Refused([PackageFinding.Error("imported-before", "upload", $"The same file is version {version.Number} of the package “{package.Title}”.", "Choose the new version's file, or go to that package.")]);
    }

    private PackageFinding? NoSpace(PackageReading reading)
    {
        var (needed, free) = (reading.Files.Sum(f => f.Entry.Bytes), new DriveInfo(folder.Root).AvailableFreeSpace);
        return needed < free * 0.95 ? null
            : PackageFinding.Error("disk-full", "upload", $"The package unpacks to {Bytes.Text(needed)}, and the server's disk has {Bytes.Text(free)} free.", "Ask the operator to make space, then import it again.");
    }

    private static async Task<(List<PackageFile> Files, PackageFinding? Refused)> UnpackAsync(
        Stream upload, PackageReading reading, IFileStage stage, Func<double, Task>? progress, CancellationToken ct)
    {
        var (kept, done, all) = (new List<PackageFile>(reading.Files.Count), 0L, Math.Max(1, reading.Files.Sum(f => f.Entry.Bytes)));
        // In the order of the archive: a disk reads forward.
        foreach (var file in reading.Files.OrderBy(f => f.Entry.Offset))
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                await using var content = ZipEntryStream.Open(upload, file.Entry);
                var name = await stage.AddAsync(content, ct);
                kept.Add(new PackageFile { Path = file.Path, Key = PackageFileNames.KeyOf(file.Path), Hash = name, Bytes = file.Entry.Bytes, ContentType = ContentTypes.Of(file.Path) });
            }
            catch (InvalidDataException broken)
            {
                return ([], PackageFinding.Error("zip-broken", file.Path, broken.Message, "Upload it again; if that does not help, export it again."));
            }
            done += file.Entry.Bytes;
            if (progress is not null) await progress((double)done / all);
        }
        return (kept, null);
    }

    private Task<ImportOutcome> SaveAsync(NewVersion import, CancellationToken ct) => db.TransactionAsync<ImportOutcome>(async () =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var package = await PackageAsync(import, now, ct);
        if (package is null) return new ImportOutcome.Refused([PackageFinding.Error("package-missing", "upload", "The package of which this is to be a version is no longer there.", "Import it as a new package.")]);

        var number = 1 + (await db.PackageVersions.IgnoreQueryFilters().Where(v => v.PackageId == package.Id).MaxAsync(v => (int?)v.Number, ct) ?? 0);
        var version = import.Version(package, number, now);
        db.Add(version);
        if (!import.Settings.AsDraft || package.CurrentVersionId is null) await courses.PublishAsync(package, version, import.Settings, import.By, ct);
        await db.SaveChangesAsync(ct);
        await SaveFilesAsync(version, import.Files, ct);
        return new ImportOutcome.Imported(package, version, IsNew: true);
    }, ct);

    private async Task<Package?> PackageAsync(NewVersion import, DateTime now, CancellationToken ct)
    {
        if (import.Settings.PackageId is { } id)
            return await db.Packages.IgnoreQueryFilters().SingleOrDefaultAsync(p => p.Id == id && p.CentreId == import.CentreId && p.DeletedAt == null, ct);
        var course = await courses.CreateAsync(import.Content.Title, import.CentreId, ct);
        var package = new Package { CentreId = import.CentreId, CourseId = course.Id, CreatedAt = now };
        db.Add(package);
        return package;
    }

    private async Task SaveFilesAsync(PackageVersion version, List<PackageFile> rows, CancellationToken ct)
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            db.ChangeTracker.Clear();
            db.PackageFiles.AddRange(some.Select(r => r.In(version.Id)));
            await db.SaveChangesAsync(ct);
        }
        db.ChangeTracker.Clear();
    }

    private sealed record NewVersion(
        PackageContent Content, IReadOnlyList<PackageFinding> Findings, List<PackageFile> Files, string Hash, Guid CentreId, Guid? By, ImportSettings Settings)
    {
        private static string Cut(string title) => title.Length <= Package.MostTitle ? title : $"{title[..(Package.MostTitle - 1)]}…";

        public PackageVersion Version(Package package, int number, DateTime now) => new()
        {
            PackageId = package.Id,
            CentreId = CentreId,
            Number = number,
            Hash = Hash,
            Title = Cut(Content.Title),
            Edition = Content.Edition,
            Standard = Content.Standard,
            Structure = Content.Structure,
            Activities = Content.Activities,
            Findings = Findings,
            FileCount = Files.Count,
            Bytes = Files.Sum(f => f.Bytes),
            ImportedAt = now,
            ImportedBy = By,
        };
    }
}
