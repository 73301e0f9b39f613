using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Tests.Faults;
using Lms.Web.Tests.Support;
using Lms.Web.Tests.Xapi;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Operations;

/// <summary>SIGTERM under load: what is on its way is finished, what was acknowledged is there, and nobody gets a broken answer.</summary>
public sealed class StoppingTests : IAsyncLifetime
{
    private const int Senders = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly KillableSite _site = new(new() { ["LMS:Stop:Wait"] = "00:00:02" });
    private readonly ConcurrentBag<string> _stored = [], _broken = [];
    private volatile bool _isReady = true;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _site.WithServicesAsync(async services =>
        {
            var hub = (await services.GetRequiredService<LmsDbContext>().Centres.FirstAsync(c => c.Kind == CentreKind.Hub)).Id;
            await services.GetRequiredService<LrsCredentials>().EnsureAsync(Lrs.SiteKey, Lrs.SiteSecret, hub, Ct);
        });
        await _site.StartAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Asked_to_stop_under_load_the_site_finishes_what_it_acknowledged()
    {
        var (watch, slow, listener) = (WatchAsync(), SlowAsync(TimeSpan.FromSeconds(5)), ListenAsync());
        var load = Enumerable.Range(0, Senders).Select(i => i % 4 == 3 ? ReadAsync() : SendAsync()).ToList();
        await Task.Delay(2_000, Ct);
        Assert.NotEmpty(_stored);

        var since = Stopwatch.GetTimestamp();
        await _site.SignalStopAsync();
        // Whoever shares out requests learns of it first, and sends none any more; those on their way are answered.
        await Task.WhenAll([watch, .. load]);
        Assert.Equal(HttpStatusCode.OK, await slow);
        await listener;
        Assert.Equal(0, await _site.ExitAsync(Ct));
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, Longest);
        Assert.Empty(_broken);
        Assert.Equal(0, await _site.NumberAsync("""SELECT COUNT(*) FROM "Outbox" WHERE "State" = 'Running'""", Ct));

        await _site.StartAsync();
        using var lrs = new Lrs(_site.Address);
        var found = (await lrs.FindAllAsync()).Select(id => id.ToString()).ToHashSet();
        Assert.DoesNotContain(_stored, id => !found.Contains(id));
    }

    /// <summary>As a load balancer does it.</summary>
    private async Task WatchAsync()
    {
        using var client = new HttpClient();
        while (_isReady)
        {
            using var reply = await client.GetAsync(new Uri(_site.Address, "/health/ready"), Ct);
            _isReady = reply.IsSuccessStatusCode;
            await Task.Delay(100, Ct);
        }
    }

    private async Task SendAsync()
    {
        using var lrs = new Lrs(_site.Address);
        while (_isReady)
            await UnbrokenAsync(async () => _stored.Add(await lrs.StoreOneAsync(Sample.Statement())));
    }

    private async Task ReadAsync()
    {
        using var browser = new Browser(_site.Address);
        while (_isReady)
            await UnbrokenAsync(async () => await browser.PageAsync("/courses/hygiene"));
    }

    private async Task UnbrokenAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or Xunit.Sdk.XunitException)
        {
            _broken.Add(failure.ToString());
        }
    }

    /// <summary>A statement whose body comes in slowly, over the signal and the end of the wait.</summary>
    private async Task<HttpStatusCode> SlowAsync(TimeSpan time)
    {
        using var lrs = new Lrs(_site.Address);
        var statement = Sample.Statement();
        statement["id"] = Sample.NewId();
        using var content = new SlowContent(Encoding.UTF8.GetBytes(statement.ToJsonString()), time);
        using var reply = await lrs.Http.PostAsync(new Uri("statements", UriKind.Relative), content, Ct);
        if (reply.IsSuccessStatusCode) _stored.Add((string)statement["id"]!);
        return reply.StatusCode;
    }

    /// <summary>Somebody who listens, until the site ends the answer as answers end.</summary>
    private async Task ListenAsync()
    {
        using var lrs = new Lrs(_site.Address);
        using var reply = await lrs.Http.GetAsync(new Uri(_site.Address, "/api/v1/statements/live"), HttpCompletionOption.ResponseHeadersRead, Ct);
        reply.EnsureSuccessStatusCode();
        await using var events = await reply.Content.ReadAsStreamAsync(Ct);
        await events.CopyToAsync(Stream.Null, Ct);
    }

    private sealed class SlowContent : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly TimeSpan _time;

        public SlowContent(byte[] bytes, TimeSpan time)
        {
            (_bytes, _time) = (bytes, time);
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            // Some five pieces a second: slower than that would be refused as an attack.
            var pieces = _bytes.Chunk(Math.Max(1, _bytes.Length / (int)(_time.TotalSeconds * 5))).ToList();
            foreach (var piece in pieces)
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
                await Task.Delay(_time / pieces.Count);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
