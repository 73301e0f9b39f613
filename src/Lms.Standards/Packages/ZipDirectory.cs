using System.Buffers.Binary;

namespace Lms.Standards.Packages;

/// <summary>
/// Reads an archive's table of contents from its end, zip64 included, in bounded memory. The platform's own reader says neither how names are
/// encoded nor how many there are before it holds them all. (APPNOTE 6.3.10)
/// </summary>
public static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50, CentralSignature = 0x02014b50;
    private const int EndBytes = 22, CentralBytes = 46, LongestComment = 65535;

    /// <summary>The entries in the order of the archive, or an error that says why they can't be read.</summary>
    /// <exception cref="IOException">The stream can't be read.</exception>
    public static (IReadOnlyList<ZipEntry> Entries, PackageFinding? Refused) Read(Stream archive, ZipLimits limits)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(limits);
        try
        {
            if (FindEnd(archive) is not { } end)
                return ([], StartsAsZip(archive)
                    ? PackageFinding.Error("zip-truncated", "zip", "The archive ends before its table of contents: it did not arrive whole.", "Upload it again; if that does not help, export it again.")
                    : PackageFinding.Error("not-a-zip", "zip", "The file is neither a zip archive nor a cmi5.xml.", "Export the package as a zip, and upload that file as it is."));
            if (end.Count == 0) return ([], PackageFinding.Error("zip-empty", "zip", "The archive holds no file.", "Export the package again."));
            if (end.Count > limits.Entries || end.Length > limits.DirectoryBytes)
                return ([], PackageFinding.Error("zip-too-many", "zip", $"The archive holds {end.Count} entries; at most {limits.Entries} are taken.", "Leave out what learners do not need, or split the package."));
            return ReadEntries(archive, end);
        }
        catch (Exception broken) when (broken is EndOfStreamException or ArgumentException or OverflowException)
        {
            return ([], Broken());
        }
    }

    private static (IReadOnlyList<ZipEntry>, PackageFinding?) ReadEntries(Stream archive, End end)
    {
        if (end.Start < 0 || end.Length < 0) return ([], Broken());
        archive.Position = end.Start;
        var directory = new byte[end.Length];
        archive.ReadExactly(directory);
        var entries = new List<ZipEntry>((int)end.Count);
        var at = 0;
        for (long i = 0; i < end.Count; i++)
        {
            if (directory.Length - at < CentralBytes || U32(directory, at) != CentralSignature) return ([], Broken());
            int name = U16(directory, at + 28), extra = U16(directory, at + 30), comment = U16(directory, at + 32);
            if (directory.Length - at < CentralBytes + name + extra + comment) return ([], Broken());
            entries.Add(Entry(directory.AsSpan(at, CentralBytes + name + extra), name, end.Shift));
            at += CentralBytes + name + extra + comment;
        }
        return (entries, null);
    }

    private static ZipEntry Entry(ReadOnlySpan<byte> header, int nameLength, long shift)
    {
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]), bytes = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        var extra = header[(CentralBytes + nameLength)..];
        ReadZip64(extra, ref bytes, ref packed, ref offset);
        var name = ZipNames.Decode(header.Slice(CentralBytes, nameLength), extra, utf8: (flags & 0x800) != 0);
        var attributes = BinaryPrimitives.ReadUInt32LittleEndian(header[38..]);
        return new ZipEntry(name, method, BinaryPrimitives.ReadUInt32LittleEndian(header[16..]), packed, bytes, offset + shift,
            KindOf(name, attributes, madeOn: header[5]), Encrypted: (flags & 0x2041) != 0 || method == 99);
    }

    // Upper half of the attributes: the mode of Unix, where the archive was made on one (3) or on a Mac (19).
    private static ZipEntryKind KindOf(string name, uint attributes, byte madeOn)
    {
        if (madeOn is 3 or 19)
        {
            switch ((attributes >> 16) & 0xF000)
            {
                case 0x4000: return ZipEntryKind.Folder;
                case 0 or 0x8000: break;
                default: return ZipEntryKind.Link;
            }
        }
        else if ((attributes & 0x400) != 0)
        {
            return ZipEntryKind.Link;
        }
        return name.EndsWith('/') || name.EndsWith('\\') ? ZipEntryKind.Folder : ZipEntryKind.File;
    }

    // 4.5.3: only what does not fit is there, in this order.
    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long bytes, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (extra.Length < 4 + length) return;
            if (id == 1)
            {
                var field = extra.Slice(4, length);
                Take(ref field, ref bytes);
                Take(ref field, ref packed);
                Take(ref field, ref offset);
                return;
            }
            extra = extra[(4 + length)..];
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value != uint.MaxValue || field.Length < 8) return;
            value = checked((long)BinaryPrimitives.ReadUInt64LittleEndian(field));
            field = field[8..];
        }
    }

    private static End? FindEnd(Stream archive)
    {
        var tail = new byte[Math.Min(archive.Length, EndBytes + LongestComment)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (U32(tail, at) != EndSignature || at + EndBytes + U16(tail, at + 20) > tail.Length) continue;
            var position = archive.Length - tail.Length + at;
            long count = U16(tail, at + 10), length = U32(tail, at + 12), start = U32(tail, at + 16);
            if ((count == ushort.MaxValue || length == uint.MaxValue || start == uint.MaxValue) && FindEnd64(archive, position) is { } end64) return end64;
            // What was put before the archive, such as a program that unpacks it, shifts every position.
            return new End(count, position - length, length, position - length - start);
        }
        return null;
    }

    private static End? FindEnd64(Stream archive, long end)
    {
        var locator = new byte[20];
        if (end < locator.Length) return null;
        archive.Position = end - locator.Length;
        archive.ReadExactly(locator);
        if (U32(locator, 0) != Locator64Signature) return null;
        var record = new byte[56];
        archive.Position = checked((long)U64(locator, 8));
        archive.ReadExactly(record);
        if (U32(record, 0) != End64Signature) return null;
        return new End(checked((long)U64(record, 32)), checked((long)U64(record, 48)), checked((long)U64(record, 40)), 0);
    }

    private static bool StartsAsZip(Stream archive)
    {
        Span<byte> head = stackalloc byte[4];
        archive.Position = 0;
        return archive.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head is [(byte)'P', (byte)'K', 3, 4];
    }

    private static PackageFinding Broken() =>
        PackageFinding.Error("zip-broken", "zip", "The archive's table of contents is damaged.", "Export the package again, or zip its folder again.");

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
    private static ulong U64(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));

    private sealed record End(long Count, long Start, long Length, long Shift);
}
