using System.Globalization;
using System.Net;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Lms.Manuscripts.Markdown.Figures;

/// <summary>An image alone in its paragraph is a figure with its caption; other paragraphs are written as ever.</summary>
internal sealed class FigureParagraphRenderer(RenderContext context) : HtmlObjectRenderer<ParagraphBlock>
{
    private readonly ParagraphRenderer _paragraph = new();

    protected override void Write(HtmlRenderer renderer, ParagraphBlock paragraph)
    {
        if (paragraph.Inline is { FirstChild: LinkInline { IsImage: true } image } inline && inline.LastChild == image)
            FigureWriter.Write(context, renderer, image, alone: !renderer.ImplicitParagraph);
        else _paragraph.Write(renderer, paragraph);
    }
}

internal static class FigureWriter
{
    /// <summary>Writes a figure: a drawing in the page itself, so that it follows the page's colours; a picture by its address.</summary>
    public static void Write(RenderContext context, HtmlRenderer renderer, LinkInline image, bool alone)
    {
        var at = context.At(image);
        var alt = PlainText.Of(image);
        if (alt.Length == 0)
            context.Scope.Report.Error(at, "figure-alt", "The figure has no alternative text.", "Say between the brackets what it shows, for somebody who cannot see it.");
        if (context.Scope.Figures.Find(image.Url ?? "", at, context.Scope.Report) is not { } figure) return;
        if (alone) renderer.EnsureLine();
        if (alone) renderer.Write("<figure>");
        renderer.Write(figure.Drawing is { } drawing ? drawing.Inline(context.Scope.NewId("f") + "-", alt) : Picture(figure, alt));
        if (!alone) return;
        if (!string.IsNullOrWhiteSpace(image.Title)) renderer.Write("<figcaption>").WriteEscape(image.Title).Write("</figcaption>");
        renderer.WriteLine("</figure>");
    }

    private static string Picture(Figure figure, string alt) => string.Create(CultureInfo.InvariantCulture,
        $"<img src=\"/files/{figure.Hash}\" alt=\"{WebUtility.HtmlEncode(alt)}\" width=\"{figure.Width}\" height=\"{figure.Height}\" loading=\"lazy\">");
}
