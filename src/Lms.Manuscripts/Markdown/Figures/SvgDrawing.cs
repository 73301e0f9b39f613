using System.Globalization;
using System.Net;
using System.Text;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Markdown.Figures;

/// <summary>An element of a drawing that has passed the rules.</summary>
internal sealed record SvgElement(string Name, Place At, List<(string Name, string Value)> Attributes, List<object> Children)
{
    public string? this[string name] => Attributes.Where(a => a.Name == name).Select(a => a.Value).FirstOrDefault();

    public IEnumerable<SvgElement> DescendantsAndSelf => Children.OfType<SvgElement>().SelectMany(c => c.DescendantsAndSelf).Prepend(this);
}

/// <summary>A sanitised drawing.</summary>
internal sealed record SvgDrawing(SvgElement Root, double Width, double Height)
{
    // The page states these of the whole drawing.
    private static readonly string[] s_written = ["width", "height", "x", "y", "role", "aria-label", "aria-labelledby", "aria-hidden"];

    /// <summary>A document of its own.</summary>
    public byte[] Standalone()
    {
        var svg = new StringBuilder();
        Write(svg, Root, "", " xmlns=\"http://www.w3.org/2000/svg\"");
        return Encoding.UTF8.GetBytes(svg.ToString());
    }

    /// <summary>Part of a page: its ids begin with <paramref name="prefix"/>, and <paramref name="alt"/> is all that a screen reader says.</summary>
    public string Inline(string prefix, string alt)
    {
        var svg = new StringBuilder();
        var size = FormattableString.Invariant($" width=\"{Math.Ceiling(Width):0}\" height=\"{Math.Ceiling(Height):0}\"");
        Write(svg, Root, prefix, $"{size} role=\"img\" aria-label=\"{WebUtility.HtmlEncode(alt)}\"");
        return svg.ToString();
    }

    private static void Write(StringBuilder svg, SvgElement element, string prefix, string? root = null)
    {
        svg.Append('<').Append(element.Name).Append(root);
        foreach (var (name, value) in element.Attributes)
        {
            if (root is not null && s_written.Contains(name)) continue;
            svg.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(Prefixed(name, value, prefix))).Append('"');
        }
        svg.Append('>');
        foreach (var child in element.Children)
            // The alternative text says what a title of the whole drawing would, and browsers show the latter as a tip.
            if (child is SvgElement { Name: "title" or "desc" } && prefix.Length > 0 && root is not null) continue;
            else if (child is SvgElement inner) Write(svg, inner, prefix);
            else svg.Append(WebUtility.HtmlEncode((string)child));
        svg.Append("</").Append(element.Name).Append('>');
    }

    private static string Prefixed(string name, string value, string prefix) => name switch
    {
        "id" => prefix + value,
        "href" => "#" + prefix + value[1..],
        "aria-labelledby" => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => prefix + v)),
        _ when value.StartsWith("url(#", StringComparison.Ordinal) => string.Create(CultureInfo.InvariantCulture, $"url(#{prefix}{value[5..]}"),
        _ => value,
    };
}
