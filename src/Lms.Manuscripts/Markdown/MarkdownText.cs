using System.Text;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Markdown.Callouts;
using Lms.Manuscripts.Markdown.Figures;
using Lms.Manuscripts.Markdown.Links;
using Lms.Manuscripts.Markdown.Maths;
using Lms.Manuscripts.Markdown.Numbers;
using Lms.Manuscripts.Markdown.References;
using Lms.Manuscripts.Markdown.Sanitizing;
using Lms.Manuscripts.Markdown.Tables;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Lms.Manuscripts.Markdown;

/// <summary>A piece of Markdown as sanitised HTML and as plain text.</summary>
internal sealed record Rendered(string Html, string Text)
{
    public static readonly Rendered Empty = new("", "");
}

/// <summary>Renders Markdown. Each feature of the notation has its own folder with its own renderer.</summary>
internal static class MarkdownText
{
    /// <summary>Characters in one passage between two questions; longer ones would let a crafted text take seconds.</summary>
    public const int MostCharacters = 100_000;

    private const int MostInOneLine = 20_000;

    private static readonly MarkdownPipeline s_pipeline = Pipeline();

    public static Rendered Block(Fragment source, Scope scope) => Render(source, scope, inline: false);

    /// <summary>The same without the paragraph around a text of one paragraph.</summary>
    public static Rendered Inline(Fragment source, Scope scope) => Render(source, scope, inline: true);

    private static Rendered Render(Fragment source, Scope scope, bool inline)
    {
        if (source.IsBlank || !IsBounded(source, scope)) return Rendered.Empty;
        try
        {
            var document = Markdig.Markdown.Parse(source.Text, s_pipeline);
            var html = new StringBuilder(source.Text.Length * 2);
            using var writer = new StringWriter(html);
            Renderer(writer, new RenderContext(source, scope), inline && document is [ParagraphBlock]).Render(document);
            return new Rendered(HtmlSanitizer.Clean(html.ToString().Trim()), PlainText.Of(document));
        }
        // Markdig refuses what is nested deeper than the pipeline allows.
        catch (ArgumentException)
        {
            scope.Report.Error(source.Start, "too-deep", "Lists, quotations or emphasis are nested too deeply.", "Write it with fewer levels.");
            return Rendered.Empty;
        }
    }

    private static bool IsBounded(Fragment source, Scope scope)
    {
        if (source.Text.Length > MostCharacters)
        {
            scope.Report.Error(source.Start, "passage-too-long", $"This passage has {source.Text.Length} characters; at most {MostCharacters} are read in one piece.", "Divide the lesson.");
            return false;
        }
        var paragraph = 0;
        foreach (var line in source.Lines)
        {
            paragraph = line.IsBlank ? 0 : paragraph + line.Text.Length;
            if (paragraph <= MostInOneLine) continue;
            scope.Report.Error(new(source.File, line.Number, 1), "paragraph-too-long", $"This paragraph has more than {MostInOneLine} characters.", "Divide it with blank lines.");
            return false;
        }
        return true;
    }

    private static MarkdownPipeline Pipeline()
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = 40 }
            .UsePreciseSourceLocation()
            .UseAlertBlocks()
            .UsePipeTables()
            .UseDefinitionLists()
            .UseMathematics()
            .UseEmphasisExtras(EmphasisExtraOptions.Subscript | EmphasisExtraOptions.Superscript);
        builder.InlineParsers.Insert(0, new FootnoteParser());
        return builder.Build();
    }

    private static HtmlRenderer Renderer(TextWriter writer, RenderContext context, bool inline)
    {
        var renderer = new HtmlRenderer(writer) { ImplicitParagraph = inline };
        s_pipeline.Setup(renderer);
        var all = renderer.ObjectRenderers;
        all.RemoveAll(r => r is Markdig.Renderers.Html.HtmlBlockRenderer or Markdig.Renderers.Html.Inlines.HtmlInlineRenderer
            or Markdig.Renderers.Html.Inlines.LinkInlineRenderer or Markdig.Renderers.Html.Inlines.AutolinkInlineRenderer
            or Markdig.Renderers.Html.Inlines.LiteralInlineRenderer or Markdig.Renderers.Html.HeadingRenderer
            or Markdig.Renderers.Html.ParagraphRenderer or Markdig.Extensions.Tables.HtmlTableRenderer
            or Markdig.Extensions.Alerts.AlertBlockRenderer or Markdig.Extensions.Mathematics.HtmlMathBlockRenderer
            or Markdig.Extensions.Mathematics.HtmlMathInlineRenderer);
        all.InsertRange(0,
        [
            new NumberRenderer(), new FigureParagraphRenderer(context), new HeadingRenderer(context), new TableRenderer(context),
            new CalloutRenderer(context), new MathBlockRenderer(context), new MathInlineRenderer(context), new LinkRenderer(context),
            new AutolinkRenderer(context), new FootnoteRenderer(context), new RawHtmlBlockRenderer(context), new RawHtmlInlineRenderer(context),
        ]);
        return renderer;
    }
}

/// <summary>What a renderer needs to know about the text that it renders.</summary>
internal sealed record RenderContext(Fragment Source, Scope Scope)
{
    public Findings.Place At(MarkdownObject node) => Source.At(node.Span.Start);
}
