using System.Globalization;
using System.Text;

namespace Lms.Manuscripts.Questions;

/// <summary>Reads what people type: in any script's digits, with a decimal comma or point, with any spaces.</summary>
internal static class Answers
{
    private const int MostCharacters = 500;
    private const decimal Largest = 1e20m;

    /// <summary>True when case, spaces, width of letters and kind of quote or hyphen are all that differs.</summary>
    public static bool SameText(string a, string b) => string.Equals(Plain(a), Plain(b), StringComparison.Ordinal) && Plain(a).Length > 0;

    /// <summary>Every value that the text may stand for: “1,500” is 1.5 to some and 1500 to others. None when it is no number.</summary>
    public static IReadOnlyList<decimal> Numbers(string text, string unit)
    {
        var plain = Plain(text);
        if (Plain(unit) is { Length: > 0 } suffix && plain.EndsWith(suffix, StringComparison.Ordinal)) plain = plain[..^suffix.Length];
        var written = new StringBuilder(plain.Length);
        foreach (var c in plain)
            if (!char.IsWhiteSpace(c) && c is not ('\'' or '٬')) written.Append(c switch { '−' => '-', '٫' => ',', _ => c });
        var digits = written.ToString();
        return [.. new[] { digits.LastIndexOf(',') > digits.LastIndexOf('.') ? Decimal(digits, ',', '.') : Decimal(digits, '.', ','), Grouped(digits, ','), Grouped(digits, '.') }
            .OfType<decimal>().Distinct()];
    }

    public static bool Near(decimal value, decimal right, decimal tolerance) => Math.Abs(value - right) <= tolerance;

    private static decimal? Decimal(string digits, char point, char group)
    {
        if (digits.Count(c => c == point) > 1 || digits.Contains(group, StringComparison.Ordinal) && !IsGrouped(digits.Split(point)[0], group)) return null;
        return Parse(digits.Replace(group.ToString(), "", StringComparison.Ordinal).Replace(point, '.'));
    }

    private static decimal? Grouped(string digits, char group) =>
        digits.Contains(group, StringComparison.Ordinal) && IsGrouped(digits, group) ? Parse(digits.Replace(group.ToString(), "", StringComparison.Ordinal)) : null;

    private static bool IsGrouped(string digits, char group)
    {
        var parts = digits.TrimStart('-', '+').Split(group);
        return parts[0].Length is >= 1 and <= 3 && parts[0] != "0" && parts.Skip(1).All(p => p.Length == 3) && parts.All(p => p.All(char.IsAsciiDigit));
    }

    private static decimal? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(value) <= Largest ? value : null;

    // NFKC, lower case, single spaces, ASCII digits and quotes; marks that nobody sees are left out.
    private static string Plain(string text)
    {
        if (text.Length > MostCharacters) return "";
        var plain = new StringBuilder(text.Length);
        foreach (var rune in Normalised(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control && !Rune.IsWhiteSpace(rune)) continue;
            if (Rune.IsWhiteSpace(rune)) { if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' '); }
            else if (Rune.IsDigit(rune)) plain.Append((int)Rune.GetNumericValue(rune));
            else if (rune.Value is '’' or '‘' or '´' or '`' or 'ʼ') plain.Append('\'');
            else if (rune.Value is '‐' or '‑' or '–' or '−') plain.Append('-');
            else if (rune.Value is 'μ') plain.Append('µ');
            else plain.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        return plain.ToString().Trim();
    }

    // Normalisation throws for half of a surrogate pair; EnumerateRunes puts a replacement character there.
    private static string Normalised(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune.ToString());
        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }
}
