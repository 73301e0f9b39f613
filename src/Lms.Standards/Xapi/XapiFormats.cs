using System.Buffers;

namespace Lms.Standards.Xapi;

/// <summary>The formats of strings that statements and request parameters share. (Data 2.2, 4; XAPI-00012)</summary>
public static class XapiFormats
{
    private const string Token = "!#$&-^_.+";

    // RFC 3987 has no room for these, and none for controls and blanks.
    private static readonly SearchValues<char> NotInIri = SearchValues.Create(
        [.. Enumerable.Range(0, 0x21).Concat(Enumerable.Range(0x7F, 0x22)).Select(c => (char)c), .. "<>\"{}|\\^`"]);

    /// <summary>An absolute IRI: a scheme, and after it only what RFC 3987 allows; for http and https a host, too.</summary>
    public static bool IsIri(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 1 || colon == text.Length - 1 || !char.IsAsciiLetter(text[0])) return false;
        foreach (var c in text[..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return false;

        var rest = text[(colon + 1)..];
        if (rest.ContainsAny(NotInIri) || !PercentsAreHex(rest)) return false;
        if (!text[..colon].Equals("http", StringComparison.OrdinalIgnoreCase) && !text[..colon].Equals("https", StringComparison.OrdinalIgnoreCase)) return true;
        return rest.StartsWith("//") && rest.Length > 2 && rest[2] is not ('/' or '?' or '#' or ':');
    }

    /// <summary>A <c>mailto:</c> IRI of one address.</summary>
    public static bool IsMbox(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("mailto:")) return false;
        var address = text[7..];
        var at = address.LastIndexOf('@');
        if (at < 1 || at == address.Length - 1) return false;

        var local = address[..at];
        var domain = address[(at + 1)..];
        foreach (var c in local)
            if (char.IsControl(c) || char.IsWhiteSpace(c) || "@,:;<>()[]\\\"".Contains(c)) return false;
        foreach (var c in domain)
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '-')) return false;
        return domain[0] is not ('.' or '-') && domain[^1] is not ('.' or '-') && !domain.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>A UUID in its standard form, any variant: the standard's own examples are not all of variant 2.</summary>
    public static bool IsUuid(ReadOnlySpan<char> text) => text.Length == 36 && Guid.TryParseExact(text, "D", out _);

    /// <summary>A SHA-1 hash, 40 hex digits.</summary>
    public static bool IsSha1(ReadOnlySpan<char> text) => text.Length == 40 && IsHex(text);

    /// <summary>A SHA-224, -256, -384 or -512 hash in hex.</summary>
    public static bool IsSha2(ReadOnlySpan<char> text) => text.Length is 56 or 64 or 96 or 128 && IsHex(text);

    /// <summary>A media type: type, subtype, and parameters after them.</summary>
    public static bool IsMediaType(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(';');
        var name = (end < 0 ? text : text[..end]).TrimEnd(' ');
        var slash = name.IndexOf('/');
        if (slash < 1 || !IsToken(name[..slash]) || !IsToken(name[(slash + 1)..])) return false;
        return end < 0 || (text[end..].Contains('=') && !text.ContainsAnyInRange('\0', '\x1F'));
    }

    internal static bool IsVersion1(ReadOnlySpan<char> text) => text is "1.0" || IsPatchOf(text, "1.0.");

    internal static bool IsVersion1Or2(ReadOnlySpan<char> text) => IsVersion1(text) || text is "2.0" || IsPatchOf(text, "2.0.");

    private static bool IsPatchOf(ReadOnlySpan<char> text, string minor)
    {
        if (!text.StartsWith(minor, StringComparison.Ordinal) || text.Length == minor.Length) return false;
        foreach (var c in text[minor.Length..])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '+')) return false;
        return char.IsAsciiDigit(text[minor.Length]);
    }

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && !Token.Contains(c)) return false;
        return !text.IsEmpty;
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiHexDigit(c)) return false;
        return true;
    }

    private static bool PercentsAreHex(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%'))
        {
            if (text.Length < at + 3 || !IsHex(text.Slice(at + 1, 2))) return false;
            text = text[(at + 3)..];
        }
        return true;
    }
}
