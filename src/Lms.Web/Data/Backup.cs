using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Lms.Web.Files;

namespace Lms.Web.Data;

/// <summary>
/// Everything that a site keeps, in one compressed archive: the database as of one moment, every file that it may
/// refer to, the keys, and a list of hashes. It can be made while the program serves.
/// </summary>
public sealed class Backup(LmsDbContext db, IFileStore files, [FromKeyedServices(IFileStore.Attachments)] IFileStore attachments, DataFolder folder, DatabaseProvider provider, TimeProvider clock)
{
    public async Task CreateAsync(string file, CancellationToken ct)
    {
        // Beside the archive: the disk of the data may be full, which is when a backup is wanted most.
        var (unfinished, copy) = ($"{file}.unfinished", $"{file}.database");
        try
        {
            new FileStream(copy, BackupArchive.ForOwnerOnly(FileMode.Create)).Dispose();
            // The database first: files are written before the rows that name them, so each one a row names is there, but for attachments that are erased meanwhile.
            await db.CopyToAsync(copy, ct);
            await using (var target = new FileStream(unfinished, BackupArchive.ForOwnerOnly(FileMode.Create)))
            {
                await WriteAsync(target, copy, ct);
                target.Flush(flushToDisk: true);
            }
            File.Move(unfinished, file, overwrite: true);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(unfinished);
        }
    }

    private async Task WriteAsync(Stream target, string database, CancellationToken ct)
    {
        await using var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(gzip);
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);

        await AddAsync(provider.BackupEntry, File.OpenRead(database));
        await foreach (var name in files.NamesAsync(ct)) await AddAsync($"{BackupArchive.Files}{name}", (await files.OpenAsync(name, ct))!);
        await foreach (var name in attachments.NamesAsync(ct))
            if (await attachments.OpenAsync(name, ct) is { } attachment) await AddAsync($"{BackupArchive.Attachments}{name}", attachment);
        // Where several processes share a database, the keys are in it.
        foreach (var key in Directory.Exists(folder.Keys) ? Directory.EnumerateFiles(folder.Keys, "*.xml") : []) await AddAsync($"{BackupArchive.Keys}{Path.GetFileName(key)}", File.OpenRead(key));

        var manifest = new BackupManifest(BackupManifest.CurrentFormat, clock.GetUtcNow().UtcDateTime, hashes);
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, BackupArchive.Manifest) { DataStream = json }, ct);

        async Task AddAsync(string name, Stream content)
        {
            await using (content)
            {
                hashes[name] = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
                content.Position = 0;
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content }, ct);
            }
        }
    }
}

/// <summary>What the archive says of itself; it is the last entry, so a truncated archive has none.</summary>
public sealed record BackupManifest(string Format, DateTime CreatedAt, SortedDictionary<string, string> Hashes)
{
    public const string CurrentFormat = "seedlot-backup-1";
}

/// <summary>Reads an archive back into an empty data folder.</summary>
public static class BackupArchive
{
    internal const string Files = "files/";
    internal const string Attachments = "attachments/";
    internal const string Keys = "keys/";
    internal const string Manifest = "manifest.json";
    // A line for each file, of which a site has thousands.
    private const long MostManifestBytes = 64 << 20;

    /// <summary>
    /// Restores <paramref name="file"/> into the folder and the database that the settings name, or says why not. They are filled only when all of the
    /// archive is sound.
    /// </summary>
    public static async Task<string?> RestoreAsync(string file, DataFolder folder, IConfiguration settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(settings);
        var (database, connectionString) = (DatabaseProvider.Of(settings), settings["LMS:Database:ConnectionString"]);
        if (!File.Exists(file)) return $"There is no file {file}.";
        // The folder may be a volume of its own: it can't be renamed, and may have been formatted with a lost+found.
        var staging = new DataFolder(Path.Combine(folder.Root, "restoring"));
        if (Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any(e => e != staging.Root && Path.GetFileName(e) != "lost+found"))
            return $"The data folder {folder.Root} is not empty. Stop the program and move the folder away, or name another one with --data.";

        if (await database.RefuseRestoreAsync(connectionString, ct) is { } notReady) return notReady;

        if (Directory.Exists(staging.Root)) Directory.Delete(staging.Root, recursive: true);
        var isNew = !Directory.Exists(folder.Root);
        try
        {
            folder.Create();
            staging.Create();
            if (await UnpackAsync(file, staging, database, ct) is { } refused) return refused;
            await RestoredFiles.KeepAsync(settings, staging, ct);
            // A server may yet refuse it; the folder of the embedded default comes after all else, since without it there is no site.
            if (database.IsShared && await database.RestoreAsync(staging.Database, connectionString, folder, ct) is { } failed) return failed;
            foreach (var part in Directory.EnumerateDirectories(staging.Root)) Directory.Move(part, Path.Combine(folder.Root, Path.GetFileName(part)));
            if (!database.IsShared) await database.RestoreAsync(staging.Database, connectionString, folder, ct);
            isNew = false;
            return null;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or FormatException or JsonException or ArgumentException)
        {
            return $"{file} is damaged or not a backup of this program ({damaged.Message}). Use another backup.";
        }
        finally
        {
            if (Directory.Exists(staging.Root)) Directory.Delete(staging.Root, recursive: true);
            if (isNew && Directory.Exists(folder.Root)) Directory.Delete(folder.Root, recursive: true);
        }
    }

