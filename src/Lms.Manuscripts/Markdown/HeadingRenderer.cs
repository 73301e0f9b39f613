using System.Globalization;
using System.Text;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Lms.Manuscripts.Markdown;

/// <summary>Headings get an id to link to; the first level is the lesson's title and so is taken.</summary>
internal sealed class HeadingRenderer(RenderContext context) : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
    {
        if (heading.Level == 1)
            context.Scope.Report.Error(context.At(heading), "heading-level", "A heading of the first level is the lesson's title, which stands in the front matter.", "Start headings at “##”.");
        var level = Math.Max(heading.Level, 2).ToString(CultureInfo.InvariantCulture);
        renderer.EnsureLine();
        renderer.Write("<h").Write(level).Write(" id=\"").Write(context.Scope.NewId("h-" + Slug(PlainText.Of(heading)))).Write("\">");
        renderer.WriteLeafInline(heading);
        renderer.Write("</h").Write(level).WriteLine(">");
    }

    // Letters of every script may stand in an id.
    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) slug.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length >= 48) break;
        }
        return slug.ToString().Trim('-');
    }
}
