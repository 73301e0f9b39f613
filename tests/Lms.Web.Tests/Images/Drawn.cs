using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Lms.Web.Tests.Images;

/// <summary>Pictures for tests, written byte by byte: sound ones, and ones that mean harm.</summary>
internal static class Drawn
{
    /// <summary>A sound PNG in colour, of 8 or 16 bits, each row of one shade.</summary>
    public static byte[] Png(int width, int height, int bits = 8)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                for (var x = 0; x < width * 3 * bits / 8; x++) zlib.WriteByte((byte)(x / 3 * 7 + y));
            }
        return PngOf(width, height, bits, pixels.ToArray());
    }

    /// <summary>A PNG of a few bytes that says that it is this large.</summary>
    public static byte[] PngThatClaims(int width, int height) => PngOf(width, height, 8, Packed(new byte[100]));

    /// <summary>A GIF of so many frames, each as large as the screen in a few bytes.</summary>
    public static byte[] Gif(int width, int height, int frames)
    {
        using var gif = new MemoryStream();
        gif.Write("GIF89a"u8);
        Size(width, height);
        gif.Write([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
        for (var i = 0; i < frames; i++)
        {
            gif.Write([0x21, 0xF9, 4, 0, 5, 0, 0, 0, 0x2C, 0, 0, 0, 0]);
            Size(width, height);
            gif.Write([0, 2, 2, 0x4C, 0x01, 0]);
        }
        gif.WriteByte(0x3B);
        return gif.ToArray();

        void Size(int w, int h) => gif.Write([(byte)w, (byte)(w >> 8), (byte)h, (byte)(h >> 8)]);
    }

    public static byte[] Svg => Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><script>alert(1)</script></svg>");

    private static byte[] PngOf(int width, int height, int bits, byte[] data)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)bits, 2);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", data), .. Chunk("IEND", [])];
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
        var (length, sum, crc) = (new byte[4], new byte[4], uint.MaxValue);
        foreach (var b in named)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return [.. length, .. named, .. sum];
    }
}
