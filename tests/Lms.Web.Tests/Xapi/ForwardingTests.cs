using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi;
using Lms.Web.Tests.Learning;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Xapi;

/// <summary>What consumers get, in which order and form.</summary>
public sealed class ForwardingTests(ConsumerSite site) : IClassFixture<ConsumerSite>
{
    [Fact]
    public async Task A_consumer_gets_what_meets_its_filter_and_nothing_else()
    {
        var sender = await site.SenderAsync();
        await using var verbs = await TestConsumer.StartedAsync();
        await using var prefix = await TestConsumer.StartedAsync();
        await using var course = await TestConsumer.StartedAsync();
        await using var all = await TestConsumer.StartedAsync();
        await sender.AddAsync(verbs, new { verbs = new[] { Verbs.Passed.Id, Verbs.Failed.Id } });
        await sender.AddAsync(prefix, new { activityPrefix = "https://example.org/lab/" });
        await sender.AddAsync(course, new { course = "hygiene" });
        await sender.AddAsync(all);
        var root = site.Site.Services.GetRequiredService<XapiAddresses>().Course("hygiene");

        var ids = await sender.PostAsync(
            SendingSystem.Statement(), SendingSystem.Statement(verb: Verbs.Passed.Id), SendingSystem.Statement("https://example.org/lab/1"), SendingSystem.Statement(parent: "https://example.org/lab/2"),
            SendingSystem.Statement(root), SendingSystem.Statement($"{root}/lessons/hands"), SendingSystem.Statement($"{root}-advanced"));

        Assert.Equal(ids, await all.WaitAsync(7));
        Assert.Equal([ids[1]], await verbs.WaitAsync(1));
        Assert.Equal([ids[2], ids[3]], await prefix.WaitAsync(2));
        Assert.Equal([ids[4], ids[5]], await course.WaitAsync(2));
    }

    [Fact]
    public async Task A_voiding_goes_to_whoever_has_what_it_voids()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        await sender.AddAsync(consumer, new { activityPrefix = "https://example.org/lab/" });
        var (mine, other) = ((await sender.PostAsync(SendingSystem.Statement("https://example.org/lab/1")))[0], (await sender.PostAsync(SendingSystem.Statement()))[0]);
        await sender.PostAsync(SendingSystem.Voiding(other));
        var voiding = (await sender.PostAsync(SendingSystem.Voiding(mine)))[0];
        var early = Guid.CreateVersion7();
        var before = (await sender.PostAsync(SendingSystem.Voiding(early)))[0];
        await sender.PostAsync(SendingSystem.Statement("https://example.org/lab/2", id: early));

