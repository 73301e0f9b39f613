using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Lms.Manuscripts.Questions.Gift;

/// <summary>GIFT texts, which are plain, HTML or Markdown, as Markdown.</summary>
internal static class GiftMarkdown
{
    private const int MostDepth = 30;

    /// <summary>The format in square brackets before a text, or the one it inherits.</summary>
    public static (string Format, string Text) Format(string text, string inherited)
    {
        foreach (var format in new[] { "html", "markdown", "plain", "moodle" })
            if (text.StartsWith($"[{format}]", StringComparison.OrdinalIgnoreCase)) return (format, text[(format.Length + 2)..]);
        return (inherited, text);
    }

    public static string Of(string text, string inherited)
    {
        var (format, rest) = Format(text.Trim(), inherited);
        var plain = GiftText.Unescape(rest).Trim();
        if (format == "markdown") return plain;
        if (format == "plain" || !plain.AsSpan().ContainsAny('<', '&')) return Escape(plain);
        var markdown = new StringBuilder();
        foreach (var node in new HtmlParser().ParseDocument(plain).Body!.ChildNodes) Write(markdown, node, 0);
        return markdown.ToString().Trim();
    }

    /// <summary>A word to type or choose: one line without the notation's own signs.</summary>
    public static string Word(string text)
    {
        var (format, rest) = Format(text.Trim(), "");
        var plain = GiftText.Unescape(rest);
        if (format == "html") plain = new HtmlParser().ParseDocument(plain).Body!.TextContent;
        return string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("]]", "] ]", StringComparison.Ordinal).Replace('|', '/');
    }

    private static void Write(StringBuilder markdown, INode node, int depth)
    {
        if (node is IText text) markdown.Append(Escape(string.Join(' ', text.Data.Split('\n'))));
        if (node is not IElement element || depth > MostDepth) return;
        var (before, after) = element.LocalName switch
        {
            "strong" or "b" => ("**", "**"),
            "em" or "i" => ("*", "*"),
            "sub" => ("~", "~"),
            "sup" => ("^", "^"),
            "code" => ("`", "`"),
            "p" or "div" => ("", "\n\n"),
            "li" => ("- ", "\n"),
            "ul" or "ol" => ("\n", "\n"),
            "br" => ("\n", ""),
            _ => ("", ""),
        };
        if (element.LocalName is "script" or "style" or "svg" or "img") return;
        if (element.LocalName == "math")
        {
            markdown.Append('$').Append(element.GetAttribute("alttext")?.Replace('$', ' ') ?? element.TextContent).Append('$');
            return;
        }
        markdown.Append(before);
        foreach (var child in element.ChildNodes) Write(markdown, child, depth + 1);
        markdown.Append(after);
    }

    // What Markdown or the notation would read as a mark.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '$' or '~' or '^' or '|' or '!') escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }
}
