using Lms.Manuscripts.Findings;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Lms.Manuscripts.Markdown;

/// <summary>Raw HTML is refused and never written.</summary>
internal sealed class RawHtmlBlockRenderer(RenderContext context) : HtmlObjectRenderer<HtmlBlock>
{
    protected override void Write(HtmlRenderer renderer, HtmlBlock html) => RawHtml.Refuse(context, context.At(html), html.Lines.ToString());
}

/// <inheritdoc cref="RawHtmlBlockRenderer"/>
internal sealed class RawHtmlInlineRenderer(RenderContext context) : HtmlObjectRenderer<HtmlInline>
{
    protected override void Write(HtmlRenderer renderer, HtmlInline html) => RawHtml.Refuse(context, context.At(html), html.Tag);
}

file static class RawHtml
{
    public static void Refuse(RenderContext context, Place at, string html)
    {
        var comment = html.StartsWith("<!--", StringComparison.Ordinal);
        var line = html.Split('\n')[0].Trim();
        context.Scope.Report.Error(at, comment ? "comment-misplaced" : "raw-html",
            comment ? "A comment stands where no question needs one." : $"HTML is not allowed in a text: “{(line.Length <= 40 ? line : line[..40] + "…")}”.",
            comment ? "A question begins with “<!-- item” on a line of its own; a rationale stands behind its option; remove other comments."
                : "Use Markdown instead, or write “\\<” for the sign itself.");
    }
}
