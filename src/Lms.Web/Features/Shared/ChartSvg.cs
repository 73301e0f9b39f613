using System.Globalization;
using System.Text;

namespace Lms.Web.Features.Shared;

/// <summary>A drawing whose horizontal axis begins where the reader's line begins.</summary>
internal sealed class ChartSvg(double height)
{
    public const int Width = 340;

    private readonly StringBuilder _shapes = new();
    private readonly bool _rtl = CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft;

    // Start and end follow the page's direction by themselves. The isolates keep "2026-W40" from turning round in it.
    public void Text(double x, double y, string text, string anchor, string css = "") =>
        _shapes.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(X(x))}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\" class=\"{css}\">{Markup.Encode(Isolates.Around(text))}</text>");

    /// <summary>A text broken into lines of at most that many units, as wide as letters are in the widest of common fonts.</summary>
    public static IReadOnlyList<string> Lines(string text, double width)
    {
        List<string> lines = [];
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && WidthOf(longer) > width)
            {
                lines.Add(line);
                longer = word;
            }
            line = longer;
        }
        return [.. lines, line];
    }

    // Hangul, Chinese and Ethiopic letters are wider than Latin and Arabic ones.
    private static double WidthOf(string text) => text.EnumerateRunes().Sum(r => r.Value is >= 0x1100 and < 0x2000 or >= 0x2E80 ? 12.5 : 6.7);

    public void Rect(double x, double y, double width, double height, string css) =>
        _shapes.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Number(_rtl ? Width - x - width : x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\" rx=\"2\" class=\"{css}\"/>");

    public void Rule(double x1, double y1, double x2, double y2) =>
        _shapes.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Number(X(x1))} {Number(y1)}L{Number(X(x2))} {Number(y2)}\" class=\"s-line\"/>");

    public void Line(IEnumerable<(double X, double Y)> points, string css) =>
        _shapes.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points.Select(p => $"{Number(X(p.X))},{Number(p.Y)}"))}\" class=\"{css}\"/>");

    public string ToString(string css, string label, bool stretch = false) =>
        $"<svg class=\"{css}\" viewBox=\"0 0 {Width} {Number(height)}\" role=\"img\" aria-label=\"{Markup.Encode(label)}\"{(stretch ? " preserveAspectRatio=\"none\"" : "")}>{_shapes}</svg>";

    private double X(double x) => _rtl ? Width - x : x;

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
