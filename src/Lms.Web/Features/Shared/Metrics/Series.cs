using System.Globalization;
using System.Text;

namespace Lms.Web.Features.Shared.Metrics;

/// <summary>One line of numbers, or the buckets of a histogram.</summary>
internal sealed class Series(double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds.Length];
    private double _sum;
    private long _count;

    public void Add(double value, bool replace)
    {
        lock (_lock)
        {
            _sum = replace ? value : _sum + value;
            _count++;
            var bucket = Array.BinarySearch(bounds, value);
            if (bucket < 0) bucket = ~bucket;
            if (bucket < _buckets.Length) _buckets[bucket]++;
        }
    }

    public void Write(StringBuilder text, string name, string labels, MetricKind kind)
    {
        lock (_lock)
        {
            if (kind != MetricKind.Histogram)
            {
                Line(text, name, labels, _sum);
                return;
            }
            var below = 0L;
            for (var i = 0; i < bounds.Length; i++)
            {
                below += _buckets[i];
                Line(text, $"{name}_bucket", With(labels, bounds[i].ToString(CultureInfo.InvariantCulture)), below);
            }
            Line(text, $"{name}_bucket", With(labels, "+Inf"), _count);
            Line(text, $"{name}_sum", labels, _sum);
            Line(text, $"{name}_count", labels, _count);
        }
    }

    private static string With(string labels, string bound) => $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"";

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(CultureInfo.InvariantCulture, $" {value}\n");
}
