using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Lms.Manuscripts.Markdown.Numbers;

/// <summary>Keeps a number with digit groups together and left to right: in Arabic text “3 520” would else read “520 3”.</summary>
internal sealed class NumberRenderer : HtmlObjectRenderer<LiteralInline>
{
    protected override void Write(HtmlRenderer renderer, LiteralInline literal)
    {
        var text = literal.Content.AsSpan();
        while (DigitGroups.Find(text) is { } found)
        {
            var (start, end) = found.GetOffsetAndLength(text.Length) is var (s, l) ? (s, s + l) : default;
            renderer.WriteEscape(text[..start]);
            renderer.Write("<bdi>").Write(DigitGroups.Join(text[start..end])).Write("</bdi>");
            text = text[end..];
        }
        renderer.WriteEscape(text);
    }
}

/// <summary>Finds numbers whose thousands are set apart by a space.</summary>
internal static class DigitGroups
{
    private const char NarrowNoBreakSpace = '\u202F';

    /// <summary>The first number with groups in a text, with its decimals.</summary>
    public static Range? Find(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) continue;
            var start = i;
            while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
            // “v2 100” and “1.5 300” are no groups.
            var starts = start == 0 || !(char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or ',' && start > 1 && char.IsAsciiDigit(text[start - 2]));
            if (!starts || i - start > 3) { i--; continue; }
            var end = i;
            while (IsGroup(text, end)) end += 4;
            if (end > i) return start..Decimals(text, end);
            i--;
        }
        return null;
    }

    /// <summary>The number with narrow no-break spaces between its groups.</summary>
    public static string Join(ReadOnlySpan<char> number)
    {
        var joined = number.ToArray();
        for (var i = 0; i < joined.Length; i++)
            if (IsSpace(joined[i])) joined[i] = NarrowNoBreakSpace;
        return new string(joined);
    }

    private static bool IsGroup(ReadOnlySpan<char> text, int at) =>
        at + 3 < text.Length && IsSpace(text[at]) && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2])
        && char.IsAsciiDigit(text[at + 3]) && (at + 4 == text.Length || !char.IsLetterOrDigit(text[at + 4]));

    private static int Decimals(ReadOnlySpan<char> text, int at)
    {
        if (at + 1 >= text.Length || text[at] is not ('.' or ',') || !char.IsAsciiDigit(text[at + 1])) return at;
        at++;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at;
    }

    private static bool IsSpace(char c) => c is ' ' or '\u00A0' or NarrowNoBreakSpace or '\u2009';
}
