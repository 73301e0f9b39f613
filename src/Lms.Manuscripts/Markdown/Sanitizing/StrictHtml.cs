using System.Net;
using System.Text;

namespace Lms.Manuscripts.Markdown.Sanitizing;

/// <summary>
/// Judges HTML that is written as our own renderers write it, without building a document: tags of the form
/// <c>&lt;name attribute="value"&gt;</c>, properly nested, and no other “&lt;”, not even in a value. A browser may read fewer of
/// these tags than are written, as inside a <c>title</c>, but it can read no other: each “&lt;” begins one that was judged.
/// </summary>
internal static class StrictHtml
{
    private const int MostDepth = 64;

    /// <summary>The HTML as a document would write it; null when it is not so written, or holds something to take out.</summary>
    public static string? Clean(string html)
    {
        var clean = new StringBuilder(html.Length + 16);
        var open = new Stack<string>();
        var at = 0;
        while (at < html.Length)
        {
            var tag = html.IndexOf('<', at);
            if (!Text(html.AsSpan(at, (tag < 0 ? html.Length : tag) - at), clean)) return null;
            if (tag < 0) break;
            at = html.AsSpan(tag).StartsWith("</") ? Close(html, tag, open, clean) : Open(html, tag, open, clean);
            if (at < 0) return null;
        }
        return open.Count == 0 ? clean.ToString() : null;
    }

    private static int Close(string html, int at, Stack<string> open, StringBuilder clean)
    {
        if (!open.TryPop(out var name) || !html.AsSpan(at + 2).StartsWith(name) || at + 2 + name.Length is var end && (end >= html.Length || html[end] != '>')) return -1;
        clean.Append("</").Append(name).Append('>');
        return at + 3 + name.Length;
    }

    private static int Open(string html, int at, Stack<string> open, StringBuilder clean)
    {
        var end = at + 1;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end])) end++;
        if (HtmlSanitizer.Element(html.AsSpan(at + 1, end - at - 1)) is not { } name || open.Count == MostDepth) return -1;
        clean.Append('<').Append(name);
        while (end < html.Length && html[end] == ' ')
            if ((end = Attribute(html, end + 1, name, clean)) < 0) return -1;
        if (end >= html.Length || html[end] != '>') return -1;
        clean.Append('>');
        if (name is not ("br" or "hr" or "img")) open.Push(name);
        return end + 1;
    }

    private static int Attribute(string html, int at, string element, StringBuilder clean)
    {
        var end = at;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || html[end] == '-')) end++;
        var name = html.AsSpan(at, end - at);
        var close = end + 2 < html.Length && html[end] == '=' && html[end + 1] == '"' ? html.IndexOf('"', end + 2) : -1;
        // An attribute without a value, such as popover, is written with an empty one.
        if (close < 0) return end < html.Length && html[end] is ' ' or '>' && HtmlSanitizer.Keeps(element, name, "") ? Written(clean, name, "", end) : -1;
        var value = WebUtility.HtmlDecode(html[(end + 2)..close]);
        return value.Contains('<', StringComparison.Ordinal) || value.Contains('>', StringComparison.Ordinal) || !HtmlSanitizer.Keeps(element, name, value) ? -1 : Written(clean, name, value, close + 1);
    }

    private static int Written(StringBuilder clean, ReadOnlySpan<char> name, string value, int end)
    {
        clean.Append(' ').Append(name).Append("=\"");
        var from = clean.Length;
        clean.Append(value);
        if (value.AsSpan().ContainsAny('&', '"', '\u00A0')) clean.Replace("&", "&amp;", from, clean.Length - from).Replace("\"", "&quot;", from, clean.Length - from).Replace("\u00A0", "&nbsp;", from, clean.Length - from);
        clean.Append('"');
        return end;
    }

    private static bool Text(ReadOnlySpan<char> text, StringBuilder clean)
    {
        if (text.ContainsAny('\0', '\r')) return false;
        if (!text.ContainsAny('&', '>', '\u00A0'))
        {
            clean.Append(text);
            return true;
        }
        var from = clean.Length;
        clean.Append(WebUtility.HtmlDecode(text.ToString()));
        clean.Replace("&", "&amp;", from, clean.Length - from).Replace("<", "&lt;", from, clean.Length - from).Replace(">", "&gt;", from, clean.Length - from).Replace("\u00A0", "&nbsp;", from, clean.Length - from);
        return true;
    }
}
