using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Lms.Benchmarks.RecordStore;

/// <summary>A system that sends statements to a record store and asks for them.</summary>
internal sealed class StoreClient : IDisposable
{
    public const string Key = "benchmark";
    public const string Secret = "a secret of the benchmark";
    private readonly HttpClient _http;

    public StoreClient(Uri address)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:{Secret}")));
        _http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
    }

    /// <summary>The queries that are measured, each with a name and a maker of its address.</summary>
    public static IReadOnlyList<(string Name, Func<RandomStatements, string> Path)> Queries { get; } =
    [
        ("the newest", _ => ""),
        ("by agent", r => $"&agent={Uri.EscapeDataString(RandomStatements.Agent(r.Next(RandomStatements.People)))}"),
        ("by verb and activity", r => $"&verb={Uri.EscapeDataString(RandomStatements.Verb(r.Next(15)))}&activity={Uri.EscapeDataString(RandomStatements.Activity(r.Next(RandomStatements.Activities)))}"),
        ("by registration", r => $"&registration={RandomStatements.Registration(r.Next(RandomStatements.Registrations))}"),
        ("by activity, related", r => $"&related_activities=true&activity={Uri.EscapeDataString(RandomStatements.Course(r.Next(RandomStatements.Courses)))}"),
        ("since a time, ascending", _ => "&ascending=true&since=2026-01-01T00:00:00Z"),
    ];

    public async Task PostAsync(byte[] statements)
    {
        using var content = new ByteArrayContent(statements);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var reply = await _http.PostAsync(new Uri("/xapi/statements", UriKind.Relative), content);
        if (!reply.IsSuccessStatusCode) throw new InvalidOperationException($"POST answered {reply.StatusCode}: {await reply.Content.ReadAsStringAsync()}");
        await reply.Content.ReadAsByteArrayAsync();
    }

    public async Task<int> GetAsync(string filter, int limit = 100)
    {
        using var reply = await _http.GetAsync(new Uri($"/xapi/statements?limit={limit}{filter}", UriKind.Relative));
        if (!reply.IsSuccessStatusCode) throw new InvalidOperationException($"GET {filter} answered {reply.StatusCode}");
        return (await reply.Content.ReadAsByteArrayAsync()).Length;
    }

    /// <summary>Stores statements in batches until there are so many more.</summary>
    public async Task FillAsync(int count, int seed, int size = 500)
    {
        var clock = Stopwatch.StartNew();
        var random = new RandomStatements(seed);
        for (var stored = 0; stored < count; stored += size) await PostAsync(random.Batch(Math.Min(size, count - stored)));
        Console.WriteLine($"  stored {count:N0} more in {clock.Elapsed.TotalSeconds:N0} s");
    }

    public void Dispose() => _http.Dispose();
}
