using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Lms.Web.Features.Shared.Metrics;

/// <summary>
/// Listens to what this site counts and writes it as Prometheus reads it. The instruments are .NET's own, so any other listener can have them as well.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    private static readonly double[] Bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Series>> _instruments = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _writing = new();

    public PrometheusText(IMeterFactory ours)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, ours) && instrument.Meter.Name.StartsWith("Seedlot.", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        lock (_writing)
        {
            // What is observed is what is there now: a consumer that was removed is gone.
            foreach (var (instrument, series) in _instruments)
                if (instrument.IsObservable) series.Clear();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var (instrument, series) in _instruments.OrderBy(i => i.Key.Name, StringComparer.Ordinal))
            {
                var kind = KindOf(instrument);
                var name = instrument.Name.Replace('.', '_') + (kind == "counter" ? "_total" : "");
                text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n# TYPE {name} {kind}\n");
                foreach (var (labels, values) in series.OrderBy(s => s.Key, StringComparer.Ordinal)) values.Write(text, name, labels, isHistogram: kind == "histogram");
            }
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Histogram<int> => "histogram",
        { IsObservable: true } => "gauge",
        _ => "counter",
    };

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = "";
        foreach (var (key, label) in tags) labels += $"{(labels.Length > 0 ? "," : "")}{key}=\"{Convert.ToString(label, CultureInfo.InvariantCulture)}\"";
        var series = _instruments.GetOrAdd(instrument, static _ => new(StringComparer.Ordinal)).GetOrAdd(labels, static _ => new Series());
        series.Add(value, replace: instrument.IsObservable);
    }

    /// <summary>One line of numbers, or the buckets of a histogram.</summary>
    private sealed class Series
    {
        private readonly Lock _lock = new();
        private readonly long[] _buckets = new long[Bounds.Length];
        private double _sum;
        private long _count;

        public void Add(double value, bool replace)
        {
            lock (_lock)
            {
                _sum = replace ? value : _sum + value;
                _count++;
                for (var i = 0; i < Bounds.Length; i++)
                    if (value <= Bounds[i]) _buckets[i]++;
            }
        }

        public void Write(StringBuilder text, string name, string labels, bool isHistogram)
        {
            lock (_lock)
            {
                if (!isHistogram)
                {
                    Line(text, name, labels, _sum);
                    return;
                }
                for (var i = 0; i < Bounds.Length; i++) Line(text, $"{name}_bucket", string.Create(CultureInfo.InvariantCulture, $"le=\"{Bounds[i]}\""), _buckets[i]);
                Line(text, $"{name}_bucket", "le=\"+Inf\"", _count);
                Line(text, $"{name}_sum", labels, _sum);
                Line(text, $"{name}_count", labels, _count);
            }
        }

        private static void Line(StringBuilder text, string name, string labels, double value) =>
            text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(CultureInfo.InvariantCulture, $" {value}\n");
    }
}
