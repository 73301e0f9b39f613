using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Lms.Web.Features.Shared;

/// <summary>The colour of a mark in a chart: green only for right or done, red only for wrong.</summary>
public enum Tone { Brand, Good, Bad, Amber, Soft }

/// <summary>A labelled value.</summary>
/// <param name="Label">Name in the reader's language.</param>
/// <param name="Value">0 or more.</param>
/// <param name="Text">The value in words; null for the number itself.</param>
/// <param name="Tone">Colour of the bar.</param>
public sealed record Bar(string Label, double Value, string? Text = null, Tone Tone = Tone.Brand);

/// <summary>A row of shares of one whole.</summary>
public sealed record ShareRow(string Label, IReadOnlyList<Share> Parts);

/// <summary>A share of a row's whole; parts of one name have one tone throughout a chart.</summary>
public sealed record Share(string Name, double Value, Tone Tone);

/// <summary>
/// Small charts drawn on the server, each with its numbers in a table. They are 340 units wide, so that their 12-unit text is still
/// 12 pixels on the smallest phone, and are mirrored where the page runs from right to left.
/// </summary>
public static class Charts
{
    /// <summary>Horizontal bars, one a row, their labels above them.</summary>
    /// <param name="max">The value of a whole bar; null for the largest one.</param>
    public static IHtmlContent Bars(string title, IReadOnlyList<Bar> bars, double? max = null)
    {
        ArgumentNullException.ThrowIfNull(bars);
        const int row = 38, line = 16;
        var labels = bars.Select(b => ChartSvg.Lines(b.Label, ChartSvg.Width - 45)).ToList();
        var svg = new ChartSvg(labels.Sum(l => row + line * (l.Count - 1)));
        var scale = Whole(max ?? Largest(bars.Select(b => b.Value)));
        var y = 0;
        foreach (var (bar, lines) in bars.Zip(labels))
        {
            svg.Text(ChartSvg.Width, y + 13, Words(bar), "end", "t-soft");
            foreach (var (i, text) in lines.Index()) svg.Text(0, y + 13 + line * i, text, "start");
            y += line * (lines.Count - 1);
            svg.Rect(0, y + 20, ChartSvg.Width, 10, "line");
            svg.Rect(0, y + 20, ChartSvg.Width * Math.Min(1, bar.Value / scale), 10, Css(bar.Tone));
            y += row;
        }
        return ChartFigure.Of(title, svg, [], bars.Select(b => (b.Label, new[] { Words(b) })), []);
    }

    /// <summary>A stacked bar a row: how a whole is shared out.</summary>
    public static IHtmlContent Shares(string title, IReadOnlyList<ShareRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        const int height = 38;
        var names = rows.SelectMany(r => r.Parts).DistinctBy(p => p.Name).ToList();
        var svg = new ChartSvg(rows.Count * height);
        for (var i = 0; i < rows.Count; i++)
        {
            svg.Text(0, i * height + 13, rows[i].Label, "start");
            Stack(svg, rows[i], i * height + 20);
        }
        var table = rows.Select(r => (r.Label, names.Select(n => Numbers.PercentText(PartOf(r, n.Name))).ToArray()));
        return ChartFigure.Of(title, svg, names.Select(n => (n.Name, Css(n.Tone))), table, names.Select(n => n.Name));
    }

    /// <summary>A line through values in the order of time.</summary>
    public static IHtmlContent Line(string title, IReadOnlyList<Bar> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        const double top = 18, bottom = 120;
        var svg = new ChartSvg(140);
        var max = Whole(Largest(points.Select(p => p.Value)));
        svg.Rule(0, bottom, ChartSvg.Width, bottom);
        svg.Rule(0, top, ChartSvg.Width, top);
        svg.Text(0, top - 5, Numbers.Text((decimal)max, max < 10 && max % 1 != 0 ? 1 : 0), "start", "t-soft");
        svg.Line(points.Select((p, i) => (At(i, points.Count), bottom - (bottom - top) * p.Value / max)), "s-brand");
        if (points.Count > 0) svg.Text(0, 136, points[0].Label, "start", "t-soft");
        if (points.Count > 1) svg.Text(ChartSvg.Width, 136, points[^1].Label, "end", "t-soft");
        return ChartFigure.Of(title, svg, [], points.Select(p => (p.Label, new[] { Words(p) })), []);
    }

    /// <summary>Columns side by side: how often each value occurs.</summary>
    public static IHtmlContent Distribution(string title, IReadOnlyList<Bar> bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        const double top = 18, bottom = 120;
        var svg = new ChartSvg(140);
        var max = Whole(Largest(bins.Select(b => b.Value)));
        var step = ChartSvg.Width / (double)Math.Max(1, bins.Count);
        // Labels keep about 40 units apart; the table has them all.
        var every = (int)Math.Ceiling(40 / step);
        for (var i = 0; i < bins.Count; i++)
        {
            var height = (bottom - top) * bins[i].Value / max;
            svg.Rect(i * step + 1, bottom - height, step - 2, height, Css(bins[i].Tone));
            if (i % every != 0) continue;
            svg.Text((i + .5) * step, 136, bins[i].Label, "middle", "t-soft");
            if (bins[i].Value > 0) svg.Text((i + .5) * step, bottom - height - 4, Words(bins[i]), "middle");
        }
        svg.Rule(0, bottom, ChartSvg.Width, bottom);
        return ChartFigure.Of(title, svg, [], bins.Select(b => (b.Label, new[] { Words(b) })), []);
    }

    /// <summary>A line as small as a word, for a table's cell; <paramref name="label"/> says it in words.</summary>
    public static IHtmlContent Spark(IReadOnlyList<double> values, string label)
    {
        ArgumentNullException.ThrowIfNull(values);
        var max = Whole(Largest(values));
        var svg = new ChartSvg(100);
        svg.Line(values.Select((v, i) => (At(i, values.Count), 96 - 92 * v / max)), "s-brand");
        return new HtmlString(svg.ToString("spark", label, stretch: true));
    }

    private static void Stack(ChartSvg svg, ShareRow row, double y)
    {
        var x = 0.0;
        foreach (var part in row.Parts)
        {
            var width = ChartSvg.Width * PartOf(row, part.Name);
            svg.Rect(x, y, Math.Max(0, width - 1), 12, Css(part.Tone));
            x += width;
        }
    }

    private static double PartOf(ShareRow row, string name) =>
        row.Parts.Where(p => p.Name == name).Sum(p => p.Value) / Whole(row.Parts.Sum(p => p.Value));

    private static double At(int index, int count) => count < 2 ? 0 : ChartSvg.Width * index / (double)(count - 1);

    private static double Largest(IEnumerable<double> values) => values.DefaultIfEmpty(0).Max();

    private static double Whole(double value) => value > 0 ? value : 1;

    private static string Words(Bar bar) => bar.Text ?? Numbers.Text((decimal)bar.Value, bar.Value % 1 == 0 ? 0 : 1);

    private static string Css(Tone tone) => tone.ToString().ToLower(CultureInfo.InvariantCulture);
}
