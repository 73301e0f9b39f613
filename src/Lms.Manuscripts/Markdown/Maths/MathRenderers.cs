using Lms.Manuscripts.Findings;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Lms.Manuscripts.Markdown.Maths;

/// <summary>A formula in a line.</summary>
internal sealed class MathInlineRenderer(RenderContext context) : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline maths)
    {
        var start = context.Source.At(maths.Span.Start + maths.DelimiterCount);
        renderer.Write(MathWriter.Write(context, maths.Content.ToString(), start, maths.DelimiterCount == 2));
    }
}

/// <summary>A formula between lines of two dollar signs.</summary>
internal sealed class MathBlockRenderer(RenderContext context) : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock maths)
    {
        var at = context.At(maths);
        renderer.EnsureLine();
        renderer.Write("<p>").Write(MathWriter.Write(context, maths.Lines.ToString(), at with { Line = at.Line + 1, Column = 1 }, display: true)).WriteLine("</p>");
    }
}

file static class MathWriter
{
    public static string Write(RenderContext context, string tex, Place start, bool display)
    {
        if (MathMl.Convert(tex, display, out var problem) is { } html) return html;
        var before = tex.AsSpan(0, Math.Min(problem!.Offset, tex.Length));
        var line = before.Count('\n');
        var at = line == 0 ? start with { Column = start.Column + before.Length }
            : start with { Line = start.Line + line, Column = before.Length - before.LastIndexOf('\n') };
        context.Scope.Report.Error(at, problem.Code, problem.Message, problem.Suggestion);
        return "";
    }
}
