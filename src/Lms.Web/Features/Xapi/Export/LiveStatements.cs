using System.Buffers;
using System.Globalization;
using System.Text;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Operations;
using Microsoft.AspNetCore.Http.Features;

namespace Lms.Web.Features.Xapi.Export;

/// <summary>
/// Sends statements as they are stored, as server-sent events. Each listener reads from the store behind its own cursor, up to where the store is
/// complete: a slow one holds up nobody, and none is skipped.
/// </summary>
internal sealed class LiveStatements(IServiceScopeFactory scopes, StatementClock clock, LrsClients clients, TimeProvider time, Stopping stopping) : IDisposable
{
    /// <summary>More listeners than this at once are refused.</summary>
    public const int Most = 100;

    private const int PageSize = 100;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    // A storm of commits costs a listener ten reads a second, not thousands.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);
    // Whoever listens longer asks again, and shows again that they may.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _places = new(Most);

    /// <param name="after">The sequence behind which to begin; null for now.</param>
    public async Task<IResult> ListenAsync(StatementQuery query, LrsClient client, long? after, CancellationToken ct)
    {
        after ??= query.After > 0 ? query.After : (await clock.ConsistentThroughAsync(ct)).Ticks;
        return new Events(this, query with { After = after.Value, Limit = PageSize }, client);
    }

    public void Dispose() => _places.Dispose();

    private CancellationToken Closing => stopping.Closing;

    private async Task ServeAsync(HttpContext http, StatementQuery query, LrsClient client, CancellationToken ct)
    {
        var response = http.Response;
        var (known, end) = (http.Features.Get<KnownClients>() ?? clients.Known, time.GetUtcNow() + Longest);
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("retry: 2000\n\n"u8);
        var beat = Task.Delay(Heartbeat, time, ct);
        // When a credential was rotated or revoked, all show anew that they may listen.
        while (clients.Known == known && time.GetUtcNow() < end)
        {
            var advance = clock.Advance;
            var through = Math.Min(query.Before, (await clock.ConsistentThroughAsync(ct)).Ticks + 1);
            var page = await ReadAsync(query with { Before = through }, client, ct);
            foreach (var record in page.Statements) Write(buffer, record);
            // What lies before the cursor is complete, so a filter that lets little through needn't walk it again.
            query = query with { After = page.Next ?? Math.Max(query.After, through - 1) };
            await response.Body.WriteAsync(buffer.WrittenMemory, ct);
            await response.Body.FlushAsync(ct);
            buffer.ResetWrittenCount();
            if (page.Next is not null) continue;

            if (await Task.WhenAny(advance, beat) == beat)
            {
                buffer.Write(":\n\n"u8);
                beat = Task.Delay(Heartbeat, time, ct);
            }
            await Task.Delay(Breath, time, ct);
        }
    }

    private async Task<StatementPage> ReadAsync(StatementQuery query, LrsClient client, CancellationToken ct)
    {
        // A listener stays for minutes; it holds a connection only while it reads.
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StatementReader>().FindAsync(query, client.Viewer, ct);
    }

    private static void Write(ArrayBufferWriter<byte> buffer, StatementRecord record)
    {
        buffer.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {record.Sequence}\ndata: ")));
        JsonLines.Write(buffer, record);
        buffer.Write("\n\n"u8);
    }

    private sealed class Events(LiveStatements live, StatementQuery query, LrsClient client) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            if (!live._places.Wait(0))
            {
                httpContext.Response.Headers.RetryAfter = "30";
                await XapiProblem.Of("request", $"{Most} listen already.", "Come again later, or export statements from time to time.", StatusCodes.Status503ServiceUnavailable).ExecuteAsync(httpContext);
                return;
            }
            try
            {
                await AnswerAsync(httpContext);
            }
            finally
            {
                live._places.Release();
            }
        }

        private async Task AnswerAsync(HttpContext http)
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            // For proxies that would keep events back until there are more.
            http.Response.Headers["X-Accel-Buffering"] = "no";
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            using var until = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, live.Closing);
            try
            {
                await live.ServeAsync(http, query, client, until.Token);
            }
            catch (OperationCanceledException)
            {
                // The listener is gone, or the site stops.
            }
        }
    }

}
