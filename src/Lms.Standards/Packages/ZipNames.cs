using System.Buffers.Binary;
using System.Text;

namespace Lms.Standards.Packages;

/// <summary>
/// Names of entries in the encoding that they are in: UTF-8 where the archive says so or the bytes are, else that of an extra field,
/// else that of the first PCs, which is what the format says of all others.
/// </summary>
internal static class ZipNames
{
    private const ushort UnicodePath = 0x7075;
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding s_pc = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    public static string Decode(ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra, bool utf8)
    {
        if (utf8) return Encoding.UTF8.GetString(name);
        try
        {
            return Unicode(extra) ?? s_strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return s_pc.GetString(name);
        }
    }

    // 4.6.9: a version, a checksum of the plain name, and the name in UTF-8.
    private static string? Unicode(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (extra.Length < 4 + length) return null;
            if (id == UnicodePath && length > 5) return s_strict.GetString(extra.Slice(9, length - 5));
            extra = extra[(4 + length)..];
        }
        return null;
    }
}
