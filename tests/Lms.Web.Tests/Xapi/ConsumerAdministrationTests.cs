using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Consumers;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Xapi;

public sealed class ConsumerAdministrationTests(ConsumerSite site) : IClassFixture<ConsumerSite>
{
    [Fact]
    public async Task A_manager_makes_tests_pauses_changes_and_removes_a_consumer_in_pages()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        using var manager = await site.Site.SignedInAsync(Role.CentreManager, sender.Centre.Id);
        Assert.Contains("Nobody receives statements yet", (await manager.PageAsync("/admin/consumers")).Body!.TextContent, StringComparison.Ordinal);
        using var made = await manager.SubmitAsync("/admin/consumers/new", new()
        {
            ["Input.Name"] = "Ministry", ["Input.Address"] = consumer.Address, ["Input.UserName"] = "seedlot", ["Input.Secret"] = "never shown again",
        });
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var path = made.Headers.Location!.ToString();
        var id = Guid.Parse(path.Split('/')[^1]);
        Assert.Contains("Ministry", (await manager.PageAsync("/admin/consumers")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("never shown again", (await manager.PageAsync(path)).Body!.InnerHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("never shown again", (await site.ReadAsync(id)).Secret, StringComparison.Ordinal);

        using var tested = await manager.SubmitAsync(path, action: "Test");
        Assert.Contains("It is there and takes the credentials", (await manager.PageAsync(path)).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["/xapi/about", "/xapi/statements"], consumer.Requests.Select(r => r.Path));

        using var paused = await manager.SubmitAsync(path, action: "Pause");
        var ids = await sender.PostAsync(SendingSystem.Statement(), SendingSystem.Statement());
        await Task.Delay(1_500);
        Assert.Empty(consumer.Taken);
        var shown = (await manager.PageAsync("/admin/consumers")).QuerySelector("tbody")!.TextContent;
        Assert.Contains("Paused", shown, StringComparison.Ordinal);
        Assert.Contains("Waiting: 2", shown.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using var resumed = await manager.SubmitAsync(path, action: "Pause");
        Assert.Equal(ids, await consumer.WaitAsync(2));

        using var changed = await manager.SubmitAsync(path, new() { ["Input.Name"] = "Ministry of Health", ["Input.Verbs"] = "https://example.org/never" }, action: "Change");
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        await sender.PostAsync(SendingSystem.Statement());
        await Task.Delay(500);
        Assert.Equal(2, consumer.Taken.Count);
        Assert.Equal("Ministry of Health", (await site.ReadAsync(id)).Name);

        using var removed = await manager.SubmitAsync(path, new() { ["sure"] = "true" }, action: "Delete");
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Nobody_sees_or_touches_the_consumer_of_another_centre()
    {
        var (here, there) = (await site.SenderAsync(), await site.SenderAsync());
        await using var consumer = await TestConsumer.StartedAsync();
        var id = await here.AddAsync(consumer);
        using var stranger = await site.Site.SignedInAsync(Role.CentreManager, there.Centre.Id);
        foreach (var path in new[] { $"/admin/consumers/{id}", $"/admin/consumers/{id}/dead-letters" }) Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/{id}", null), (HttpMethod.Put, $"/{id}", new { paused = true }), (HttpMethod.Delete, $"/{id}", null), (HttpMethod.Get, $"/{id}/dead-letters", null),
            (HttpMethod.Post, $"/{id}/replay", new { from = "2026-01-01T00:00:00Z" }), (HttpMethod.Post, $"/{id}/dead-letters/1/retry", null), (HttpMethod.Post, $"/{id}/dead-letters/1/drop", new { reason = "x" }),
        })
        {
            using var reply = await there.ApiAsync(method, path, body);
            Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        }
        using var list = await there.ApiAsync(HttpMethod.Get, "");
        Assert.Empty((await list.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray());
        using var elsewhere = await there.ApiAsync(HttpMethod.Post, "", new { name = "x", address = consumer.Address, centre = here.Centre.Slug });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, elsewhere.StatusCode);
        using var foreign = await there.ApiAsync(HttpMethod.Post, "", new { name = "x", address = consumer.Address, filter = new { centre = here.Centre.Slug } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
    }

    [Fact]
    public async Task Refused_credentials_stop_the_sending_until_somebody_changes_them()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        consumer.OnPost = r => Task.FromResult(r.Headers["Authorization"] == "Bearer good" ? (200, "[]") : (401, "who?"));
        var id = await sender.AddAsync(consumer, more: new { authentication = "bearer", secret = "bad" });
        await sender.PostAsync(SendingSystem.Statement());
        var denied = await site.UntilAsync(id, c => c.Problem == ConsumerProblem.Denied);
        Assert.True(denied.NextAttemptAt > DateTime.UtcNow.AddMinutes(5));
        using var read = await sender.ApiAsync(HttpMethod.Get, $"/{id}");
        var shown = await read.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Denied", shown.GetProperty("state").GetString());
        Assert.Contains("does not accept the credentials", shown.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.False(shown.TryGetProperty("secret", out _));

        using var changed = await sender.ApiAsync(HttpMethod.Put, $"/{id}", new { secret = "good" });
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        await consumer.WaitAsync(1);
    }

    [Fact]
    public async Task A_refused_statement_is_sent_again_or_dropped_with_a_reason_by_a_person()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        consumer.OnPost = _ => Task.FromResult((400, "<b>no</b>"));
        var id = await sender.AddAsync(consumer);
        await sender.PostAsync(SendingSystem.Statement(), SendingSystem.Statement());
        await site.UntilAsync(id, c => c.Refused == 2);
        using var manager = await site.Site.SignedInAsync(Role.CentreManager, sender.Centre.Id);
        var path = $"/admin/consumers/{id}/dead-letters";
        Assert.Equal("<b>no</b>", (await manager.PageAsync(path)).QuerySelector("td pre")!.TextContent);
        using var dropped = await manager.SubmitAsync(path, new() { ["reason"] = "It was a test." }, action: "Drop");
        Assert.Contains("It was a test.", (await manager.PageAsync(path)).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        var known = await site.UntilAsync(id, c => c.Refused == 1);
        Assert.Equal(manager.PersonId, await site.Site.ReadAsync(db => db.DeadLetters.Where(l => l.Consumer == known.Number && l.DroppedAt != null).Select(l => l.DroppedBy).SingleAsync()));

        consumer.OnPost = null;
        using var again = await manager.SubmitAsync(path, action: "RetryAll");
        await consumer.WaitAsync(1);
        await site.UntilAsync(id, c => c.Refused == 0);
        using var also = await manager.SubmitAsync(path, action: "Retry");
        await consumer.WaitAsync(2);
    }

    [Fact]
    public async Task A_replay_sends_what_was_stored_since_a_time_once()
    {
        var sender = await site.SenderAsync();
        await using var consumer = new TestConsumer();
        var old = (await sender.PostAsync(SendingSystem.Statement()))[0];
        await Task.Delay(20);
        var from = DateTime.UtcNow;
        List<Guid> ids = [];
        for (var i = 0; i < 3; i++) ids.AddRange(await sender.PostAsync([.. Enumerable.Range(0, 900).Select(n => SendingSystem.Statement($"https://example.org/{(n % 2 == 0 ? "even" : "odd")}/{n}"))]));
        var id = await sender.AddAsync(consumer, new { activityPrefix = "https://example.org/even" });
        for (var twice = 0; twice < 2; twice++)
        {
            using var asked = await sender.ApiAsync(HttpMethod.Post, $"/{id}/replay", new { from });
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
            await site.UntilAsync(id, c => c.ReplayId is null);
        }
        await consumer.StartAsync();
        Assert.Equal(ids.Where((_, i) => i % 900 % 2 == 0), await consumer.WaitAsync(1_350));
        Assert.DoesNotContain(old, consumer.Taken);

        using var again = await sender.ApiAsync(HttpMethod.Post, $"/{id}/replay", new { from });
        while (consumer.Taken.Count < 2_700) await Task.Delay(50, TestContext.Current.CancellationToken);
        await site.EmptyAsync(id);
        Assert.Equal(2_700, consumer.Taken.Count);
    }

    [Fact]
    public async Task A_secret_does_not_follow_an_address_to_another_server()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        var id = await sender.AddAsync(consumer);
        using var thief = await sender.ApiAsync(HttpMethod.Put, $"/{id}", new { address = "https://thief.example/xapi" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, thief.StatusCode);
        Assert.Contains("Type the secret again", await thief.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var moved = await sender.ApiAsync(HttpMethod.Put, $"/{id}", new { address = $"{consumer.Address}/2" });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
    }

    [Theory]
    [InlineData("address", "ftp://example.org/")]
    [InlineData("address", "https://169.254.169.254/latest")]
    [InlineData("address", "http://[::ffff:169.254.169.254]/")]
    [InlineData("address", "http://93.184.216.34/xapi")]
    [InlineData("address", "https://user:secret@example.org/")]
    [InlineData("version", "0.9")]
    [InlineData("secret", "line\nbreak")]
    [InlineData("name", "")]
    public async Task What_can_not_be_is_refused_with_its_field(string field, string value)
    {
        var sender = await site.SenderAsync();
        var asked = new Dictionary<string, string> { ["name"] = "x", ["address"] = "https://example.org/xapi", ["authentication"] = "basic", ["userName"] = "u", ["secret"] = "s", [field] = value };
        using var reply = await sender.ApiAsync(HttpMethod.Post, "", asked);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.StatusCode);
        Assert.Equal([field], (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("8.8.8.8", "https", false, true)]
    [InlineData("8.8.8.8", "http", true, false)]
    [InlineData("127.0.0.1", "http", false, false)]
    [InlineData("127.0.0.1", "http", true, true)]
    [InlineData("10.1.2.3", "https", false, false)]
    [InlineData("192.168.1.1", "https", true, true)]
    [InlineData("::1", "https", false, false)]
    [InlineData("fd12::1", "https", false, false)]
    [InlineData("169.254.169.254", "https", true, false)]
    [InlineData("::ffff:169.254.169.254", "https", true, false)]
    [InlineData("64:ff9b::a9fe:a9fe", "https", true, false)]
    [InlineData("fe80::1", "https", true, false)]
    [InlineData("fd00:ec2::254", "https", true, false)]
    [InlineData("0.0.0.0", "http", true, false)]
    [InlineData("224.0.0.1", "https", true, false)]
    [InlineData("255.255.255.255", "https", true, false)]
    public void Statements_go_only_where_they_may(string address, string scheme, bool privateAllowed, bool may) =>
        Assert.Equal(may, OutboundAddresses.MayReach(IPAddress.Parse(address), scheme, privateAllowed));

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to()
    {
        await using var closed = new TestSite([]);
        await closed.InitializeAsync();
        using var admin = await closed.SignedInAsync(Role.Administrator);
        await using var consumer = await TestConsumer.StartedAsync();
        using var made = await admin.SubmitAsync("/admin/consumers/new", new()
        {
            ["Input.Name"] = "x", ["Input.Address"] = consumer.Address.Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal), ["Input.Authentication"] = "None",
        });
        using var tested = await admin.SubmitAsync(made.Headers.Location!.ToString(), action: "Test");
        Assert.Contains("Its address leads where statements may not be sent", (await admin.PageAsync(made.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(consumer.Requests);
    }

    [Fact]
    public async Task Metrics_tell_what_is_stored_delivered_and_waiting()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        var id = await sender.AddAsync(consumer);
        await sender.PostAsync(SendingSystem.Statement(), SendingSystem.Statement());
        await consumer.WaitAsync(2);
        await site.EmptyAsync(id);
        var number = (await site.ReadAsync(id)).Number;
        await Task.Delay(3_100); // Gauges are read once in three seconds at most.
        using var visitor = site.Site.Visitor();
        using var reply = await visitor.GetAsync("/metrics");
        var text = await reply.Content.ReadAsStringAsync();
        Assert.Equal("text/plain", reply.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"seedlot_deliveries_total{{consumer=\"{number}\"}} 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"seedlot_consumer_lag_seconds{{consumer=\"{number}\"}} 0\n", text, StringComparison.Ordinal);
        Assert.Contains($"seedlot_consumer_queue{{consumer=\"{number}\"}} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE seedlot_statements_commit_size histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("\nseedlot_jobs_pending{name=\"IssueCertificate\"} ", text, StringComparison.Ordinal);
        Assert.Matches("\nseedlot_statements_stored_total [1-9]", text);
    }
}
