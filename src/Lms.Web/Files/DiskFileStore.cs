using System.Security.Cryptography;
using Lms.Web.Data;

namespace Lms.Web.Files;

/// <summary>Files on disk as <c>ab/cdef…</c>. A file appears under its name only when all of it is on disk.</summary>
internal sealed class DiskFileStore(DataFolder folder) : IFileStore
{
    public async Task<string> PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var path = PathOf(name);
        if (File.Exists(path)) return name;

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

    public IFileStage Stage() => new DiskFileStage(folder);

    public Stream? Open(string name)
    {
        if (!IsName(name)) return null;
        try
        {
            return new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, 16384, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public IEnumerable<string> Names() =>
        !Directory.Exists(folder.Files)
            ? []
            : Directory.EnumerateFiles(folder.Files, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetFileName(Path.GetDirectoryName(path)) + Path.GetFileName(path))
                .Where(IsName);

    internal static string PathOf(DataFolder folder, string name) => Path.Combine(folder.Files, name[..2], name[2..]);

    private string PathOf(string name) => PathOf(folder, name);

    private static bool IsName(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);
}
