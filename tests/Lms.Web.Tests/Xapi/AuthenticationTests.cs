using System.Diagnostics;
using System.Net;
using System.Text;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Xapi;

/// <summary>Who is let in to the record store. The official suite can't fail here, so these must. (Communication 4.0)</summary>
public sealed class AuthenticationTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Agent = """{"mbox":"mailto:ana@example.org"}""";
    private static readonly string s_agent = Uri.EscapeDataString(Agent);

    /// <summary>Each resource with a request that is right but for its credential.</summary>
    private static readonly (string Method, string Path)[] s_requests =
    [
        ("GET", "statements"), ("HEAD", "statements"), ("POST", "statements"), ("PUT", $"statements?statementId={Guid.Empty}"), ("GET", "statements/more?from=1"),
        ("GET", "activities?activityId=http://example.org/a"), ("GET", $"agents?agent={s_agent}"),
        ("GET", $"activities/state?activityId=http://example.org/a&agent={s_agent}"), ("PUT", $"activities/state?activityId=http://example.org/a&agent={s_agent}&stateId=s"),
        ("DELETE", $"activities/state?activityId=http://example.org/a&agent={s_agent}"),
        ("GET", "activities/profile?activityId=http://example.org/a"), ("POST", "activities/profile?activityId=http://example.org/a&profileId=p"),
        ("GET", $"agents/profile?agent={s_agent}"), ("PUT", $"agents/profile?agent={s_agent}&profileId=p"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Wrong() =>
    [
        "no header", "another scheme", "no parameter", "broken base64", "no colon", "no UTF-8", "a wrong secret", "an empty secret", "the secret and more", "the secret in the wrong case",
        "a wrong key", "the key in the wrong case", "an empty key", "key and secret exchanged", "two headers", "a revoked credential", "a rotated secret",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Without_a_good_credential_every_resource_is_shut(string what)
    {
        using var system = await Lrs.AddAsync(site, null, "all");
        Assert.Equal(HttpStatusCode.OK, await system.StatusAsync("GET", "/xapi/statements"));
        if (what == "a revoked credential") Assert.True(await site.RunAsync(s => s.GetRequiredService<LrsCredentials>().RevokeAsync(system.Id, Ct)));
        if (what == "a rotated secret") Assert.NotNull(await site.RunAsync(s => s.GetRequiredService<LrsCredentials>().RotateAsync(system.Id, Ct)));
        var activity = Statements.NewActivity();

        using var client = new HttpClient { BaseAddress = site.Address };
        foreach (var (method, path) in s_requests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/xapi/{path}", UriKind.Relative));
            request.Headers.Add("X-Experience-API-Version", "1.0.3");
            if (method is "POST" or "PUT") request.Content = new StringContent(Statements.Of(activity), Encoding.UTF8, "application/json");
            foreach (var header in Headers(what, system.Key, system.Secret)) request.Headers.TryAddWithoutValidation("Authorization", header);
            using var reply = await client.SendAsync(request, Ct);

            Assert.True(reply.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} with {what} answered {(int)reply.StatusCode}");
            Assert.StartsWith("Basic realm=", reply.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            if (method != "HEAD") Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        }
        using var reader = await Lrs.AddAsync(site, null, "statements/read");
        Assert.Empty(await reader.FindAllAsync($"activity={activity}"));
    }

    private static IEnumerable<string> Headers(string what, string key, string secret) => what switch
    {
        "no header" => [],
        "another scheme" => [$"Bearer {Lrs.Basic(key, secret)}"],
        "no parameter" => ["Basic"],
        "broken base64" => ["Basic !?=not=base64"],
        "no colon" => [$"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(key + secret))}"],
        "no UTF-8" => [$"Basic {Convert.ToBase64String([0xC3, 0x28, (byte)':', 0xFF])}"],
        "a wrong secret" => [$"Basic {Lrs.Basic(key, new string('x', secret.Length))}"],
        "an empty secret" => [$"Basic {Lrs.Basic(key, "")}"],
        "the secret and more" => [$"Basic {Lrs.Basic(key, secret + "x")}"],
        "the secret in the wrong case" => [$"Basic {Lrs.Basic(key, OtherCase(secret))}"],
        "a wrong key" => [$"Basic {Lrs.Basic("nobody", secret)}"],
        "the key in the wrong case" => [$"Basic {Lrs.Basic(OtherCase(key), secret)}"],
        "an empty key" => [$"Basic {Lrs.Basic("", secret)}"],
        "key and secret exchanged" => [$"Basic {Lrs.Basic(secret, key)}"],
        "two headers" => [$"Basic {Lrs.Basic(key, "wrong")}", $"Basic {Lrs.Basic(key, secret)}"],
        _ => [$"Basic {Lrs.Basic(key, secret)}"],
    };

    private static string OtherCase(string text) => string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));

    [Fact]
    public async Task About_answers_anybody_and_a_scheme_is_written_in_any_case()
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        using var about = await client.GetAsync(new Uri("/xapi/about", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, about.StatusCode);

        using var system = await Lrs.AddAsync(site, null, "statements/read");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"bASIC {Lrs.Basic(system.Key, system.Secret)}");
        client.DefaultRequestHeaders.Add("X-Experience-API-Version", "2.0.0");
        using var statements = await client.GetAsync(new Uri("/xapi/statements", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, statements.StatusCode);
    }

    [Fact]
    public async Task What_is_revoked_or_rotated_is_refused_at_once_though_busy()
    {
        using var revoked = await Lrs.AddAsync(site, null, "statements/read");
        using var rotated = await Lrs.AddAsync(site, null, "statements/read");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        // Requests on their way while it happens must not put the old secret back into the cache.
        var busy = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await (i % 2 == 0 ? revoked : rotated).StatusAsync("GET", "/xapi/statements?limit=1");
        }, Ct)).ToList();
        await Task.Delay(300, Ct);

        Assert.True(await site.RunAsync(s => s.GetRequiredService<LrsCredentials>().RevokeAsync(revoked.Id, Ct)));
        var secret = await site.RunAsync(s => s.GetRequiredService<LrsCredentials>().RotateAsync(rotated.Id, Ct));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await revoked.StatusAsync("GET", "/xapi/statements"));
            Assert.Equal(HttpStatusCode.Unauthorized, await rotated.StatusAsync("GET", "/xapi/statements"));
        }
        await stop.CancelAsync();
        await Task.WhenAll(busy);
        rotated.Http.DefaultRequestHeaders.Authorization = new("Basic", Lrs.Basic(rotated.Key, secret!));
        Assert.Equal(HttpStatusCode.OK, await rotated.StatusAsync("GET", "/xapi/statements"));
    }

    [Fact]
    public async Task Nothing_tells_a_key_that_nobody_has_from_a_wrong_secret()
    {
        using var system = await Lrs.AddAsync(site, null, "statements/read");
        string[] headers = [Lrs.Basic(system.Key, new string('x', 43)), Lrs.Basic(new string('x', 16), new string('x', 43))];
        var (answers, times) = (new string[2], new List<double>[] { [], [] });
        for (var i = 0; i < 400; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/xapi/statements") { Headers = { Authorization = new("Basic", headers[i % 2]) } };
            using var client = new HttpClient { BaseAddress = site.Address };
            request.Headers.Add("X-Experience-API-Version", "1.0.3");
            var start = Stopwatch.GetTimestamp();
            using var reply = await client.SendAsync(request, Ct);
            times[i % 2].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            reply.Headers.Date = null;
            var body = await reply.Content.ReadAsStringAsync(Ct);
            answers[i % 2] = $"{reply.StatusCode}\n{reply.Headers}\n{(body.Contains("traceId", StringComparison.Ordinal) ? body[..body.IndexOf("traceId", StringComparison.Ordinal)] : body)}";
        }
        Assert.Equal(WithoutTime(answers[0]), WithoutTime(answers[1]));
        // The median forgives a busy machine; a comparison left out, or a slow hash on one path only, would show.
        var ratio = Median(times[0]) / Median(times[1]);
        Assert.InRange(ratio, 0.5, 2);
    }

    private static string WithoutTime(string answer) => string.Join('\n', answer.Split('\n').Where(l => !l.StartsWith("X-Experience-API-Consistent-Through", StringComparison.Ordinal)));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
