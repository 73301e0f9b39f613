using System.Text;
using Lms.Manuscripts.Markdown.Numbers;
using Lms.Manuscripts.Markdown.References;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Lms.Manuscripts.Markdown;

/// <summary>A text without its marks and pictures, for statements, reports and labels.</summary>
internal static class PlainText
{
    public static string Of(MarkdownObject node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return WithNumbersTogether(string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static string WithNumbersTogether(string text)
    {
        var rest = text.AsSpan();
        var joined = new StringBuilder();
        while (DigitGroups.Find(rest) is { } found)
        {
            joined.Append(rest[..found.Start]).Append(DigitGroups.Join(rest[found]));
            rest = rest[found.End..];
        }
        return joined.Append(rest).ToString();
    }

    private static void Append(StringBuilder text, MarkdownObject node)
    {
        switch (node)
        {
            case LiteralInline literal: text.Append(literal.Content.AsSpan()); break;
            case CodeInline code: text.Append(code.Content); break;
            case MathInline maths: text.Append(maths.Content.AsSpan()); break;
            case HtmlEntityInline entity: text.Append(entity.Transcoded.AsSpan()); break;
            case AutolinkInline link: text.Append(link.Url); break;
            case LineBreakInline: text.Append(' '); break;
            case FootnoteInline or HtmlInline: break;
            case ContainerInline container:
                // A picture within a text is no word of it; by itself it is its alternative text.
                foreach (var child in container)
                    if (child is not LinkInline { IsImage: true }) Append(text, child);
                break;
            case LeafBlock { Inline: { } inline }: Append(text, inline); text.Append(' '); break;
            case CodeBlock code: text.Append(code.Lines.ToString()).Append(' '); break;
            case ContainerBlock block:
                foreach (var child in block) Append(text, child);
                break;
        }
    }
}
