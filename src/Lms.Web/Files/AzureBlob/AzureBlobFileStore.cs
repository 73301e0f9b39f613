using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Lms.Web.Files.AzureBlob;

/// <summary>Files as blobs beneath a prefix of one container. A blob appears under its name only when all of it is there and has that hash.</summary>
/// <param name="container">Where they are.</param>
/// <param name="prefix">What the blobs' names begin with.</param>
/// <param name="stages">Where files wait on this machine to be kept.</param>
internal sealed class AzureBlobFileStore(BlobContainerClient container, string prefix, string stages, TimeProvider clock) : IFileStore
{
    // One block of a file in memory at a time, for as many files as are sent at once.
    private const int BlockBytes = 4 << 20;
    private const int AtOnce = 4;
    // The service's own time of a blob has whole seconds and its own clock.
    private const string StoredAt = "stored";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    // Each request says what it carries, so that the service refuses what arrives as something else.
    private static readonly UploadTransferValidationOptions s_checked = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    public Task PrepareAsync(CancellationToken ct) => BlobFailure.AskAsync(container, () => container.CreateIfNotExistsAsync(cancellationToken: ct));

    public async Task<bool> AnswersAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return await BlobFailure.AskAsync(container, () => container.ExistsAsync(limit.Token));
        }
        catch (Exception failure) when (failure is FilesUnavailableException || failure is OperationCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    public async Task<string> PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        await using var content = BinaryData.FromBytes(bytes).ToStream();
        await PutAsync(content, name, ct);
        return name;
    }

    public IFileStage Stage() => new FileStage(stages, async (path, name, ct) =>
    {
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await PutAsync(content, name, ct);
    }, AtOnce);

    public async Task<Stream?> OpenAsync(string name, CancellationToken ct) =>
        FileName.IsValid(name) ? await BlobReadStream.OpenAsync(container, Blob(name), ct) : null;

    public async Task<bool> DeleteAsync(string name, DateTime unlessSince, CancellationToken ct)
    {
        var blob = Blob(name);
        try
        {
            var known = (await BlobFailure.AskAsync(container, () => blob.GetPropertiesAsync(cancellationToken: ct))).Value;
            if (TimeOf(known) >= unlessSince) return false;
            // Whoever stores the same bytes in between changes the tag, and so keeps the blob.
            await BlobFailure.AskAsync(container, () => blob.DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = known.ETag }, ct));
            return true;
        }
        catch (RequestFailedException gone) when (gone.Status == StatusCodes.Status404NotFound)
        {
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status == StatusCodes.Status412PreconditionFailed)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<string> NamesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var pages = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, ct).AsPages().GetAsyncEnumerator(ct);
        while (await BlobFailure.AskAsync(container, () => pages.MoveNextAsync().AsTask()))
            foreach (var blob in pages.Current.Values)
                if (blob.Name[prefix.Length..] is var name && FileName.IsValid(name)) yield return name;
    }

    private BlockBlobClient Blob(string name) => container.GetBlockBlobClient(prefix + name);

    private async Task PutAsync(Stream content, string name, CancellationToken ct)
    {
        var blob = Blob(name);
        if (await TouchAsync(blob, ct)) return;
        try
        {
            await BlobFailure.AskAsync(container, () => UploadAsync(blob, content, name, ct));
        }
        catch (RequestFailedException other) when (other.Status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed or StatusCodes.Status400BadRequest)
        {
            // Somebody else was faster with the same bytes; their commit also drops the blocks that were sent here.
            if (!await TouchAsync(blob, ct)) throw;
        }
    }

    /// <summary>Whether the blob is there; its time is from now on that of the last one who stored it.</summary>
    private async Task<bool> TouchAsync(BlockBlobClient blob, CancellationToken ct)
    {
        try
        {
            await BlobFailure.AskAsync(container, () => blob.SetMetadataAsync(Metadata(), cancellationToken: ct));
            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == StatusCodes.Status404NotFound)
        {
            return false;
        }
    }

    private async Task<bool> UploadAsync(BlockBlobClient blob, Stream content, string name, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var blocks = new List<string>();
            for (var left = content.Length; ; )
            {
                var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BlockBytes), BlockBytes, throwOnEndOfStream: false, ct);
                hash.AppendData(buffer, 0, read);
                left -= read;
                if (left <= 0 && Convert.ToHexStringLower(hash.GetHashAndReset()) != name)
                    throw new IOException($"The file {name} changed while it was sent to the store. Import it again; if it happens again, see to the disk of the data folder");
                using var block = new MemoryStream(buffer, 0, read, writable: false);
                if (left <= 0 && blocks.Count == 0) return await SendAsync(blob, block, ct);
                blocks.Add(Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(blocks.Count.ToString("D8", CultureInfo.InvariantCulture))));
                await blob.StageBlockAsync(blocks[^1], block, new BlockBlobStageBlockOptions { TransferValidation = s_checked }, ct);
                if (left > 0) continue;
                await blob.CommitBlockListAsync(blocks, new CommitBlockListOptions { Metadata = Metadata(), HttpHeaders = Headers, Conditions = OnlyNew }, ct);
                return true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<bool> SendAsync(BlockBlobClient blob, Stream content, CancellationToken ct)
    {
        await blob.UploadAsync(content, new BlobUploadOptions { Metadata = Metadata(), HttpHeaders = Headers, Conditions = OnlyNew, TransferValidation = s_checked }, ct);
        return true;
    }

    private static BlobRequestConditions OnlyNew => new() { IfNoneMatch = ETag.All };

    private static BlobHttpHeaders Headers => new() { ContentType = "application/octet-stream" };

    private Dictionary<string, string> Metadata() => new() { [StoredAt] = clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture) };

    private static DateTime TimeOf(BlobProperties blob) =>
        blob.Metadata.TryGetValue(StoredAt, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new DateTime(ticks, DateTimeKind.Utc) : blob.LastModified.UtcDateTime;
}
