using Lms.Manuscripts.Findings;
using Markdig.Renderers;
using Markdig.Syntax.Inlines;

namespace Lms.Manuscripts.Markdown.GlossaryTerms;

/// <summary>A link <c>glossary:id</c> opens the definition in place, by the browser's own popover.</summary>
internal static class TermWriter
{
    public const string Scheme = "glossary:";

    public static void Write(RenderContext context, HtmlRenderer renderer, LinkInline link)
    {
        var id = link.Url![Scheme.Length..];
        var glossary = context.Scope.Glossary;
        var language = context.Scope.Language;
        var term = glossary.Find(language, id);
        if (term is null && glossary.FindElsewhere(id) is { } elsewhere)
        {
            context.Scope.Report.Warning(context.At(link), "glossary-untranslated", $"The glossary has no “{id}” in “{language}”.", $"Add it to glossary/{language}.yaml.");
            (language, term) = elsewhere;
        }
        if (term is null)
        {
            context.Scope.Report.Error(context.At(link), "glossary-unknown", $"“{id}” is not in the glossary.", Nearest.Suggest(id, glossary.Ids));
            renderer.WriteChildren(link);
            return;
        }
        var element = context.Scope.NewId("g-" + id);
        renderer.Write("<button type=\"button\" class=\"term\" popovertarget=\"").Write(element).Write("\">");
        renderer.WriteChildren(link);
        renderer.Write("</button><span popover id=\"").Write(element).Write("\" class=\"gloss\"");
        if (language != context.Scope.Language) renderer.Write(" lang=\"").WriteEscape(language).Write("\"");
        renderer.Write("><b>").WriteEscape(term.Term).Write("</b> ").WriteEscape(term.Text).Write("</span>");
    }
}
