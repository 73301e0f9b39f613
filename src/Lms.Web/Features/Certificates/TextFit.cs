using System.Globalization;
using System.Text;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// Breaks and shrinks a text to a width. The widths are estimates that lean to the wide side, for no font is at hand where the
/// page is made, and it may be drawn with another one than here.
/// </summary>
internal static class TextFit
{
    private const double LineHeight = 1.25;

    /// <param name="size">Font size at which to draw, at most the size asked for.</param>
    internal readonly record struct Fitted(IReadOnlyList<string> Lines, double Size)
    {
        public double Step => Size * LineHeight;
    }

    /// <summary>
    /// The fewest lines that allow the largest letters; several lines together keep to less than the height of one and a half, so that
    /// they don't run into what stands above and below.
    /// </summary>
    public static Fitted Fit(string text, double size, double width, int mostLines)
    {
        var best = new Fitted([text], Math.Min(size, width / Math.Max(WidthOf(text), 0.01)));
        for (var count = 2; count <= mostLines; count++)
        {
            var lines = Break(text, count);
            var limit = size * 1.45 / (1 + (count - 1) * LineHeight);
            var candidate = new Fitted(lines, Math.Min(limit, width / lines.Max(WidthOf)));
            if (lines.Count > 1 && candidate.Size > best.Size * 1.05) best = candidate;
        }
        return best;
    }

    /// <summary>Breaks into at most so many lines of even width.</summary>
    private static List<string> Break(string text, int count)
    {
        var pieces = Pieces(text).ToList();
        var (low, high) = (pieces.Max(WidthOf), WidthOf(text));
        for (var i = 0; i < 30; i++)
        {
            var middle = (low + high) / 2;
            if (Flow(pieces, middle).Count <= count) high = middle; else low = middle;
        }
        return Flow(pieces, high);
    }

    private static List<string> Flow(List<string> pieces, double width)
    {
        List<string> lines = [];
        var line = "";
        foreach (var piece in pieces)
        {
            if (line.Length > 0 && WidthOf((line + piece).TrimEnd()) > width) { lines.Add(line.TrimEnd()); line = ""; }
            line += piece;
        }
        lines.Add(line.TrimEnd());
        return lines;
    }

    /// <summary>What must stay together: words, single ideographs, and parts of a word that no line could hold.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        const int LongWord = 30;
        var piece = new StringBuilder();
        var elements = 0;
        for (var i = 0; i < text.Length;)
        {
            var element = StringInfo.GetNextTextElement(text, i);
            i += element.Length;
            piece.Append(element);
            elements++;
            var ideograph = Rune.GetRuneAt(element, 0).Value is >= 0x2E80 and <= 0xA4CF;
            if (element != " " && !ideograph && elements < LongWord && i < text.Length) continue;
            yield return piece.ToString();
            piece.Clear();
            elements = 0;
        }
    }

    /// <summary>The width in multiples of the font size.</summary>
    internal static double WidthOf(string text)
    {
        var sum = 0.0;
        foreach (var rune in text.EnumerateRunes()) sum += WidthOf(rune);
        return sum;
    }

    private static double WidthOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => rune.Value switch
        {
            ' ' or 0xA0 or 0x202F => 0.27,
            'i' or 'j' or 'l' or 'I' or 't' or 'f' or 'r' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or 0xB7 or 0x2019 => 0.4,
            'm' or 'w' or 'M' or 'W' => 0.98,
            >= 'A' and <= 'Z' => 0.72,
            < 0x250 => 0.63,
            >= 0x590 and < 0x900 or >= 0xFB1D and < 0xFE00 or >= 0xFE70 and < 0xFF00 => 0.58,
            >= 0x1200 and < 0x13A0 => 0.86,
            >= 0x1100 and < 0x1200 or >= 0x2E80 and < 0xA4D0 or >= 0xAC00 and < 0xD7B0 or >= 0xF900 and < 0xFB00 or >= 0xFF00 and < 0xFF61 => 1,
            >= 0x1F000 => 1.3,
            _ => 0.75,
        },
    };
}
