using System.Globalization;
using System.Text;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>Text from outside as it may stand on a page: of a bearable length, and without the signs that turn the text around it or hide it.</summary>
internal static class ShownText
{
    private const int Usual = 160;

    public static string Of(string? text, int most = Usual)
    {
        var shown = new StringBuilder();
        var count = 0;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (IsHidden(rune)) continue;
            if (++count > most) return shown.Append('…').ToString();
            shown.Append(Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }
        return shown.ToString().Trim();
    }

    /// <summary>JSON with the signs that would turn or hide its text written as escapes: it stays the same JSON.</summary>
    public static string Json(string json)
    {
        var shown = new StringBuilder(json.Length);
        foreach (var c in json)
        {
            if (c is '\n' or ' ' || !IsHidden(c)) shown.Append(c);
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }
        return shown.ToString();
    }

    private static bool IsHidden(Rune rune) => rune.IsBmp && IsHidden((char)rune.Value);

    private static bool IsHidden(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        // UAX #9: embeddings, overrides, isolates and marks.
        || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
}
