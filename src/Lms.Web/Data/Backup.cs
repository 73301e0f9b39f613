using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Lms.Web.Files;
using Microsoft.Data.Sqlite;

namespace Lms.Web.Data;

/// <summary>
/// Everything the embedded default keeps, in one compressed archive: the database as of one moment, every file that it may
/// refer to, the keys, and a list of hashes. It can be made while the program serves.
/// </summary>
public sealed class Backup(LmsDbContext db, IFileStore files, DataFolder folder, TimeProvider clock)
{
    public async Task CreateAsync(string file, CancellationToken ct)
    {
        var copy = Path.Combine(folder.Root, $"backup-{Guid.NewGuid():N}.db");
        var unfinished = $"{file}.unfinished";
        try
        {
            // The database first: files are written before the rows that name them and never deleted, so each one a row names is there.
            await db.CopyToAsync(copy, ct);
            await using (var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
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

        await AddAsync(BackupArchive.Database, File.OpenRead(database));
        foreach (var name in files.Names()) await AddAsync($"{BackupArchive.Files}{name}", files.Open(name)!);
        foreach (var key in Directory.EnumerateFiles(folder.Keys, "*.xml")) await AddAsync($"{BackupArchive.Keys}{Path.GetFileName(key)}", File.OpenRead(key));

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
    internal const string Database = "seedlot.db";
    internal const string Files = "files/";
    internal const string Keys = "keys/";
    internal const string Manifest = "manifest.json";

    /// <summary>Restores <paramref name="file"/>, or says why not. The folder is filled only when all of the archive is sound.</summary>
    public static async Task<string?> RestoreAsync(string file, DataFolder folder, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!File.Exists(file)) return $"There is no file {file}.";
        if (Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any())
            return $"The data folder {folder.Root} is not empty. Stop the program and move the folder away, or name another one with --data.";

        var staging = new DataFolder($"{folder.Root.TrimEnd(Path.DirectorySeparatorChar)}.restoring");
        if (Directory.Exists(staging.Root)) Directory.Delete(staging.Root, recursive: true);
        try
        {
            Directory.CreateDirectory(staging.Root);
            if (await UnpackAsync(file, staging, ct) is { } refused) return refused;
            if (Directory.Exists(folder.Root)) Directory.Delete(folder.Root);
            Directory.Move(staging.Root, folder.Root);
            return null;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or FormatException or JsonException or ArgumentException)
        {
            return $"{file} is damaged or not a backup of this program ({damaged.Message}). Use another backup.";
        }
        finally
        {
            if (Directory.Exists(staging.Root)) Directory.Delete(staging.Root, recursive: true);
        }
    }

    private static async Task<string?> UnpackAsync(string file, DataFolder staging, CancellationToken ct)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        BackupManifest? manifest = null;
        await using (var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
        await using (var tar = new TarReader(gzip))
        {
            while (await tar.GetNextEntryAsync(cancellationToken: ct) is { } entry)
            {
                if (entry.EntryType != TarEntryType.RegularFile) return Foreign(file, entry.Name);
                if (entry.Name == Manifest) { manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(entry.DataStream ?? Stream.Null, cancellationToken: ct); continue; }
                if (PathOf(entry.Name, staging) is not { } path || seen.ContainsKey(entry.Name)) return Foreign(file, entry.Name);
                seen[entry.Name] = await WriteAsync(path, entry.DataStream ?? Stream.Null, ct);
            }
        }
        if (manifest is null) return $"{file} is not complete: its list of hashes is missing. Use another backup.";
        if (manifest.Format != BackupManifest.CurrentFormat) return $"{file} has the format {manifest.Format}, and this program reads {BackupManifest.CurrentFormat}. Restore it with the version that made it.";
        if (manifest.Hashes.Count != seen.Count || manifest.Hashes.Any(h => seen.GetValueOrDefault(h.Key) != h.Value))
            return $"{file} is damaged: its content does not match its hashes. Use another backup.";
        return IsSound(staging.Database) ? null : $"The database in {file} is damaged. Use another backup.";
    }

    // A flipped bit can change a name as well as a foreign archive can hold one, so the sentence says both.
    private static string Foreign(string file, string entry) =>
        $"{file} is damaged or not a backup of this program: it holds an unexpected entry named {entry}. Use another backup.";

    // Names are matched whole against what Backup writes, so no entry can leave the folder.
    private static string? PathOf(string entry, DataFolder folder)
    {
        if (entry == Database) return folder.Database;
        if (entry.StartsWith(Files, StringComparison.Ordinal) && entry[Files.Length..] is { Length: 64 } name && name.All(char.IsAsciiHexDigitLower))
            return Path.Combine(folder.Files, name[..2], name[2..]);
        if (entry.StartsWith(Keys, StringComparison.Ordinal) && entry[Keys.Length..] is var key && key.EndsWith(".xml", StringComparison.Ordinal) && key == Path.GetFileName(key))
            return Path.Combine(folder.Keys, key);
        return null;
    }

    private static async Task<string> WriteAsync(string path, Stream content, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        await content.CopyToAsync(target, ct);
        target.Flush(flushToDisk: true);
        target.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(target, ct));
    }

    private static bool IsSound(string database)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            return check.ExecuteScalar() is "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
