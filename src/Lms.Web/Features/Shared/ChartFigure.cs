using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Lms.Web.Features.Shared;

/// <summary>A chart with its title, its legend and its numbers for whoever can't see it or wants them exactly.</summary>
internal static class ChartFigure
{
    public static IHtmlContent Of(
        string title, ChartSvg svg, IEnumerable<(string Name, string Css)> legend, IEnumerable<(string Label, string[] Values)> rows, IEnumerable<string> heads)
    {
        var html = new StringBuilder("<figure class=\"chart\"><figcaption>").Append(Encode(title)).Append("</figcaption>");
        html.Append(svg.ToString("", title));
        Legend(html, legend.ToList());
        html.Append("<details><summary>").Append(Encode(SharedText.Of("Show the numbers"))).Append("</summary><div class=\"table-scroll\" tabindex=\"0\"><table>");
        Head(html, heads.ToList());
        html.Append("<tbody>");
        foreach (var (label, values) in rows)
        {
            html.Append("<tr><th scope=\"row\">").Append(Encode(label)).Append("</th>");
            foreach (var value in values) html.Append("<td class=\"num\"><bdi>").Append(Encode(value)).Append("</bdi></td>");
            html.Append("</tr>");
        }
        return new HtmlString(html.Append("</tbody></table></div></details></figure>").ToString());
    }

    private static void Legend(StringBuilder html, List<(string Name, string Css)> legend)
    {
        if (legend.Count == 0) return;
        html.Append("<ul class=\"legend\">");
        foreach (var (name, css) in legend)
            html.Append(CultureInfo.InvariantCulture, $"<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"{css}\" width=\"10\" height=\"10\" rx=\"2\"/></svg>{Encode(name)}</li>");
        html.Append("</ul>");
    }

    private static void Head(StringBuilder html, List<string> heads)
    {
        if (heads.Count == 0) return;
        html.Append("<thead><tr><td></td>");
        foreach (var head in heads) html.Append("<th scope=\"col\" class=\"num\">").Append(Encode(head)).Append("</th>");
        html.Append("</tr></thead>");
    }

    private static string Encode(string text) => Markup.Encode(text);
}
