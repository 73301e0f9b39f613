using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi;

/// <summary>Connections and addresses that no honest client makes.</summary>
[Collection<LrsCollection>]
public sealed class HostileConnectionTests(LrsSite site)
{
    [Fact]
    public async Task Slow_senders_are_hung_up_on_and_keep_nobody_waiting()
    {
        var slow = Enumerable.Range(0, 20).Select(_ => DripAsync()).ToList();
        for (var i = 0; i < 20; i++)
        {
            var watch = Stopwatch.StartNew();
            await site.V1.StoreAsync(Sample.Statement());
            Assert.InRange(watch.ElapsedMilliseconds, 0, 3_000);
            await Task.Delay(50);
        }
        foreach (var answer in await Task.WhenAll(slow)) Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_sender_that_goes_away_in_the_middle_leaves_nothing_behind()
    {
        var activity = Sample.NewIri();
        using (var client = await ConnectAsync())
        {
            await WriteAsync(client, Head("POST", 100_000) + Sample.Batch(2, ("object.id", Sample.Quoted(activity))).ToJsonString());
            await Task.Delay(100);
        }
        await Task.Delay(200);
        Assert.Empty(await site.V1.FindAsync(("activity", activity)));
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("BREW")]
    public async Task A_method_that_is_not_of_the_standard_is_refused(string method)
    {
        foreach (var lrs in site.Both)
            foreach (var path in new[] { "statements", "activities/state", "activities/profile", "agents/profile", "activities", "agents", "about" })
                Assert.Contains((await lrs.SendAsync(new HttpMethod(method), path)).Status, new[] { 404, 405 });
        Assert.Contains((await site.V1.DeleteAsync("statements")).Status, new[] { 404, 405 });
        Assert.Contains((await site.V1.PutAsync("about", "{}")).Status, new[] { 404, 405 });
    }

    [Fact]
    public async Task A_browser_of_another_site_may_ask_first_and_then_send()
    {
        using var browser = site.Site.Visitor();
        foreach (var path in new[] { "statements", "activities/state", "agents/profile", "about" })
        {
            using var asking = new HttpRequestMessage(HttpMethod.Options, $"/xapi/{path}");
            asking.Headers.Add("Origin", "https://course.example.org");
            asking.Headers.Add("Access-Control-Request-Method", "PUT");
            asking.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,if-match,x-experience-api-version");
            using var reply = await browser.Http.SendAsync(asking);
            Assert.Equal(204, (int)reply.StatusCode);
            Assert.Equal("*", Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Origin")));
            var methods = string.Join(',', reply.Headers.GetValues("Access-Control-Allow-Methods"));
            foreach (var method in new[] { "GET", "HEAD", "PUT", "POST", "DELETE" }) Assert.Contains(method, methods, StringComparison.Ordinal);
            var headers = string.Join(',', reply.Headers.GetValues("Access-Control-Allow-Headers"));
            foreach (var header in new[] { "Authorization", "Content-Type", "If-Match", "If-None-Match", "X-Experience-API-Version" }) Assert.Contains(header, headers, StringComparison.OrdinalIgnoreCase);
        }
        var answer = await site.V1.GetAsync("statements?limit=x", ("Origin", "https://course.example.org"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("X-Experience-API-Consistent-Through", answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Long_addresses_are_served_as_far_as_the_server_reads_them_and_a_form_carries_the_rest()
    {
        string Agent(int length) => $$"""{"account":{"homePage":"https://example.org","name":"{{new string('a', length)}}"} }""";
        foreach (var lrs in site.Both)
        {
            (await lrs.GetAsync(Lrs.At("statements", ("agent", Agent(7_000))))).Expect(200);
            (await lrs.GetAsync(Lrs.At("statements", ("agent", Agent(9_000))))).Expect(414);
        }
        var (name, verb) = (Agent(100_000), Sample.NewIri("verbs"));
        var id = await site.V1.StoreOneAsync(Sample.Statement(("actor", name), ("verb.id", Sample.Quoted(verb))));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["agent"] = name, ["verb"] = verb });
        Assert.Equal([id], (await site.V1.SendAsync(HttpMethod.Post, "statements?method=GET", form)).Expect(200).Ids);
    }

    [Fact]
    public async Task Names_with_every_character_that_JSON_allows_are_found_again()
    {
        foreach (var lrs in site.Both)
            foreach (var name in new[] { "\\ud83c\\udf31", "\\u202e\\u200b", "'; DROP TABLE \\\"Statements\\\"; --", "|", "%00" })
            {
                var (agent, verb) = ($$"""{"account":{"homePage":"https://example.org","name":"{{name}}"},"name":"{{name}}"}""", Sample.NewIri("verbs"));
                var id = await lrs.StoreOneAsync(Sample.Statement(("actor", agent), ("verb.id", Sample.Quoted(verb))));
                Assert.Equal([id], await lrs.FindAsync(("agent", agent), ("verb", verb)));
                var state = new DocumentAddress(DocumentResource.State).With(("stateId", System.Text.Json.JsonSerializer.Deserialize<string>($"\"{name}\"")), ("agent", agent));
                (await lrs.PutAsync(state, "{}")).Expect(204);
                (await lrs.GetAsync(state)).Expect(200);
                (await lrs.GetAsync(Lrs.At("agents", ("agent", agent)))).Expect(200);
            }
    }

    [Fact]
    public async Task A_NUL_is_refused_in_what_identifies_and_kept_in_what_is_only_said()
    {
        foreach (var lrs in site.Both)
        {
            const string Agent = """{"account":{"homePage":"https://example.org","name":"a\u0000b"} }""";
            (await lrs.PostAsync("statements", Sample.Statement(("actor", Agent)).ToJsonString())).Expect(400);
            (await lrs.GetAsync(Lrs.At("statements", ("agent", Agent)))).Expect(400);
            var id = await lrs.StoreOneAsync(Sample.Statement(("actor.name", "\"a\\u0000b\""), ("result.response", "\"a\\u0000b\"")));
            Assert.Equal("a\0b", (string?)(await lrs.StatementAsync(id))["result"]!["response"]);
            var there = new DocumentAddress(DocumentResource.State);
            (await lrs.PutAsync(there.With(("stateId", "a\0b")), "{}")).Expect(204);
            (await lrs.GetAsync(there.With(("stateId", "a\0b")))).Expect(200);
            // PostgreSQL's texts have no such character.
            Assert.Equal(TestDatabase.Title == "PostgreSQL" ? "[\"a\\u001Ab\"]" : "[\"a\\u0000b\"]", (await lrs.GetAsync(there.With(("stateId", null)))).Text);
        }
    }

    [Fact]
    public async Task A_refused_body_costs_no_connection()
    {
        using var client = await ConnectAsync();
        foreach (var body in new[] { "[", "{\"a\":}", "", "null", "5 5", new string(' ', 2 << 20) + "[1", "[" + new string(' ', 2 << 20) + "1]", Sample.Batch(2).ToJsonString() + "x" })
        {
            await WriteAsync(client, Head("POST", body.Length) + body);
            Assert.StartsWith("HTTP/1.1 400", await ReadAsync(client), StringComparison.Ordinal);
        }
    }

    private static string Head(string method, int length) =>
        $"{method} /xapi/statements HTTP/1.1\r\nHost: localhost\r\nX-Experience-API-Version: 1.0.3\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
        + $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Lrs.SiteKey}:{Lrs.SiteSecret}"))}\r\n\r\n";

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(site.Site.Address.Host, site.Site.Address.Port);
        return client;
    }

    private static ValueTask WriteAsync(TcpClient client, string text) => client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends four bytes every fifth of a second, and says what came of it.</summary>
    private async Task<string> DripAsync()
    {
        using var client = await ConnectAsync();
        await WriteAsync(client, Head("POST", 100_000) + "[");
        var answer = ReadAsync(client);
        var watch = Stopwatch.StartNew();
        while (!answer.IsCompleted)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "A slow sender was never hung up on.");
            try
            {
                await WriteAsync(client, "    ");
            }
            catch (IOException)
            {
                break;
            }
            await Task.Delay(200);
        }
        return await answer;
    }

    private static async Task<string> ReadAsync(TcpClient client)
    {
        try
        {
            var buffer = new byte[4096];
            return Encoding.UTF8.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
