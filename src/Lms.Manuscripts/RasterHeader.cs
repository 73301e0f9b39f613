using System.Buffers.Binary;

namespace Lms.Manuscripts;

/// <summary>What a picture file says of itself in its first bytes; nothing is unpacked to read it.</summary>
/// <param name="MediaType"><c>image/png</c>, <c>image/jpeg</c>, <c>image/webp</c> or <c>image/gif</c>.</param>
/// <param name="Width">Pixels across, as stored.</param>
/// <param name="Height">Pixels down, as stored.</param>
public readonly record struct RasterHeader(string MediaType, int Width, int Height)
{
    /// <summary>Null when the bytes are not the beginning of such a picture.</summary>
    public static RasterHeader? Read(ReadOnlySpan<byte> bytes) => Png(bytes) ?? Jpeg(bytes) ?? WebP(bytes) ?? Gif(bytes);

    /// <summary>Whether it has more pixels than <paramref name="limits"/> allows.</summary>
    public bool Exceeds(PictureLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return Width > limits.MostWidth || Height > limits.MostHeight || (long)Width * Height > limits.MostPixels;
    }

    /// <summary>Whether the file goes on to its end, which a broken upload does not.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) => Read(bytes)?.MediaType switch
    {
        "image/png" => bytes.LastIndexOf("IEND"u8) > 0,
        "image/jpeg" => ScanOf(bytes) is >= 0 and var scan && bytes[scan..].LastIndexOf([(byte)0xFF, (byte)0xD9]) > 0,
        "image/webp" => BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L <= bytes.Length,
        "image/gif" => bytes.TrimEnd((byte)0)[^1] == 0x3B,
        _ => false,
    };

    // PNG (ISO/IEC 15948) 5.2 and 11.2.2: signature, then IHDR.
    private static RasterHeader? Png(ReadOnlySpan<byte> b) =>
        b.Length >= 33 && b[0] == 0x89 && b[1..8].SequenceEqual("PNG\r\n\u001a\n"u8) && b[12..16].SequenceEqual("IHDR"u8)
            ? Sized("image/png", BinaryPrimitives.ReadInt32BigEndian(b[16..]), BinaryPrimitives.ReadInt32BigEndian(b[20..])) : null;

    // JPEG (ITU-T T.81) B.1.1.3: markers; the frame header SOFn holds the size.
    private static RasterHeader? Jpeg(ReadOnlySpan<byte> b)
    {
        if (b.Length < 4 || b[0] != 0xFF || b[1] != 0xD8) return null;
        for (var i = 2; i + 9 < b.Length;)
        {
            if (b[i] != 0xFF) return null;
            var marker = b[i + 1];
            if (marker == 0xFF) { i++; continue; }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return Sized("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(b[(i + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(b[(i + 5)..]));
            i += 2 + Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(b[(i + 2)..]));
        }
        return null;
    }

    // Where the picture itself begins, behind a thumbnail that has scan and end of its own.
    private static int ScanOf(ReadOnlySpan<byte> b)
    {
        for (var i = 2; i + 3 < b.Length && b[i] == 0xFF;)
        {
            if (b[i + 1] == 0xDA) return i;
            i += b[i + 1] == 0xFF ? 1 : 2 + Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(b[(i + 2)..]));
        }
        return -1;
    }

    // RFC 9649 2.4 to 2.7: RIFF, WEBP, then VP8, VP8L or VP8X.
    private static RasterHeader? WebP(ReadOnlySpan<byte> b)
    {
        if (b.Length < 30 || !b[..4].SequenceEqual("RIFF"u8) || !b[8..12].SequenceEqual("WEBP"u8)) return null;
        if (b[12..16].SequenceEqual("VP8X"u8)) return Sized("image/webp", 1 + (b[24] | b[25] << 8 | b[26] << 16), 1 + (b[27] | b[28] << 8 | b[29] << 16));
        if (b[12..16].SequenceEqual("VP8L"u8) && b[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(b[21..]);
            return Sized("image/webp", 1 + (int)(bits & 0x3FFF), 1 + (int)(bits >> 14 & 0x3FFF));
        }
        return b[12..16].SequenceEqual("VP8 "u8) && b[23] == 0x9D && b[24] == 0x01 && b[25] == 0x2A
            ? Sized("image/webp", BinaryPrimitives.ReadUInt16LittleEndian(b[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(b[28..]) & 0x3FFF) : null;
    }

    // GIF89a, 17 and 18: the signature, then the size of the logical screen.
    private static RasterHeader? Gif(ReadOnlySpan<byte> b) =>
        b.Length >= 13 && (b[..6].SequenceEqual("GIF89a"u8) || b[..6].SequenceEqual("GIF87a"u8))
            ? Sized("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(b[6..]), BinaryPrimitives.ReadUInt16LittleEndian(b[8..])) : null;

    private static RasterHeader? Sized(string type, int width, int height) => width > 0 && height > 0 ? new RasterHeader(type, width, height) : null;
}
