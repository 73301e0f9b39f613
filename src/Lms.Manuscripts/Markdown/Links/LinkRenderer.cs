using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown.Figures;
using Lms.Manuscripts.Markdown.GlossaryTerms;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Lms.Manuscripts.Markdown.Links;

/// <summary>Links lead to the web, to another lesson or to the glossary, and nowhere else.</summary>
internal sealed class LinkRenderer(RenderContext context) : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline link)
    {
        if (link.IsImage) FigureWriter.Write(context, renderer, link, alone: false);
        else if (link.Url?.StartsWith(TermWriter.Scheme, StringComparison.Ordinal) == true) TermWriter.Write(context, renderer, link);
        else LinkWriter.Write(context, renderer, context.At(link), link.Url ?? "", () => renderer.WriteChildren(link));
    }
}

/// <summary>Addresses in angle brackets.</summary>
internal sealed class AutolinkRenderer(RenderContext context) : HtmlObjectRenderer<AutolinkInline>
{
    protected override void Write(HtmlRenderer renderer, AutolinkInline link) =>
        LinkWriter.Write(context, renderer, context.At(link), (link.IsEmail ? "mailto:" : "") + link.Url, () => renderer.WriteEscape(link.Url));
}

internal static class LinkWriter
{
    private const string Lesson = "lesson:";

    public static void Write(RenderContext context, HtmlRenderer renderer, Place at, string url, Action text)
    {
        var href = url.StartsWith(Lesson, StringComparison.Ordinal) ? LessonAddress(context, at, url[Lesson.Length..]) : WebAddress(context, at, url);
        if (href is null)
        {
            text();
            return;
        }
        renderer.Write("<a href=\"").WriteEscape(href).Write(href.StartsWith("http", StringComparison.Ordinal) ? "\" rel=\"noopener\">" : "\">");
        text();
        renderer.Write("</a>");
    }

    /// <summary>True for an absolute address that a reader may be sent to.</summary>
    public static bool IsAllowed(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto"
        && url.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase) && !url.Any(char.IsControl);

    private static string? LessonAddress(RenderContext context, Place at, string id)
    {
        if (context.Scope.Slugs.TryGetValue(id, out var slug)) return "./" + slug;
        context.Scope.Report.Error(at, "lesson-unknown", $"No lesson of this course has the id “{id}”.", Nearest.Suggest(id, context.Scope.Slugs.Keys));
        return null;
    }

    private static string? WebAddress(RenderContext context, Place at, string url)
    {
        if (IsAllowed(url)) return url;
        context.Scope.Report.Error(at, "link-refused", $"“{(url.Length <= 60 ? url : url[..60] + "…")}” is not an address that a lesson may link to.",
            "Link to https://…, mailto:…, lesson:ID or glossary:TERM.");
        return null;
    }
}
