using System.Buffers.Binary;
using System.IO.Compression;

namespace Lms.Standards.Packages;

/// <summary>
/// An entry's bytes, unpacked as they are read and never more than its table of contents says: a length or checksum that differs ends in
/// <see cref="InvalidDataException"/>.
/// </summary>
public sealed class ZipEntryStream : Stream
{
    private const uint LocalSignature = 0x04034b50;
    private readonly ZipEntry _entry;
    private readonly Stream _unpacked;
    private long _read;
    private uint _crc = uint.MaxValue;

    private ZipEntryStream(ZipEntry entry, Stream unpacked) => (_entry, _unpacked) = (entry, unpacked);

    /// <summary>Opens an entry. The archive is the entry's alone until this is disposed of.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, or the entry is packed in a way that is not read.</exception>
    public static ZipEntryStream Open(Stream archive, ZipEntry entry)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(entry);
        Span<byte> header = stackalloc byte[30];
        if (entry.Offset < 0 || entry.Offset > archive.Length) throw new InvalidDataException($"{entry.Name} is not where the archive says.");
        archive.Position = entry.Offset;
        if (archive.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
            throw new InvalidDataException($"{entry.Name} is not where the archive says.");
        var start = entry.Offset + header.Length + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (entry.PackedBytes > archive.Length - start) throw new InvalidDataException($"{entry.Name} ends beyond the archive.");
        var packed = new Window(archive, start, entry.PackedBytes);
        return entry.Method switch
        {
            0 => new ZipEntryStream(entry, packed),
            8 => new ZipEntryStream(entry, new DeflateStream(packed, CompressionMode.Decompress)),
            _ => throw new InvalidDataException($"{entry.Name} is packed with method {entry.Method}."),
        };
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => Checked(buffer, _unpacked.Read(buffer));

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _unpacked.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Checked(buffer.Span, read);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Checked(ReadOnlySpan<byte> buffer, int read)
    {
        if (buffer.Length == 0) return read;
        _read += read;
        if (_read > _entry.Bytes) throw new InvalidDataException($"{_entry.Name} is longer than the archive says.");
        _crc = Crc32.Add(_crc, buffer[..read]);
        if (read == 0 && (_read != _entry.Bytes || ~_crc != _entry.Crc)) throw new InvalidDataException($"{_entry.Name} is damaged: its length or checksum differs.");
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _unpacked.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => _entry.Bytes;

    /// <inheritdoc/>
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>A stretch of the archive; the archive stays open.</summary>
    private sealed class Window(Stream archive, long start, long length) : Stream
    {
        private long _at;

        public override int Read(Span<byte> buffer)
        {
            archive.Position = start + _at;
            var read = archive.Read(buffer[..(int)Math.Min(buffer.Length, length - _at)]);
            _at += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            archive.Position = start + _at;
            var read = await archive.ReadAsync(buffer[..(int)Math.Min(buffer.Length, length - _at)], cancellationToken).ConfigureAwait(false);
            _at += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => _at; set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
