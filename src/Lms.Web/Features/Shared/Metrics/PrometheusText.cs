using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Lms.Web.Features.Shared.Metrics;

/// <summary>
/// Listens to what this site, its web server and the runtime count, and writes it as Prometheus reads it. The instruments are .NET's own, so any
/// other listener can have them as well.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>What is taken of the framework's instruments, and which of their tags: none that a visitor can choose freely.</summary>
    private static readonly Dictionary<string, string[]> Taken = new()
    {
        ["http.server.request.duration"] = ["http.request.method", "http.route", "http.response.status_code"],
        ["http.server.active_requests"] = [],
        ["kestrel.active_connections"] = [],
        ["dotnet.process.cpu.time"] = ["cpu.mode"],
        ["dotnet.process.memory.working_set"] = [],
        ["dotnet.gc.collections"] = ["gc.heap.generation"],
        ["dotnet.gc.heap.total_allocated"] = [],
        ["dotnet.gc.last_collection.heap.size"] = ["gc.heap.generation"],
        ["dotnet.gc.pause.time"] = [],
        ["dotnet.thread_pool.queue.length"] = [],
    };

    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _writing = new();

    public PrometheusText(IMeterFactory ours)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Of several sites in one process each counts its own; the runtime's numbers are everybody's.
            var isOurs = ReferenceEquals(instrument.Meter.Scope, ours);
            if (!isOurs && instrument.Meter.Name != "System.Runtime") return;
            var labels = Taken.GetValueOrDefault(instrument.Name);
            if (labels is null && !instrument.Meter.Name.StartsWith("Seedlot.", StringComparison.Ordinal)) return;
            listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument, _ => new Metric(instrument, labels)));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, metric) => ((Metric)metric!).Take(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, metric) => ((Metric)metric!).Take(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, metric) => ((Metric)metric!).Take(value, tags));
        _listener.Start();
    }

    public string Write()
    {
        lock (_writing)
        {
            foreach (var metric in _metrics.Values)
                if (metric.IsObserved) metric.Forget();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var metric in _metrics.Values.OrderBy(m => m.Name, StringComparer.Ordinal)) metric.Write(text);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();
}
