using System.Buffers;
using Lms.Web.Data;

namespace Lms.Web.Features.Packages;

/// <summary>Uploads as they arrive: a file for each in the data folder, which grows.</summary>
public sealed class UploadFiles(DataFolder folder)
{
    private const int BufferBytes = 128 << 10;
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(7);

    public string PathOf(Guid id) => Path.Combine(folder.Uploads, $"{id:n}.part");

    /// <summary>Bytes that arrived.</summary>
    public long Length(Guid id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : 0;

    /// <summary>
    /// Appends the stream and returns how long the file is then. What arrived before the connection broke stays. Null when more came than
    /// <paramref name="most"/> allows, or when the file does not end at <paramref name="at"/>.
    /// </summary>
    public async Task<long?> AppendAsync(Guid id, Stream content, long at, long most, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        Directory.CreateDirectory(folder.Uploads);
        await using var file = new FileStream(PathOf(id), BackupArchive.ForOwnerOnly(FileMode.OpenOrCreate));
        // Asked of the open file: on a shared volume, a folder may still tell an older length.
        if (file.Length != at) return null;
        file.Position = at;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(0, BufferBytes), ct)) > 0)
            {
                if (file.Position + read > most) return null;
                await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }
            return file.Position;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Delete(Guid id) => File.Delete(PathOf(id));

    /// <summary>Removes what nobody came back for, and what a process that died left behind.</summary>
    public void Sweep(DateTime now)
    {
        if (!Directory.Exists(folder.Uploads)) return;
        foreach (var stage in Directory.EnumerateDirectories(folder.Uploads, "stage-*").Where(d => Directory.GetLastWriteTimeUtc(d) < now.AddDays(-1))) Directory.Delete(stage, recursive: true);
        foreach (var part in Directory.EnumerateFiles(folder.Uploads, "*.part").Where(f => File.GetLastWriteTimeUtc(f) < now - Forgotten)) File.Delete(part);
    }
}
