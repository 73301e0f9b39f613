using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Lms.Manuscripts.Markdown.Figures;
using Lms.Manuscripts.Markdown.Links;

namespace Lms.Manuscripts.Markdown.Sanitizing;

/// <summary>
/// The last gate: whatever the renderers wrote, only these elements and attributes leave. A parser that reads as a browser
/// does judges them, so a trick that deceives a renderer does not pass.
/// </summary>
internal static partial class HtmlSanitizer
{
    private static readonly FrozenSet<string> s_elements = Words("""
        a aside b bdi blockquote br button cite code dd div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img li ol p pre
        section span strong sub sup table tbody td th thead tr ul
        math mrow mi mn mo msub msup msubsup munder mover munderover mfrac msqrt mroot mtext mspace mstyle
        """).Concat(SvgRules.Elements).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_attributes = Words("""
        alt alttext aria-hidden aria-label aria-labelledby class dir display fence height href id lang loading mathvariant
        popover popovertarget rel role scope src start stretchy tabindex type width
        """).Concat(SvgRules.Attributes).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_plain = Words("p strong em sub sup bdi b i code ul ol li br hr blockquote").ToFrozenSet(StringComparer.Ordinal);

    // Setting up a parser costs more than most texts do.
    [ThreadStatic]
    private static IElement? t_body;

    public static string Clean(string html)
    {
        if (IsPlain(html)) return html;
        if (StrictHtml.Clean(html) is { } strict) return strict;
        var body = t_body ??= new HtmlParser().ParseDocument("").Body!;
        body.InnerHtml = html;
        CleanChildren(body);
        var clean = body.InnerHtml;
        body.InnerHtml = "";
        return clean;
    }

    private static void CleanChildren(INode parent)
    {
        for (var node = parent.FirstChild; node is not null;)
        {
            var next = node.NextSibling;
            if (node is IElement element && Keeps(element)) CleanChildren(element);
            else if (node is not IText) parent.RemoveChild(node);
            node = next;
        }
    }

    /// <summary>The element's name where it is one that may leave.</summary>
    internal static string? Element(ReadOnlySpan<char> name) => s_elements.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known) ? known : null;

    /// <summary>Whether an attribute may leave with an element that may.</summary>
    internal static bool Keeps(string element, ReadOnlySpan<char> name, string value) =>
        s_attributes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known) && IsSafe(element, known, value);

    private static bool Keeps(IElement element)
    {
        if (!s_elements.Contains(element.LocalName)) return false;
        for (var i = element.Attributes.Length - 1; i >= 0; i--)
        {
            var attribute = element.Attributes[i]!;
            if (!Keeps(element.LocalName, attribute.Name, attribute.Value)) element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
        }
        return true;
    }

    private static bool IsSafe(string element, string attribute, string value) => attribute switch
    {
        "href" => value.StartsWith('#') || element == "a" && (LinkWriter.IsAllowed(value) || SiblingLesson().IsMatch(value)),
        "src" => element == "img" && StoredFile().IsMatch(value),
        "type" => element == "button" && value == "button",
        "tabindex" => value == "0",
        _ => !value.Contains("url(", StringComparison.OrdinalIgnoreCase) || SvgRules.IsLocalUrl(value),
    };

    // Most questions are a paragraph without any attribute: nothing to judge, so no document is built.
    private static bool IsPlain(string html)
    {
        for (var i = html.IndexOf('<', StringComparison.Ordinal); i >= 0; i = html.IndexOf('<', i + 1))
        {
            var end = html.IndexOf('>', i);
            if (end < 0) return false;
            var name = html.AsSpan(i + 1, end - i - 1).TrimStart('/').TrimEnd(" /");
            if (!s_plain.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)) return false;
        }
        return true;
    }

    internal static string[] Words(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("^/files/[0-9a-f]{64}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StoredFile();

    [GeneratedRegex("^\\./[a-z0-9-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SiblingLesson();
}
