using System.Buffers;
using System.Security.Cryptography;

namespace Lms.Web.Files;

/// <summary>A folder where files wait until all of them are there.</summary>
/// <param name="stages">The folder in which this one is made.</param>
/// <param name="keep">Takes one of its files, by path and name, into the store.</param>
/// <param name="atOnce">How many are taken at a time: waiting, for a disk or a network, is most of the work of keeping small files.</param>
internal sealed class FileStage(string stages, Func<string, string, CancellationToken, Task> keep, int atOnce) : IFileStage
{
    private const int BufferBytes = 128 << 10;
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(stages, $"stage-{Guid.NewGuid():N}")).FullName;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public async Task<string> AddAsync(Stream content, CancellationToken ct)
    {
        var temporary = Path.Combine(_folder, "incoming");
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                int read;
                while ((read = await content.ReadAsync(buffer.AsMemory(0, BufferBytes), ct)) > 0)
                {
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                }
            }
            var name = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (_names.Add(name)) File.Move(temporary, Path.Combine(_folder, name));
            return name;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public Task KeepAsync(CancellationToken ct) =>
        Parallel.ForEachAsync(_names, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = ct },
            async (name, stop) => await keep(Path.Combine(_folder, name), name, stop));

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
