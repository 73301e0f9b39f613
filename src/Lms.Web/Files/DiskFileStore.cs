using System.Security.Cryptography;

namespace Lms.Web.Files;

/// <summary>Files on disk as <c>ab/cdef…</c>. A file appears under its name only when all of it is on disk.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="stages">Where files wait to be kept, on the same disk.</param>
internal sealed class DiskFileStore(string folder, string stages, TimeProvider clock) : IFileStore
{
    private const int AtOnce = 8;
    // Between a look at a file's time and its deletion nobody may say that they count on it.
    private readonly Lock _deleting = new();

    public Task PrepareAsync(CancellationToken ct) => Task.CompletedTask;

    public Task<bool> AnswersAsync(CancellationToken ct) => Task.FromResult(true);

    public async Task<string> PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var path = PathOf(name);
        if (IsKept(path)) return name;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(bytes, ct);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        return name;
    }

    public IFileStage Stage() => new FileStage(stages, Keep, AtOnce);

    public Task<Stream?> OpenAsync(string name, CancellationToken ct)
    {
        if (!FileName.IsValid(name)) return Task.FromResult<Stream?>(null);
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, 16384, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<bool> DeleteAsync(string name, DateTime unlessSince, CancellationToken ct) => Task.FromResult(Delete(PathOf(name), unlessSince));

    private bool Delete(string path, DateTime unlessSince)
    {
        lock (_deleting)
        {
            if (!File.Exists(path)) return true;
            if (File.GetLastWriteTimeUtc(path) >= unlessSince) return false;
            File.Delete(path);
            return true;
        }
    }

    public IAsyncEnumerable<string> NamesAsync(CancellationToken ct) => Names().ToAsyncEnumerable();

    private IEnumerable<string> Names() =>
        !Directory.Exists(folder)
            ? []
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetFileName(Path.GetDirectoryName(path)) + Path.GetFileName(path))
                .Where(FileName.IsValid);

    // From a stage, which is on the same disk: to keep a file is to rename it.
    private Task Keep(string file, string name, CancellationToken ct)
    {
        var path = PathOf(name);
        if (IsKept(path)) return Task.CompletedTask;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(handle);
        File.Move(file, path, overwrite: true);
        return Task.CompletedTask;
    }

    /// <summary>Whether the file is there; its time is from now on that of the last one who stored it.</summary>
    private bool IsKept(string path)
    {
        lock (_deleting)
        {
            if (!File.Exists(path)) return false;
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return true;
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name[..2], name[2..]);
}
