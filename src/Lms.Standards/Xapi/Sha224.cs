using System.Buffers.Binary;
using System.Numerics;

namespace Lms.Standards.Xapi;

/// <summary>
/// SHA-224, which the runtime lacks: SHA-256 from another start, without its last word. (FIPS 180-4, 5.3.2, 6.2, 6.3) A statement may name its
/// attachments by any hash of SHA-2. (Data 2.4.11)
/// </summary>
public static class Sha224
{
    /// <summary>How long a hash is, in octets.</summary>
    public const int HashSizeInBytes = 28;
    private const int BlockSize = 64;

    // FIPS 180-4, 4.2.2.
    private static readonly uint[] K =
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    /// <summary>The hash of the bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> bytes)
    {
        // FIPS 180-4, 5.3.2.
        Span<uint> state = [0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939, 0xFFC00B31, 0x68581511, 0x64F98FA7, 0xBEFA4FA4];
        var whole = bytes.Length / BlockSize * BlockSize;
        for (var at = 0; at < whole; at += BlockSize) Add(state, bytes.Slice(at, BlockSize));

        // The rest, a one bit, zeros, and the length in bits. (5.1.1)
        Span<byte> end = stackalloc byte[2 * BlockSize];
        bytes[whole..].CopyTo(end);
        end[bytes.Length - whole] = 0x80;
        var length = bytes.Length - whole + 9 <= BlockSize ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64BigEndian(end[(length - 8)..], (ulong)bytes.Length * 8);
        for (var at = 0; at < length; at += BlockSize) Add(state, end.Slice(at, BlockSize));

        var hash = new byte[HashSizeInBytes];
        for (var i = 0; i < HashSizeInBytes / 4; i++) BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(4 * i), state[i]);
        return hash;
    }

    /// <summary>Takes a block into the state. (6.2.2)</summary>
    private static void Add(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (var t = 0; t < 16; t++) w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
        for (var t = 16; t < 64; t++)
        {
            var (early, late) = (w[t - 15], w[t - 2]);
            w[t] = w[t - 16] + w[t - 7]
                + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }
        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var t = 0; t < 64; t++)
        {
            var one = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + w[t];
            var two = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + one, c, b, a, one + two);
        }
        (state[0], state[1], state[2], state[3]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d);
        (state[4], state[5], state[6], state[7]) = (state[4] + e, state[5] + f, state[6] + g, state[7] + h);
    }
}
