using System.Diagnostics;

namespace Lms.Benchmarks;

internal sealed record LoadResult(int Requests, double PerSecond, TimeSpan Median, TimeSpan P95)
{
    public override string ToString() => $"{PerSecond,9:N0}/s   median {Median.TotalMilliseconds,7:N2} ms   p95 {P95.TotalMilliseconds,7:N2} ms";
}

internal static class Load
{
    /// <summary>Repeats a request on several connections for a while.</summary>
    public static async Task<LoadResult> RunAsync(int connections, TimeSpan time, Func<int, Task> request)
    {
        var clock = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, connections).Select(worker => Task.Run(async () =>
        {
            var times = new List<TimeSpan>();
            while (clock.Elapsed < time)
            {
                var from = clock.Elapsed;
                await request(worker);
                times.Add(clock.Elapsed - from);
            }
            return times;
        })).ToList();
        var all = (await Task.WhenAll(workers)).SelectMany(t => t).Order().ToList();
        return new LoadResult(all.Count, all.Count / clock.Elapsed.TotalSeconds, At(all, 0.5), At(all, 0.95));
    }

    /// <summary>Runs a request a number of times, one after the other.</summary>
    public static async Task<LoadResult> OneByOneAsync(int times, Func<int, Task> request)
    {
        var clock = Stopwatch.StartNew();
        var all = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            var from = clock.Elapsed;
            await request(i);
            all.Add(clock.Elapsed - from);
        }
        all.Sort();
        return new LoadResult(times, times / clock.Elapsed.TotalSeconds, At(all, 0.5), At(all, 0.95));
    }

    private static TimeSpan At(List<TimeSpan> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
