using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Consumers;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Xapi;

/// <summary>A site that may send to this machine and doesn't wait long.</summary>
public sealed class ConsumerSite : IAsyncLifetime
{
    private readonly ConcurrentBag<SendingSystem> _senders = [];

    public ConsumerSite() : this("InProcess") { }

    /// <summary>With what runs the site's jobs.</summary>
    internal ConsumerSite(string jobs) => Site = new(new()
    {
        ["LMS:Jobs:Provider"] = jobs,
        ["LMS:Consumers:PrivateAddresses"] = "true",
        ["LMS:Consumers:FirstWait"] = "00:00:00.2",
        ["LMS:Consumers:LongestWait"] = "00:00:01",
        ["LMS:Consumers:DeniedWait"] = "00:10:00",
        ["LMS:Consumers:Gather"] = "00:00:00.05",
    });

    public TestSite Site { get; }

    public ValueTask InitializeAsync() => Site.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders) sender.Dispose();
        await Site.DisposeAsync();
    }

    /// <summary>A centre of the test's own with somebody who sends statements there, and its manager's API.</summary>
    public async Task<SendingSystem> SenderAsync(bool ofTheHub = false)
    {
        var centre = ofTheHub ? await Site.ReadAsync(db => db.Centres.SingleAsync(c => c.Kind == CentreKind.Hub)) : await Site.AddCentreAsync();
        var sender = new SendingSystem(await Lrs.AddAsync(Site, centre.Id), centre);
        _senders.Add(sender);
        return sender;
    }

    public Task<StatementConsumer> ReadAsync(Guid id) => Site.ReadAsync(db => db.StatementConsumers.AsNoTracking().SingleAsync(c => c.Id == id));

    /// <summary>Waits until nothing is left to be sent to the consumer.</summary>
    public async Task EmptyAsync(Guid id)
    {
        var number = (await ReadAsync(id)).Number;
        for (var tries = 0; tries < 1_000; tries++)
        {
            if (!await Site.ReadAsync(db => db.StatementDeliveries.AnyAsync(d => d.Consumer == number))) return;
            await Task.Delay(20);
        }
        Assert.Fail("Statements still wait for the consumer.");
    }

    /// <summary>Waits until the consumer is as the condition says.</summary>
    public async Task<StatementConsumer> UntilAsync(Guid id, Func<StatementConsumer, bool> condition)
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            if (await ReadAsync(id) is { } consumer && condition(consumer)) return consumer;
            await Task.Delay(20);
        }
        Assert.Fail($"The consumer did not come to it: {JsonSerializer.Serialize(await ReadAsync(id))}");
        return null!;
    }
}

/// <summary>A system of one centre with every scope, and its centre's consumers.</summary>
public sealed class SendingSystem(Lrs lrs, Centre centre) : IDisposable
{
    public Centre Centre => centre;

    public void Dispose() => lrs.Dispose();

    public static Dictionary<string, object> Statement(string? activity = null, Guid? registration = null, string? parent = null, string? verb = null, Guid? id = null)
    {
        var statement = new Dictionary<string, object>
        {
            ["id"] = id ?? Guid.CreateVersion7(),
            ["actor"] = new { mbox = "mailto:ana@example.org" },
            ["verb"] = new { id = verb ?? Verbs.Completed.Id },
            ["object"] = new { id = activity ?? "https://example.org/activities/1" },
        };
        var context = new Dictionary<string, object>();
        if (registration is { } r) context["registration"] = r;
        if (parent is not null) context["contextActivities"] = new { parent = new[] { new { id = parent } } };
        if (context.Count > 0) statement["context"] = context;
        return statement;
    }

    public static Dictionary<string, object> Voiding(Guid id) => new()
    {
        ["id"] = Guid.CreateVersion7(),
        ["actor"] = new { mbox = "mailto:ana@example.org" },
        ["verb"] = new { id = Verbs.VoidedId },
        ["object"] = new { objectType = "StatementRef", id },
    };

    public async Task<IReadOnlyList<Guid>> PostAsync(params IReadOnlyList<Dictionary<string, object>> statements) =>
        await PostAsync(JsonContent.Create(statements));

    public async Task<IReadOnlyList<Guid>> PostAsync(HttpContent content) =>
        JsonSerializer.Deserialize<List<Guid>>((await lrs.SendAsync(HttpMethod.Post, "statements", content)).Expect(200).Body)!;

    public Task<HttpResponseMessage> ApiAsync(HttpMethod method, string path, object? body = null) =>
        lrs.Http.SendAsync(new HttpRequestMessage(method, $"/api/v1/statement-consumers{path}") { Content = body is null ? null : JsonContent.Create(body) });

    /// <summary>Makes a consumer of the centre by the API; returns its id.</summary>
    public async Task<Guid> AddAsync(TestConsumer consumer, object? filter = null, object? more = null)
    {
        var asked = JsonSerializer.SerializeToNode(more ?? new { authentication = "Basic", userName = "seedlot", secret = "a password" }, JsonSerializerOptions.Web)!.AsObject();
        (asked["name"], asked["address"]) = ("Test", consumer.Address);
        if (filter is not null) asked["filter"] = JsonSerializer.SerializeToNode(filter);
        using var reply = await ApiAsync(HttpMethod.Post, "", asked);
        Assert.True(reply.StatusCode == HttpStatusCode.Created, await reply.Content.ReadAsStringAsync());
        return (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}
