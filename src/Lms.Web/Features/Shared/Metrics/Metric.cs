using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Lms.Web.Features.Shared.Metrics;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>One instrument as Prometheus names it, with its numbers for each combination of labels.</summary>
internal sealed class Metric
{
    /// <summary>More combinations than this are counted together: whatever goes wrong, the text stays of a size that can be read.</summary>
    private const int MostSeries = 2_000;
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];
    private static readonly Labels Overflow = new("overflow", null, null);

    private readonly ConcurrentDictionary<Labels, Series> _series = new();
    private readonly string _help;
    private readonly double[] _bounds;
    private string[]? _labels;

    /// <param name="instrument">What is measured.</param>
    /// <param name="labels">Which of its tags are told; null for those of the first measurement.</param>
    public Metric(Instrument instrument, string[]? labels)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        IsObserved = instrument.IsObservable;
        Kind = type == typeof(Histogram<>) ? MetricKind.Histogram
            // The runtime has this one as a counter, though it goes up and down.
            : instrument.Name != "dotnet.thread_pool.queue.length" && (type == typeof(Counter<>) || type == typeof(ObservableCounter<>)) ? MetricKind.Counter
            : MetricKind.Gauge;
        Name = NameOf(instrument, Kind);
        _help = (instrument.Description ?? "").Replace('\n', ' ');
        _bounds = Kind != MetricKind.Histogram ? [] : instrument.Unit == "s" ? Seconds : Counts;
        _labels = labels;
    }

    public string Name { get; }
    public MetricKind Kind { get; }
    public bool IsObserved { get; }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _labels ??= [.. tags.ToArray().Select(t => t.Key)];
        var labels = new Labels(Of(tags, 0), Of(tags, 1), Of(tags, 2));
        if (!_series.TryGetValue(labels, out var series))
            series = _series.GetOrAdd(_series.Count < MostSeries ? labels : Overflow, static (_, metric) => new Series(metric._bounds), this);
        series.Add(value, replace: IsObserved);
    }

    /// <summary>What is observed is what is there now: a consumer that was removed is gone.</summary>
    public void Forget() => _series.Clear();

    public void Write(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {_help.Replace(@"\", @"\\", StringComparison.Ordinal)}\n# TYPE {Name} {(Kind == MetricKind.Counter ? "counter" : Kind == MetricKind.Gauge ? "gauge" : "histogram")}\n");
        foreach (var (labels, series) in _series.Select(s => (Text(s.Key), s.Value)).OrderBy(s => s.Item1, StringComparer.Ordinal)) series.Write(text, Name, labels, Kind);
    }

    /// <summary>As the OpenTelemetry collector names it, so that a dashboard reads the same from either.</summary>
    private static string NameOf(Instrument instrument, MetricKind kind)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return instrument.Name.Replace('.', '_') + unit + (kind == MetricKind.Counter ? "_total" : "");
    }

    private object? Of(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index)
    {
        if (index >= _labels!.Length) return null;
        object? found = null;
        foreach (var (key, value) in tags)
        {
            if (key == RouteTags.Route && _labels[index] == "http.route") return value;
            if (key == _labels[index]) found = value;
        }
        return found;
    }

    private string Text(Labels labels)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Math.Min(_labels!.Length, 3); i++)
        {
            var value = Convert.ToString(i == 0 ? labels.First : i == 1 ? labels.Second : labels.Third, CultureInfo.InvariantCulture) ?? "";
            text.Append(i > 0 ? "," : "").Append(_labels[i].Replace('.', '_')).Append("=\"")
                .Append(value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('"');
        }
        return text.ToString();
    }

    private readonly record struct Labels(object? First, object? Second, object? Third);
}
