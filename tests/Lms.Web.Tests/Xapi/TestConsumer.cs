using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lms.Web.Tests.Xapi;

/// <summary>A request as it came to the consumer.</summary>
public sealed record Received(DateTime At, string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The statements of the body, as they were sent.</summary>
    public IReadOnlyList<JsonElement> Statements { get; } = Body.Length > 0 && Body[0] == '[' ? [.. JsonSerializer.Deserialize<JsonElement>(Body).EnumerateArray()] : [];

    public IReadOnlyList<Guid> Ids => [.. Statements.Select(s => s.GetProperty("id").GetGuid())];
}

/// <summary>A little web server that receives statements, and answers as a test wants it to.</summary>
public sealed class TestConsumer : IAsyncDisposable
{
    private static int _lastPort = 20_000;
    private readonly int _port = OwnPort();
    private WebApplication? _app;

    public string Address => $"http://127.0.0.1:{_port}/xapi";
    public ConcurrentQueue<Received> Requests { get; } = [];

    /// <summary>The ids that were taken, in the order of their coming.</summary>
    public ConcurrentQueue<Guid> Taken { get; } = [];

    /// <summary>The status for a POST, and a body; 200 when null.</summary>
    public Func<Received, Task<(int Status, string Body)>>? OnPost { get; set; }

    /// <summary>The answer to a GET of a statement; 404 when null.</summary>
    public Func<string, (int Status, string Body)>? OnGet { get; set; }

    public Dictionary<string, string> AnswerHeaders { get; } = [];

    public static async Task<TestConsumer> StartedAsync()
    {
        var consumer = new TestConsumer();
        await consumer.StartAsync();
        return consumer;
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        _app = builder.Build();
        _app.Run(ServeAsync);
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is null) return;
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Waits until so many different statements were taken.</summary>
    public async Task<IReadOnlyList<Guid>> WaitAsync(int count, int seconds = 30)
    {
        for (var tries = 0; tries < seconds * 50; tries++)
        {
            if (Taken.Distinct().Count() >= count) return [.. Taken];
            await Task.Delay(20);
        }
        Assert.Fail($"{Taken.Distinct().Count()} of {count} statements came within {seconds} seconds, in {Requests.Count} requests; the last: {Requests.LastOrDefault()}.");
        return [];
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(DateTime.UtcNow, context.Request.Method, context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        Requests.Enqueue(received);
        var (status, text) = received.Method == "POST" ? OnPost is null ? (200, "[]") : await OnPost(received)
            : received.Path.Contains("/about", StringComparison.Ordinal) ? (200, """{"version":["1.0.3"]}""")
            : OnGet?.Invoke(received.Path) ?? (404, "");
        if (received.Method == "POST" && status is >= 200 and < 300)
            foreach (var id in received.Ids) Taken.Enqueue(id);
        context.Response.StatusCode = status;
        foreach (var (name, value) in AnswerHeaders) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(text);
    }

    // Never given twice, and below the ports that the system gives out: a consumer of an earlier test that is tried again must not reach this one.
    private static int OwnPort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _lastPort);
            if (!IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(l => l.Port == port)) return port;
        }
    }
}
