using System.Globalization;
using System.Net;
using System.Text;
using Lms.Manuscripts.Findings;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Lms.Manuscripts.Markdown.References;

/// <summary>A mark <c>[^label]</c> in a text.</summary>
internal sealed class FootnoteInline(string label) : LeafInline
{
    public string Label => label;
}

internal sealed class FootnoteParser : InlineParser
{
    public FootnoteParser() => OpeningCharacters = ['['];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (slice.PeekChar() != '^') return false;
        var end = slice.Start + 2;
        while (end <= slice.End && end - slice.Start < 60 && slice.Text[end] is not (']' or '\n' or '[' or ' ')) end++;
        if (end > slice.End || slice.Text[end] != ']' || end == slice.Start + 2) return false;
        processor.Inline = new FootnoteInline(slice.Text[(slice.Start + 2)..end])
        {
            Span = { Start = processor.GetSourcePosition(slice.Start, out var line, out var column), End = processor.GetSourcePosition(end) },
            Line = line,
            Column = column,
        };
        slice.Start = end + 1;
        return true;
    }
}

/// <summary>In a lesson a mark leads to the list at its foot; in a question the source is named in place.</summary>
internal sealed class FootnoteRenderer(RenderContext context) : HtmlObjectRenderer<FootnoteInline>
{
    protected override void Write(HtmlRenderer renderer, FootnoteInline mark)
    {
        var scope = context.Scope;
        if (scope.Footnotes.Cite(mark.Label) is not { } note)
        {
            scope.Report.Error(context.At(mark), "footnote-undefined", $"The footnote “{mark.Label}” is not defined.",
                scope.Footnotes.Labels.Any() ? Nearest.Suggest(mark.Label, scope.Footnotes.Labels) : $"Add a line “[^{mark.Label}]: document year clause”.");
            return;
        }
        if (note.Reference is null) return;
        if (scope.InItem)
        {
            renderer.Write(" <cite class=\"ref\">(").Write(FootnoteList.Source(note, scope)).Write(")</cite>");
            return;
        }
        var number = scope.Footnotes.NumberOf(note).ToString(CultureInfo.InvariantCulture);
        var id = scope.NewId("r" + number);
        renderer.Write("<sup class=\"fn\"><a id=\"").Write(id).Write("\" href=\"#").Write(scope.IdPrefix).Write("n").Write(number).Write("\">").Write(number).Write("</a></sup>");
    }
}

/// <summary>The list of sources at the foot of a lesson.</summary>
internal static class FootnoteList
{
    public static string? Html(Scope scope)
    {
        // Words may themselves cite, which lengthens the list while it is written.
        var html = new StringBuilder();
        for (var i = 0; i < scope.Footnotes.Shown.Count; i++)
        {
            var note = scope.Footnotes.Shown[i];
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            html.Append("<li id=\"").Append(scope.IdPrefix).Append('n').Append(number).Append("\">").Append(Source(note, scope));
            if (!note.Words.IsBlank) html.Append(" — ").Append(MarkdownText.Inline(note.Words, scope).Html);
            html.Append(" <a href=\"#").Append(scope.IdPrefix).Append('r').Append(number).Append("\" aria-label=\"").Append(WebUtility.HtmlEncode(scope.Labels.BackToText))
                .Append("\">↩</a></li>");
        }
        return html.Length == 0 ? null
            : Sanitizing.HtmlSanitizer.Clean($"<section class=\"footnotes\"><h2 id=\"{scope.NewId("sources")}\">{WebUtility.HtmlEncode(scope.Labels.Sources)}</h2><ol>{html}</ol></section>");
    }

    public static string Source(Footnote note, Scope scope)
    {
        var reference = note.Reference!;
        var title = $"{WebUtility.HtmlEncode(reference.Title)} (<bdi>{reference.Year.ToString(CultureInfo.InvariantCulture)}</bdi>)";
        if (scope.Standards.UrlOf(reference.Document) is { } url) title = $"<a href=\"{WebUtility.HtmlEncode(url)}\" rel=\"noopener\">{title}</a>";
        return $"{title} <bdi dir=\"ltr\">{WebUtility.HtmlEncode(reference.Clause)}</bdi>";
    }
}
