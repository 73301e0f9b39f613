using Lms.Manuscripts.Findings;
using Markdig.Extensions.Alerts;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Lms.Manuscripts.Markdown.Callouts;

/// <summary>A quotation that begins with <c>[!WARNING]</c>, <c>[!GMP]</c> or <c>[!CASE]</c> is a note set apart from the text.</summary>
internal sealed class CalloutRenderer(RenderContext context) : HtmlObjectRenderer<AlertBlock>
{
    private static readonly string[] s_kinds = ["WARNING", "GMP", "CASE"];

    protected override void Write(HtmlRenderer renderer, AlertBlock callout)
    {
        var labels = context.Scope.Labels;
        var kind = callout.Kind.ToString();
        var (name, label) = kind.ToUpperInvariant() switch
        {
            "WARNING" => ("warn", labels.Warning),
            "GMP" => ("gmp", labels.Gmp),
            "CASE" => ("case", labels.Case),
            _ => ("", ""),
        };
        if (name.Length == 0)
            context.Scope.Report.Error(context.At(callout), "callout-unknown", $"“{kind}” is not a kind of callout.", Nearest.Suggest(kind, s_kinds));
        var id = context.Scope.NewId("note");
        renderer.EnsureLine();
        renderer.Write("<aside class=\"note ").Write(name).Write("\" aria-labelledby=\"").Write(id).Write("\"><p class=\"note-label\" id=\"").Write(id).Write("\">")
            .WriteEscape(label).Write("</p>");
        var before = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = false;
        renderer.WriteChildren(callout);
        renderer.ImplicitParagraph = before;
        renderer.WriteLine("</aside>");
    }
}
