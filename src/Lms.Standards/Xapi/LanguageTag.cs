namespace Lms.Standards.Xapi;

/// <summary>Language tags of RFC 5646, well-formed by its grammar (2.1); whether a subtag is registered is not asked.</summary>
public static class LanguageTag
{
    private static readonly string[] Irregular =
    [
        "en-GB-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo", "i-navajo",
        "i-pwn", "i-tao", "i-tay", "i-tsu", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE",
    ];

    /// <summary>Whether <paramref name="tag"/> is well-formed.</summary>
    public static bool IsValid(ReadOnlySpan<char> tag)
    {
        var rest = tag;
        var first = Next(ref rest);
        if (Is(first, 1) && first[0] is 'x' or 'X') return PrivateUse(rest);
        if (first.Length is < 2 or > 8 || !Letters(first)) return IsIrregular(tag);

        var language = rest;
        if (first.Length <= 3) Repeat(ref language, 3, s => s.Length == 3 && Letters(s));
        Repeat(ref language, 1, s => s.Length == 4 && Letters(s));
        Repeat(ref language, 1, s => (s.Length == 2 && Letters(s)) || (s.Length == 3 && Digits(s)));
        Repeat(ref language, int.MaxValue, s => Is(s, 5, 8) || (Is(s, 4) && char.IsAsciiDigit(s[0])));
        while (!language.IsEmpty)
        {
            var singleton = Next(ref language);
            if (!Is(singleton, 1)) return IsIrregular(tag);
            if (singleton[0] is 'x' or 'X') return PrivateUse(language);
            if (Repeat(ref language, int.MaxValue, s => Is(s, 2, 8)) == 0) return false;
        }
        return true;
    }

    private delegate bool Subtag(ReadOnlySpan<char> text);

    private static int Repeat(ref ReadOnlySpan<char> rest, int most, Subtag fits)
    {
        var count = 0;
        for (; count < most && !rest.IsEmpty; count++)
        {
            var after = rest;
            if (!fits(Next(ref after))) break;
            rest = after;
        }
        return count;
    }

    private static bool PrivateUse(ReadOnlySpan<char> rest) =>
        Repeat(ref rest, int.MaxValue, s => Is(s, 1, 8)) > 0 && rest.IsEmpty;

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        var dash = rest.IndexOf('-');
        var subtag = dash < 0 ? rest : rest[..dash];
        // A dash at the end leaves a dash, which is no subtag.
        rest = dash < 0 ? default : dash == rest.Length - 1 ? rest[dash..] : rest[(dash + 1)..];
        return subtag;
    }

    private static bool IsIrregular(ReadOnlySpan<char> tag)
    {
        foreach (var known in Irregular)
            if (tag.Equals(known, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool Is(ReadOnlySpan<char> text, int least, int most) => text.Length >= least && text.Length <= most && LettersOrDigits(text);

    private static bool Is(ReadOnlySpan<char> text, int length) => Is(text, length, length);

    private static bool Letters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetter(c)) return false;
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static bool LettersOrDigits(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c)) return false;
        return true;
    }
}
