using System.Security.Cryptography;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// Serial numbers of certificates: <c>SL-XXXX-XXXX-XXXX-XXXXX</c>, 80 random bits and a check character in Crockford's base32,
/// which has no I, L, O or U to be misread.
/// </summary>
public static class Serial
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Prefix = "SL-";
    private const int Random = 16;

    /// <summary>A new serial that nobody can guess.</summary>
    public static string New()
    {
        Span<byte> five = stackalloc byte[Random];
        RandomNumberGenerator.Fill(five);
        foreach (ref var value in five) value &= 31;
        return Format(five);
    }

    /// <summary>
    /// The serial as it is printed, from what a person typed: small letters, missing dashes, O for 0 and I or L for 1 are all
    /// right. Null when it can't be one, so that a slip of the finger is told from a serial that does not exist.
    /// </summary>
    public static string? Parse(string? typed)
    {
        if (typed is null || typed.Length > 64) return null;
        var text = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        if (text.Length == Random + 3 && text[0] is 'S' or '5' && text[1] is 'L' or '1' or 'I') text = text[2..];
        if (text.Length != Random + 1) return null;

        Span<byte> five = stackalloc byte[Random + 1];
        for (var i = 0; i < text.Length; i++)
        {
            var value = Alphabet.IndexOf(text[i] switch { 'O' => '0', 'I' or 'L' => '1', var other => other });
            if (value < 0) return null;
            five[i] = (byte)value;
        }
        return five[Random] == Check(five[..Random]) ? Format(five[..Random]) : null;
    }

    private static string Format(ReadOnlySpan<byte> five)
    {
        Span<char> text = stackalloc char[Random + 1];
        for (var i = 0; i < Random; i++) text[i] = Alphabet[five[i]];
        text[Random] = Alphabet[Check(five)];
        return $"{Prefix}{text[..4]}-{text[4..8]}-{text[8..12]}-{text[12..]}";
    }

    /// <summary>
    /// A polynomial over GF(32) at a generator of its 31 units: every wrong character and every exchange of two different
    /// characters, wherever they stand, changes the check character.
    /// </summary>
    private static byte Check(ReadOnlySpan<byte> five)
    {
        var sum = 0;
        foreach (var value in five) sum = Double(sum ^ value);
        return (byte)sum;
    }

    // Multiplies by x modulo x^5 + x^2 + 1, which is primitive.
    private static int Double(int value) => (value << 1) ^ ((value & 16) == 0 ? 0 : 0b100101);
}