        Assert.Equal(new[] { mine, voiding, before, early }.Order(), (await consumer.WaitAsync(4)).Order());
    }

    [Fact]
    public async Task The_hub_gets_every_centres_statements_or_one_centres_and_a_centre_only_its_own()
    {
        var (hub, here, there) = (await site.SenderAsync(ofTheHub: true), await site.SenderAsync(), await site.SenderAsync());
        await using var everything = await TestConsumer.StartedAsync();
        await using var one = await TestConsumer.StartedAsync();
        await using var own = await TestConsumer.StartedAsync();
        var prefix = $"https://example.org/{Guid.NewGuid()}/";
        await hub.AddAsync(everything, new { activityPrefix = prefix });
        await hub.AddAsync(one, new { activityPrefix = prefix, centre = there.Centre.Slug });
        await here.AddAsync(own, new { activityPrefix = prefix });

        var first = (await here.PostAsync(SendingSystem.Statement(prefix)))[0];
        var second = (await there.PostAsync(SendingSystem.Statement(prefix)))[0];

        Assert.Equal([first, second], await everything.WaitAsync(2));
        Assert.Equal([second], await one.WaitAsync(1));
        Assert.Equal([first], await own.WaitAsync(1));
    }

    [Fact]
    public async Task Statements_come_as_they_were_sent_in_the_order_of_each_registration()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        await sender.AddAsync(consumer);
        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var (registration, ids) = (Guid.NewGuid(), new List<Guid>());
            for (var i = 0; i < 10; i++) ids.AddRange(await sender.PostAsync(SendingSystem.Statement(registration: registration), SendingSystem.Statement(registration: registration)));
            return ids;
        }));

        var taken = await consumer.WaitAsync(160);
        Assert.Equal(160, taken.Count);
        Assert.All(sent, ids => Assert.Equal(ids, taken.Where(ids.Contains)));
        var request = consumer.Requests.First();
        Assert.Equal("/xapi/statements", request.Path);
        Assert.Equal("1.0.3", request.Headers["X-Experience-API-Version"]);
        Assert.Equal("Basic " + Convert.ToBase64String("seedlot:a password"u8), request.Headers["Authorization"]);
        Assert.All(consumer.Requests, r => Assert.InRange(r.Ids.Count, 1, 50));
        var stored = await site.Site.ReadAsync(db => db.Statements.Where(s => s.Id == sent[0][0]).Select(s => new { s.Sequence, s.Json }).SingleAsync());
        var came = consumer.Requests.SelectMany(r => r.Statements).Single(s => s.GetProperty("id").GetGuid() == sent[0][0]).GetRawText();
        // Nothing but the time, which the sender had left to the store.
        Assert.Equal($"{{\"timestamp\":\"{new DateTime(stored.Sequence, DateTimeKind.Utc):O}\",{Encoding.UTF8.GetString(stored.Json)[1..]}", came);
    }

    [Fact]
    public async Task A_webhook_is_signed_and_its_repetition_known()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        var tries = 0;
        consumer.OnPost = _ => Task.FromResult(++tries == 1 ? (500, "") : (200, ""));
        await sender.AddAsync(consumer, more: new { kind = "webhook", secret = "a signing key that is long" });
        var ids = await sender.PostAsync(SendingSystem.Statement(), SendingSystem.Statement());
        Assert.Equal(ids, await consumer.WaitAsync(2));

        var (first, again) = (consumer.Requests.First(), consumer.Requests.Last());
        Assert.Equal(first.Headers["X-Seedlot-Delivery"], again.Headers["X-Seedlot-Delivery"]);
        Assert.True(Guid.TryParse(again.Headers["X-Seedlot-Delivery"], out _));
        Assert.Equal("/xapi", again.Path);
        Assert.All(again.Statements, s => Assert.True(s.TryGetProperty("stored", out _)));
        var parts = again.Headers["X-Seedlot-Signature"].Split(',').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        using var hmac = new HMACSHA256("a signing key that is long"u8.ToArray());
        Assert.Equal(Convert.ToHexString(hmac.ComputeHash([.. Encoding.ASCII.GetBytes(parts["t"]), (byte)'.', .. again.Body])), parts["v1"], ignoreCase: true);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(parts["t"], System.Globalization.CultureInfo.InvariantCulture), 0, 60);
    }

    [Fact]
    public async Task Attachments_go_with_their_statement()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        await sender.AddAsync(consumer);
        var bytes = "a scan of a batch record"u8.ToArray();
        var sha2 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var statement = SendingSystem.Statement();
        statement["attachments"] = new[] { new { usageType = "https://example.org/scan", display = new { en = "Scan" }, contentType = "text/plain", length = bytes.Length, sha2 } };
        using var body = new MultipartContent("mixed") { new StringContent(JsonSerializer.Serialize(statement), new MediaTypeHeaderValue("application/json")) };
        var part = new ByteArrayContent(bytes) { Headers = { ContentType = new("text/plain") } };
        part.Headers.Add("Content-Transfer-Encoding", "binary");
        part.Headers.Add("X-Experience-API-Hash", sha2);
        body.Add(part);
        await sender.PostAsync(body);

        while (consumer.Requests.IsEmpty) await Task.Delay(20);
        var came = consumer.Requests.First();
        Assert.StartsWith("multipart/mixed; boundary=", came.Headers["Content-Type"], StringComparison.Ordinal);
        var text = Encoding.UTF8.GetString(came.Body);
        Assert.Contains(((Guid)statement["id"]).ToString(), text, StringComparison.Ordinal);
        Assert.Contains($"X-Experience-API-Hash: {sha2}\r\n\r\na scan of a batch record\r\n--", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_course_engine_says_itself_is_delivered_too()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        await sender.AddAsync(consumer, new { course = "hygiene" });
        using var learner = await site.Site.SignedInAsync(centre: sender.Centre.Id);
        var enrolment = await LearningSite.EnrolAsync(learner, "hygiene");
        await consumer.WaitAsync(1);
        var statement = consumer.Requests.First().Statements[0];
        Assert.Equal(Verbs.Registered.Id, statement.GetProperty("verb").GetProperty("id").GetString());
        Assert.Equal(enrolment, statement.GetProperty("context").GetProperty("registration").GetGuid());
    }
}
