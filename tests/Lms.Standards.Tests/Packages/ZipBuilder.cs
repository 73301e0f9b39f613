using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Lms.Standards.Tests.Packages;

/// <summary>Writes archives as tools write them, and as no tool should.</summary>
internal sealed class ZipBuilder
{
    private readonly List<Entry> _entries = [];

    public sealed class Entry
    {
        public byte[] Name { get; set; } = [];
        public byte[] Content { get; init; } = [];
        public ushort Flags { get; set; } = 0x800;
        public ushort Method { get; set; } = 8;
        public byte MadeOn { get; set; }
        public uint Attributes { get; set; }
        /// <summary>What the table of contents says instead of the truth.</summary>
        public long? SaysBytes { get; set; }
        public uint? SaysCrc { get; set; }
        public bool Zip64 { get; set; }
        /// <summary>Uses the bytes of the entry before instead of its own.</summary>
        public bool Overlaps { get; set; }
    }

    /// <summary>A comment after the table of contents, or what else follows it.</summary>
    public byte[] Prefix { get; init; } = [];
    public bool Zip64 { get; init; }

    public ZipBuilder Add(string name, string content, Action<Entry>? change = null) => Add(name, Encoding.UTF8.GetBytes(content), change);

    public ZipBuilder Add(string name, byte[] content, Action<Entry>? change = null)
    {
        var entry = new Entry { Name = Encoding.UTF8.GetBytes(name), Content = content };
        change?.Invoke(entry);
        _entries.Add(entry);
        return this;
    }

    public byte[] Build()
    {
        using var file = new MemoryStream();
        file.Write(Prefix);
        var places = new List<(Entry Entry, long Offset, byte[] Packed, uint Crc)>();
        foreach (var entry in _entries)
        {
            var packed = entry.Method == 8 ? Deflate(entry.Content) : entry.Content;
            var offset = entry.Overlaps ? places[^1].Offset : file.Length - Prefix.Length;
            places.Add((entry, offset, packed, Crc(entry.Content)));
            if (!entry.Overlaps) WriteLocal(file, entry, packed, Crc(entry.Content));
        }
        var start = file.Length - Prefix.Length;
        foreach (var place in places) WriteCentral(file, place.Entry, place.Offset, place.Packed, place.Crc);
        WriteEnd(file, start, file.Length - Prefix.Length - start);
        return file.ToArray();
    }

    private static void WriteLocal(Stream file, Entry entry, byte[] packed, uint crc)
    {
        Write(file, 0x04034b50u, (ushort)20, entry.Flags, entry.Method, 0u, entry.SaysCrc ?? crc, (uint)packed.Length, (uint)(entry.SaysBytes ?? entry.Content.Length), (ushort)entry.Name.Length, (ushort)0);
        file.Write(entry.Name);
        file.Write(packed);
    }

    private static void WriteCentral(Stream file, Entry entry, long offset, byte[] packed, uint crc)
    {
        var bytes = entry.SaysBytes ?? entry.Content.Length;
        byte[] extra = [];
        if (entry.Zip64)
        {
            using var field = new MemoryStream();
            Write(field, (ushort)1, (ushort)24);
            field.Write(BitConverter.GetBytes(bytes));
            field.Write(BitConverter.GetBytes((long)packed.Length));
            field.Write(BitConverter.GetBytes(offset));
            extra = field.ToArray();
        }
        Write(file, 0x02014b50u, (ushort)(entry.MadeOn << 8 | 20), (ushort)20, entry.Flags, entry.Method, 0u, entry.SaysCrc ?? crc,
            entry.Zip64 ? uint.MaxValue : (uint)packed.Length, entry.Zip64 ? uint.MaxValue : (uint)bytes,
            (ushort)entry.Name.Length, (ushort)extra.Length, (ushort)0, (ushort)0, (ushort)0, entry.Attributes, entry.Zip64 ? uint.MaxValue : (uint)offset);
        file.Write(entry.Name);
        file.Write(extra);
    }

    private void WriteEnd(MemoryStream file, long start, long length)
    {
        if (Zip64)
        {
            var at = file.Length;
            Write(file, 0x06064b50u);
            foreach (var value in new long[] { 44, 0x2D002D, 0, 0, _entries.Count, _entries.Count, length, start }) file.Write(BitConverter.GetBytes(value).AsSpan(0, value is 0x2D002D or 0 ? 4 : 8));
            Write(file, 0x07064b50u, 0u);
            file.Write(BitConverter.GetBytes(at));
            Write(file, 1u);
            Write(file, 0x06054b50u, (ushort)0, (ushort)0, ushort.MaxValue, ushort.MaxValue, uint.MaxValue, uint.MaxValue, (ushort)0);
            return;
        }
        Write(file, 0x06054b50u, (ushort)0, (ushort)0, (ushort)_entries.Count, (ushort)_entries.Count, (uint)length, (uint)start, (ushort)0);
    }

    private static void Write(Stream file, params object[] values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            if (value is ushort small)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, small);
                file.Write(bytes[..2]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
                file.Write(bytes);
            }
        }
    }

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest)) deflate.Write(content);
        return packed.ToArray();
    }

    // Bit by bit, as the format defines it: not the code under test.
    private static uint Crc(byte[] content)
    {
        var crc = uint.MaxValue;
        foreach (var b in content)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        return ~crc;
    }
}