    private static async Task<string?> UnpackAsync(string file, DataFolder staging, DatabaseProvider database, CancellationToken ct)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        BackupManifest? manifest = null;
        await using (var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
        await using (var tar = new TarReader(gzip))
        {
            while (await tar.GetNextEntryAsync(cancellationToken: ct) is { } entry)
            {
                if (entry.EntryType != TarEntryType.RegularFile || entry is { Name: Manifest, Length: > MostManifestBytes }) return Foreign(file, entry.Name);
                if (entry.Length > FreeBytes(staging)) return $"{file} holds more than the disk of {staging.Root} has space for. Make space, or name a folder on another disk with --data.";
                if (entry.Name == Manifest) { manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(entry.DataStream ?? Stream.Null, cancellationToken: ct); continue; }
                if (DatabaseProvider.OfEntry(entry.Name) is { } other && other != database)
                    return $"{file} is the backup of a site on {other.Name}, and LMS__Database__Provider is {database.Name}. Set it to {other.Name}, and LMS__Database__ConnectionString to an empty database.";
                if (PathOf(entry.Name, staging, database) is not { } path || seen.ContainsKey(entry.Name)) return Foreign(file, entry.Name);
                seen[entry.Name] = await WriteAsync(path, entry.DataStream ?? Stream.Null, ct);
            }
        }
        if (manifest is null) return $"{file} is not complete: its list of hashes is missing. Use another backup.";
        if (manifest.Format != BackupManifest.CurrentFormat) return $"{file} has the format {manifest.Format}, and this program reads {BackupManifest.CurrentFormat}. Restore it with the version that made it.";
        if (manifest.Hashes.Count != seen.Count || manifest.Hashes.Any(h => seen.GetValueOrDefault(h.Key) != h.Value))
            return $"{file} is damaged: its content does not match its hashes. Use another backup.";
        return await database.IsSoundAsync(staging.Database, ct) ? null : $"The database in {file} is damaged. Use another backup.";
    }

    private static long FreeBytes(DataFolder folder) => new DriveInfo(folder.Root).AvailableFreeSpace;

    // A flipped bit can change a name as well as a foreign archive can hold one, so the sentence says both.
    private static string Foreign(string file, string entry) =>
        $"{file} is damaged or not a backup of this program: it holds an unexpected entry named {entry}. Use another backup.";

    // Names are matched whole against what Backup writes, so no entry can leave the folder.
    private static string? PathOf(string entry, DataFolder folder, DatabaseProvider database)
    {
        if (entry == database.BackupEntry) return folder.Database;
        foreach (var (prefix, files) in new[] { (Files, folder.Files), (Attachments, folder.Attachments) })
            if (entry.StartsWith(prefix, StringComparison.Ordinal) && entry[prefix.Length..] is { Length: 64 } name && name.All(char.IsAsciiHexDigitLower))
                return Path.Combine(files, name[..2], name[2..]);
        if (entry.StartsWith(Keys, StringComparison.Ordinal) && entry[Keys.Length..] is var key && key.EndsWith(".xml", StringComparison.Ordinal) && key == Path.GetFileName(key))
            return Path.Combine(folder.Keys, key);
        return null;
    }

    private static async Task<string> WriteAsync(string path, Stream content, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var target = new FileStream(path, ForOwnerOnly(FileMode.CreateNew));
        await content.CopyToAsync(target, ct);
        target.Flush(flushToDisk: true);
        target.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(target, ct));
    }

    // An archive and a data folder hold keys and all that is known of people.
    internal static FileStreamOptions ForOwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
