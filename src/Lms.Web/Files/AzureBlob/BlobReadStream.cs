using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Lms.Web.Files.AzureBlob;

/// <summary>
/// Reads a blob by ranges as they are wanted, each streamed as it comes. What begins a file is here with the first answer; whoever reads on gets larger
/// ranges, and whoever jumps a small one, so that neither a film nor a piece of it means reading what nobody asked for.
/// </summary>
internal sealed class BlobReadStream : Stream
{
    private const int HeadBytes = 64 << 10;
    private const long FirstPart = 256 << 10, LargestPart = 32 << 20;
    private readonly BlobContainerClient _container;
    private readonly BlockBlobClient _blob;
    private readonly byte[] _head;
    private Stream? _part;
    private long _at, _partAt, _partEnd, _partBytes = FirstPart;

    private BlobReadStream(BlobContainerClient container, BlockBlobClient blob, byte[] head, long length) =>
        (_container, _blob, _head, Length) = (container, blob, head, length);

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length { get; }
    public override long Position { get => _at; set => Seek(value, SeekOrigin.Begin); }

    /// <summary>Null when there is no such blob.</summary>
    public static async Task<BlobReadStream?> OpenAsync(BlobContainerClient container, BlockBlobClient blob, CancellationToken ct)
    {
        try
        {
            var answer = await BlobFailure.AskAsync(container, () => blob.DownloadStreamingAsync(new BlobDownloadOptions { Range = new HttpRange(0, HeadBytes) }, ct));
            await using var content = answer.Value.Content;
            var length = LengthIn(answer.Value.Details);
            var head = new byte[Math.Min(HeadBytes, length)];
            await BlobFailure.AskAsync(container, async () => { await content.ReadExactlyAsync(head, ct); return true; });
            return new BlobReadStream(container, blob, head, length);
        }
        catch (RequestFailedException missing) when (missing.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
        catch (RequestFailedException empty) when (empty.Status == StatusCodes.Status416RangeNotSatisfiable)
        {
            return new BlobReadStream(container, blob, [], 0);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at >= Length || buffer.Length == 0) return 0;
        if (_at < _head.Length) return FromHead(buffer.Span);
        if (_part is null || _partAt != _at || _partAt == _partEnd) await NextPartAsync(cancellationToken);
        var most = (int)Math.Min(buffer.Length, _partEnd - _partAt);
        var read = await BlobFailure.AskAsync(_container, () => _part!.ReadAsync(buffer[..most], cancellationToken).AsTask());
        if (read == 0) throw new EndOfStreamException($"The blob {_blob.Name} ended before its length.");
        _at += read;
        _partAt += read;
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at >= Length || buffer.Length == 0) return 0;
        if (_at < _head.Length) return FromHead(buffer);
        var bytes = new byte[buffer.Length];
        var read = ReadAsync(bytes).AsTask().GetAwaiter().GetResult();
        bytes.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _at + offset, _ => Length + offset };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        return _at = target;
    }

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _part?.Dispose();
        base.Dispose(disposing);
    }

    private int FromHead(Span<byte> buffer)
    {
        var some = _head.AsSpan((int)_at, (int)Math.Min(buffer.Length, _head.Length - _at));
        some.CopyTo(buffer);
        _at += some.Length;
        return some.Length;
    }

    private async Task NextPartAsync(CancellationToken ct)
    {
        _partBytes = _part is not null && _at == _partEnd ? Math.Min(4 * _partBytes, LargestPart) : FirstPart;
        if (_part is not null) await _part.DisposeAsync();
        var bytes = Math.Min(_partBytes, Length - _at);
        try
        {
            var answer = await BlobFailure.AskAsync(_container, () => _blob.DownloadStreamingAsync(new BlobDownloadOptions { Range = new HttpRange(_at, bytes) }, ct));
            (_part, _partAt, _partEnd) = (answer.Value.Content, _at, _at + bytes);
        }
        catch (RequestFailedException gone)
        {
            throw new FilesUnavailableException($"The blob {_blob.Name} went while it was read.", gone);
        }
    }

    // Of a range, the service says the length of all: bytes 0-65535/1048576.
    private static long LengthIn(BlobDownloadDetails details) =>
        details.ContentRange is { } range ? long.Parse(range.AsSpan(range.IndexOf('/', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture) : details.ContentLength;
}
