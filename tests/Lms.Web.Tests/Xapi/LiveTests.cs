using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Export;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Xapi;

/// <summary>Statements as they come: none is missed, and no listener holds up a writer.</summary>
public sealed class LiveTests(TestSite site) : IClassFixture<TestSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_stored_while_many_write_arrives_once_and_in_order_though_connections_break()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var activity = Statements.NewActivity();
        var first = (await system.StoreAsync(Statements.Of(activity)))[0];
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var ids = new List<Guid>();
            for (var i = 0; i < 50; i++) ids.AddRange(await system.StoreAsync(Enumerable.Repeat(Statements.Of(activity), 1 + i % 3)));
            return ids;
        }, Ct)).ToList();
        var count = 4 * Enumerable.Range(0, 50).Sum(i => 1 + i % 3);

        var received = new List<(long Id, Guid Statement)>();
        string query = $"?activity={activity}&since=2020-01-01T00:00:00Z", last = "";
        while (received.Count < count + 1)
        {
            using var live = await ListenAsync(system, query, last);
            for (var i = 0; i < 37 && received.Count < count + 1; i++)
            {
                var (id, statement) = await live.NextAsync();
                received.Add((id, statement.GetProperty("id").GetGuid()));
                last = $"{id}";
            }
        }
        var stored = (await Task.WhenAll(writers)).SelectMany(ids => ids).Append(first).ToList();
        Assert.Equal(stored.Order(), received.Select(r => r.Statement).Order());
        Assert.Equal(received.Select(r => r.Id).Order(), received.Select(r => r.Id));
    }

    [Fact]
    public async Task Without_a_cursor_it_begins_now_and_only_what_the_filter_lets_through_is_sent()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var (activity, verb) = (Statements.NewActivity(), $"http://example.org/verbs/{Guid.NewGuid():N}");
        await system.StoreAsync(Statements.Of(activity, verb));
        using var live = await ListenAsync(system, $"?verb={verb}&activity={activity}");

        await system.StoreAsync(Statements.Of(activity), Statements.Of(Statements.NewActivity(), verb));
        var wanted = (await system.StoreAsync($$"""
            {"actor":{{Statements.Actor}},
             "verb":{"id":"{{verb}}"}, "object":{
               "id":"{{activity}}", "definition":{"description":{"en":"two\nlines"} }
             } }
            """))[0];

        var (_, statement) = await live.NextAsync();
        Assert.Equal(wanted, statement.GetProperty("id").GetGuid());
        Assert.True(JsonElement.DeepEquals(statement, await system.JsonAsync($"/xapi/statements?statementId={wanted}")));
    }

    [Fact]
    public async Task What_this_system_says_itself_is_sent_too()
    {
        using var learner = await site.SignedInAsync();
        using var system = await Lrs.AddAsync(site, null, "statements/read");
        using var live = await ListenAsync(system, "?verb=http://adlnet.gov/expapi/verbs/registered");

        using var enrolled = await learner.SubmitAsync("/courses/hygiene");

        Assert.Equal("/courses/hygiene", new Uri((await live.NextAsync()).Statement.GetProperty("object").GetProperty("id").GetString()!).AbsolutePath);
    }

    [Fact]
    public async Task A_listener_that_reads_nothing_holds_up_no_writer()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var activity = Statements.NewActivity();
        var big = $$""","result":{"response":"{{new string('x', 20_000)}}"}""";
        using var slow = await ListenAsync(system, $"?activity={activity}&since=2020-01-01T00:00:00Z");

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++) await system.StoreAsync(Enumerable.Repeat(Statements.Of(activity, more: big), 50));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");

        // 20 MB later it still gets all of them.
        for (var i = 0; i < 1_000; i++) await slow.NextAsync();
    }

    [Fact]
    public async Task A_silent_connection_is_kept_alive()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "statements/read");
        using var live = await ListenAsync(system, "");
        var clock = Stopwatch.StartNew();
        while (await live.LineAsync() != ":") Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Who_is_revoked_hears_no_more()
    {
        var centre = (await site.AddCentreAsync()).Id;
        using var writer = await Lrs.AddAsync(site, centre, "statements/write");
        using var listener = await Lrs.AddAsync(site, centre, "statements/read");
        using var live = await ListenAsync(listener, "");
        await writer.StoreAsync(Statements.Of(Statements.NewActivity()));
        await live.NextAsync();

        Assert.True(await site.RunAsync(s => s.GetRequiredService<LrsCredentials>().RevokeAsync(listener.Id, Ct)));
        await writer.StoreAsync(Statements.Of(Statements.NewActivity()));

        while (await live.LineAsync() is { } line) Assert.DoesNotContain("data:", line, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await listener.StatusAsync("GET", "/api/v1/statements/live"));
    }

    [Fact]
    public async Task Staff_listen_with_a_token_and_learners_do_not()
    {
        var centre = await site.AddCentreAsync();
        using var system = await Lrs.AddAsync(site, centre.Id, "all");
        foreach (var (role, status) in new[] { (Role.Auditor, HttpStatusCode.OK), (Role.Learner, HttpStatusCode.Forbidden) })
        {
            var person = await site.AddPersonAsync(role, centre.Id);
            var token = await site.RunAsync(async s => (await s.GetRequiredService<ApiTokens>().CreateAsync(person.Id, "live", 30, Ct)).Token);
            using var client = new HttpClient { BaseAddress = site.Address };
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/statements/live") { Headers = { Authorization = new("Bearer", token) } };
            using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
            Assert.Equal(status, reply.StatusCode);
        }
    }

    [Theory]
    [InlineData("?verb=walked")]
    [InlineData("?limit=5")]
    [InlineData("?since=yesterday")]
    [InlineData("?centre=nowhere")]
    [InlineData("", "abc")]
    [InlineData("", "-1")]
    public async Task A_request_that_makes_no_sense_is_told_so(string query, string last = "")
    {
        using var system = await Lrs.AddAsync(site, null, "all");
        using var request = Request(query, last);
        using var reply = await system.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.True(JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Ct)).GetProperty("findings")[0].GetProperty("cure").GetString()!.Length > 5);
    }

    [Fact]
    public async Task Too_many_listeners_are_asked_to_come_again()
    {
        await using var own = new TestSite([]);
        await own.InitializeAsync();
        using var system = await Lrs.AddAsync(own, null, "statements/read");
        var listening = new List<LiveStream>();
        for (var i = 0; i < LiveStatements.Most; i++) listening.Add(await ListenAsync(system, ""));

        using (var refused = await system.OpenAsync("GET", "/api/v1/statements/live"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }
        Assert.Equal(HttpStatusCode.OK, await system.StatusAsync("GET", "/xapi/statements"));

        // A place that is left is free again, and a site with listeners stops quickly.
        listening[0].Dispose();
        var status = HttpStatusCode.ServiceUnavailable;
        for (var tries = 0; tries < 50 && status != HttpStatusCode.OK; tries++)
        {
            await Task.Delay(100, Ct);
            status = await system.StatusAsync("GET", "/api/v1/statements/live");
        }
        Assert.Equal(HttpStatusCode.OK, status);
        var clock = Stopwatch.StartNew();
        await own.RestartAsync();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
        listening.ForEach(l => l.Dispose());
    }

    internal static async Task<LiveStream> ListenAsync(Lrs system, string query, string last = "")
    {
        using var request = Request(query, last);
        var reply = await system.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        return new LiveStream(reply, new StreamReader(await reply.Content.ReadAsStreamAsync(Ct)));
    }

    private static HttpRequestMessage Request(string query, string last)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/statements/live{query}", UriKind.Relative));
        if (last.Length > 0) request.Headers.Add("Last-Event-ID", last);
        return request;
    }
}

/// <summary>An open stream of events.</summary>
internal sealed class LiveStream(HttpResponseMessage reply, StreamReader reader) : IDisposable
{
    /// <summary>The next statement with the id of its event.</summary>
    public async Task<(long Id, JsonElement Statement)> NextAsync()
    {
        for (var id = 0L; ;)
        {
            var line = await LineAsync() ?? throw new EndOfStreamException();
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return (id, JsonSerializer.Deserialize<JsonElement>(line[6..]));
        }
    }

    public async Task<string?> LineAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        return await reader.ReadLineAsync(limit.Token);
    }

    public void Dispose()
    {
        reader.Dispose();
        reply.Dispose();
    }
}
