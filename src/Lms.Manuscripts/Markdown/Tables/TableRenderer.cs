using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Lms.Manuscripts.Markdown.Tables;

/// <summary>A table in a box of its own that scrolls sideways on a narrow screen and can be reached by keyboard.</summary>
internal sealed class TableRenderer(RenderContext context) : HtmlObjectRenderer<Table>
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.EnsureLine();
        renderer.Write("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"").WriteEscape(context.Scope.Labels.Table).Write("\"><table>");
        var inBody = false;
        foreach (var row in table.OfType<TableRow>())
        {
            if (!row.IsHeader && !inBody) renderer.Write("<tbody>");
            inBody |= !row.IsHeader;
            renderer.Write(row.IsHeader ? "<thead><tr>" : "<tr>");
            for (var i = 0; i < row.Count; i++) Cell(renderer, table, row, i);
            renderer.Write(row.IsHeader ? "</tr></thead>" : "</tr>");
        }
        renderer.WriteLine(inBody ? "</tbody></table></div>" : "</table></div>");
    }

    private static void Cell(HtmlRenderer renderer, Table table, TableRow row, int index)
    {
        var cell = (TableCell)row[index];
        var column = cell.ColumnIndex >= 0 && cell.ColumnIndex < table.ColumnDefinitions.Count ? cell.ColumnIndex : index;
        var align = column < table.ColumnDefinitions.Count ? table.ColumnDefinitions[column].Alignment : null;
        var head = row.IsHeader && PlainText.Of(cell).Length > 0;
        renderer.Write(head ? "<th scope=\"col\"" : "<td");
        if (align is TableColumnAlign.Center) renderer.Write(" class=\"a-center\"");
        if (align is TableColumnAlign.Right) renderer.Write(" class=\"a-end\"");
        renderer.Write('>');
        var before = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = cell.Count == 1;
        renderer.WriteChildren(cell);
        renderer.ImplicitParagraph = before;
        renderer.Write(head ? "</th>" : "</td>");
    }
}
