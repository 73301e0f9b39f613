using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Protocol;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>What a consumer made of a request.</summary>
/// <param name="Outcome">What follows from it.</param>
/// <param name="Problem">What is wrong, where something is.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Detail">The answer's text, or what the network said.</param>
/// <param name="RetryAfter">How long the consumer asks to be left alone.</param>
public sealed record ConsumerAnswer(ConsumerOutcome Outcome, ConsumerProblem Problem = ConsumerProblem.None, int? Status = null, string Detail = "", TimeSpan? RetryAfter = null);

public enum ConsumerOutcome
{
    Taken,
    /// <summary>It doesn't want these statements.</summary>
    Refused,
    /// <summary>It could not be asked, or could not answer: later, perhaps.</summary>
    Failed,
}

/// <summary>Speaks with consumers: no redirects, no cookies, no proxies, within a time limit, and only to addresses that are allowed.</summary>
public sealed class ConsumerClient : IDisposable
{
    private const int LongestAnswer = 4_096;
    private readonly HttpClient _http;
    private readonly IDataProtector _protector;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _limit;

    public ConsumerClient(IOptions<ForwardingOptions> options, IDataProtectionProvider protection, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(protection);
        var privateAllowed = options.Value.PrivateAddresses;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = (context, ct) => OutboundAddresses.ConnectAsync(context, privateAllowed, ct),
        }) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 16 << 20 };
        _limit = options.Value.TimeLimit;
        _protector = protection.CreateProtector("Lms.Web.StatementConsumers");
        _clock = clock;
    }

    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>Sends a body of statements.</summary>
    /// <param name="consumer">To whom.</param>
    /// <param name="content">The body.</param>
    /// <param name="delivery">The same for the same statements, whenever they are sent.</param>
    public Task<ConsumerAnswer> PostAsync(StatementConsumer consumer, HttpContent content, Guid delivery, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        return consumer.Kind == ConsumerKind.Webhook
            ? AskAsync(() => HookAsync(consumer, content, delivery, ct), ct)
            : AskAsync(() => Task.FromResult(Request(consumer, HttpMethod.Post, "statements", content)), ct);
    }

    /// <summary>Whether the consumer has this very statement; null when it doesn't let us see.</summary>
    public async Task<bool?> HasAsync(StatementConsumer consumer, Guid id, ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        using var limit = Limit(ct);
        try
        {
            using var request = Request(consumer, HttpMethod.Get, $"statements?statementId={id}");
            using var reply = await _http.SendAsync(request, limit.Token);
            if (reply.StatusCode != HttpStatusCode.OK) return null;
            using var theirs = JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync(limit.Token));
            using var ours = JsonDocument.Parse(json);
            return StatementComparer.Matches(theirs.RootElement, ours.RootElement);
        }
        catch (Exception unreadable) when (unreadable is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            || (unreadable is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Sends nothing but a greeting, to see what comes back.</summary>
    public async Task<ConsumerAnswer> ProbeAsync(StatementConsumer consumer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        if (consumer.Kind == ConsumerKind.Xapi)
        {
            var about = await AskAsync(() => Task.FromResult(Request(consumer, HttpMethod.Get, "about")), ct);
            if (about.Outcome != ConsumerOutcome.Taken) return about;
        }
        using var nothing = Json("[]"u8.ToArray());
        return await PostAsync(consumer, nothing, Guid.CreateVersion7(), ct);
    }

    public static ByteArrayContent Json(byte[] json) => new(json) { Headers = { ContentType = new("application/json") } };

    public void Dispose() => _http.Dispose();

    private async Task<ConsumerAnswer> AskAsync(Func<Task<HttpRequestMessage>> make, CancellationToken ct)
    {
        using var limit = Limit(ct);
        try
        {
            using var request = await make();
            using var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Read(reply, await TextAsync(reply, limit.Token));
        }
        catch (CryptographicException)
        {
            return new(ConsumerOutcome.Failed, ConsumerProblem.SecretLost);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(ConsumerOutcome.Failed, ConsumerProblem.TimedOut);
        }
        catch (Exception network) when (network is HttpRequestException or IOException)
        {
            return network.InnerException is ForbiddenAddressException forbidden
                ? new(ConsumerOutcome.Failed, ConsumerProblem.Forbidden, Detail: forbidden.Message)
                : new(ConsumerOutcome.Failed, ConsumerProblem.Unreachable, Detail: (network.InnerException ?? network).Message);
        }
    }

    // For the whole of it: one who sends an answer letter by letter must not hold us either.
    private CancellationTokenSource Limit(CancellationToken ct)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_limit);
        return limit;
    }

    private ConsumerAnswer Read(HttpResponseMessage reply, string text)
    {
        var status = (int)reply.StatusCode;
        return status switch
        {
            >= 200 and < 300 => new(ConsumerOutcome.Taken, Status: status, Detail: text),
            >= 300 and < 400 => new(ConsumerOutcome.Failed, ConsumerProblem.Redirected, status, reply.Headers.Location?.OriginalString ?? text),
            401 or 403 => new(ConsumerOutcome.Failed, ConsumerProblem.Denied, status, text),
            429 or 503 => new(ConsumerOutcome.Failed, ConsumerProblem.Busy, status, text, RetryAfter(reply.Headers.RetryAfter)),
            400 or 409 or 413 or 415 or 422 => new(ConsumerOutcome.Refused, ConsumerProblem.None, status, text),
            _ => new(ConsumerOutcome.Failed, ConsumerProblem.Failed, status, text),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var asked = header?.Delta ?? header?.Date - _clock.GetUtcNow();
        return asked is { } wait ? TimeSpan.FromSeconds(Math.Clamp(wait.TotalSeconds, 0, TimeSpan.SecondsPerDay)) : null;
    }

    private static async Task<string> TextAsync(HttpResponseMessage reply, CancellationToken ct)
    {
        var buffer = new byte[LongestAnswer];
        await using var body = await reply.Content.ReadAsStreamAsync(ct);
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        var text = Encoding.UTF8.GetString(buffer, 0, read).Replace('\0', ' ').Trim();
        return text.Length <= DeadLetter.LongestReason ? text : string.Concat(text.AsSpan(0, DeadLetter.LongestReason - 1), "…");
    }

    private HttpRequestMessage Request(StatementConsumer consumer, HttpMethod method, string resource, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, new Uri($"{consumer.Address.TrimEnd('/')}/{resource}")) { Content = content };
        request.Headers.TryAddWithoutValidation(XapiVersions.Header, consumer.Version);
        request.Headers.Authorization = consumer.Authentication switch
        {
            ConsumerAuthentication.Basic => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{consumer.UserName}:{SecretOf(consumer)}"))),
            ConsumerAuthentication.Bearer => new("Bearer", SecretOf(consumer)),
            _ => null,
        };
        return request;
    }

    /// <summary>The signature covers the time, so that whoever overhears a request can't send it again later.</summary>
    private async Task<HttpRequestMessage> HookAsync(StatementConsumer consumer, HttpContent content, Guid delivery, CancellationToken ct)
    {
        var time = _clock.GetUtcNow().ToUnixTimeSeconds();
        var body = await content.ReadAsByteArrayAsync(ct);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SecretOf(consumer)), signed));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(consumer.Address)) { Content = content };
        request.Headers.Add("X-Seedlot-Signature", $"t={time},v1={signature}");
        request.Headers.Add("X-Seedlot-Delivery", delivery.ToString());
        return request;
    }

    private string SecretOf(StatementConsumer consumer) => _protector.Unprotect(consumer.Secret ?? throw new CryptographicException("There is no secret."));
}
