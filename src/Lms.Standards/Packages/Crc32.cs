using System.Buffers.Binary;

namespace Lms.Standards.Packages;

/// <summary>The checksum of zip archives, eight bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[][] s_tables = Tables();

    /// <summary>Goes on from <paramref name="crc"/>, which starts with all bits set; the complement of the last one is the checksum.</summary>
    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        var t = s_tables;
        while (bytes.Length >= 8)
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t[7][low & 0xFF] ^ t[6][(low >> 8) & 0xFF] ^ t[5][(low >> 16) & 0xFF] ^ t[4][low >> 24]
                ^ t[3][high & 0xFF] ^ t[2][(high >> 8) & 0xFF] ^ t[1][(high >> 16) & 0xFF] ^ t[0][high >> 24];
            bytes = bytes[8..];
        }
        foreach (var b in bytes) crc = t[0][(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint[][] Tables()
    {
        var tables = new uint[8][];
        tables[0] = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (c, _) => (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];
        for (var n = 1; n < 8; n++) tables[n] = [.. tables[n - 1].Select(c => tables[0][c & 0xFF] ^ (c >> 8))];
        return tables;
    }
}
