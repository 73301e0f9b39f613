using System.Globalization;

namespace Lms.Standards.Xapi;

/// <summary>
/// The languages that a reader prefers, read from an <c>Accept-Language</c> header (RFC 2616 14.4), by which one entry of a language map is
/// chosen. (Communication 2.1.3)
/// </summary>
public sealed class LanguagePreference
{
    private readonly List<(string Range, double Quality)> _ranges;

    private LanguagePreference(List<(string Range, double Quality)> ranges) => _ranges = ranges;

    /// <summary>Reads the header; one that is missing or can't be read prefers nothing.</summary>
    public static LanguagePreference Parse(string? header)
    {
        var ranges = new List<(string Range, double Quality)>();
        foreach (var part in (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(50))
        {
            var pieces = part.Split(';', StringSplitOptions.TrimEntries);
            var quality = 1.0;
            if (pieces.Length > 1 && pieces[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                && !double.TryParse(pieces[1].AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality)) continue;
            ranges.Add((pieces[0], quality));
        }
        // Stable: of equal quality, the first named comes first.
        return new LanguagePreference([.. ranges.OrderByDescending(r => r.Quality)]);
    }

    /// <summary>The tag to show of those that there are; the first of them where nothing fits.</summary>
    /// <param name="tags">Tags of one language map, in its order; at least one.</param>
    public string Choose(IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        foreach (var (range, quality) in _ranges)
        {
            if (quality <= 0) continue;
            if (range == "*") break;
            if ((tags.FirstOrDefault(t => Is(t, range)) ?? tags.FirstOrDefault(t => IsWithin(t, range)) ?? tags.FirstOrDefault(t => IsWithin(range, t))) is { } tag)
                return tag;
        }
        return tags.FirstOrDefault(t => !_ranges.Any(r => r.Quality <= 0 && (Is(t, r.Range) || IsWithin(t, r.Range)))) ?? tags[0];
    }

    private static bool Is(string tag, string other) => tag.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsWithin(string tag, string range) =>
        tag.Length > range.Length && tag[range.Length] == '-' && tag.StartsWith(range, StringComparison.OrdinalIgnoreCase);
}
