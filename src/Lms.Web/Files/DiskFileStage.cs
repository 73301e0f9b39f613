using System.Buffers;
using System.Security.Cryptography;

namespace Lms.Web.Files;

/// <summary>A folder beside the store, on the same disk, so that keeping a file is to rename it.</summary>
internal sealed class DiskFileStage : IFileStage
{
    private const int BufferBytes = 128 << 10;
    // Waiting for the disk is most of the work of keeping small files.
    private const int AtOnce = 8;
    private readonly DiskFileStore _store;
    private readonly string _folder;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public DiskFileStage(DiskFileStore store)
    {
        _store = store;
        _folder = store.NewStage();
    }

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
        Parallel.ForEachAsync(_names, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, (name, _) =>
        {
            _store.Keep(Path.Combine(_folder, name), name);
            return ValueTask.CompletedTask;
        });

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
