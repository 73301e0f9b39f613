using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Consumers;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Tests.Support;
using Lms.Web.Tests.Xapi;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Faults;

/// <summary>kill -9 while systems send statements: what was acknowledged is stored once and whole, and reaches the consumer.</summary>
public sealed class StatementKillTests : IAsyncLifetime
{
    private const int Kills = 30;
    private const int Writers = 16;
    private const string Key = "kill", Secret = "a secret for the test";
    private const string Wanted = "https://example.org/wanted";

    private readonly KillableSite _site = new();
    private readonly ConcurrentBag<IReadOnlyList<Guid>> _sent = [];
    private readonly ConcurrentBag<IReadOnlyList<Guid>> _acknowledged = [];
    private readonly TestConsumer _consumer = new();
    private int _consumerNumber;

    public async ValueTask InitializeAsync()
    {
        await _consumer.StartAsync();
        await _site.WithServicesAsync(async services =>
        {
            var db = services.GetRequiredService<LmsDbContext>();
            var hub = await db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub);
            await services.GetRequiredService<LrsCredentials>().EnsureAsync(Key, Secret, hub.Id, default);
            var consumer = new StatementConsumer
            {
                CentreId = hub.Id, Kind = ConsumerKind.Xapi, CreatedAt = DateTime.UtcNow, Name = "Test", Address = _consumer.Address, Version = "1.0.3",
                Filter = new ConsumerFilter([], ActivityPrefix: Wanted),
            };
            db.Add(consumer);
            await db.SaveChangesAsync();
            _consumerNumber = consumer.Number;
        });
        await _site.StartAsync();
    }

    [Fact]
    public async Task Killed_thirty_times_the_store_keeps_each_acknowledged_statement_once_and_whole_and_delivers_it()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer, enough.Token, limit.Token))).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(Random.Shared.Next(50, 600), limit.Token);
            await _site.KillAsync();
            await _site.StartAsync();
        }
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        var wanted = _acknowledged.SelectMany(b => b).Where(IsWanted).ToHashSet();
        for (var tries = 0; tries < 1_500 && !wanted.IsSubsetOf(_consumer.Taken); tries++) await Task.Delay(20, limit.Token);
        for (var tries = 0; tries < 1_000 && await _site.NumberAsync($"""SELECT count(*) FROM "StatementDeliveries" WHERE "Consumer" = {_consumerNumber}""", limit.Token) > 0; tries++) await Task.Delay(20, limit.Token);
        await _site.KillAsync();

        var taken = _consumer.Taken.ToHashSet();
        Assert.Empty(wanted.Except(taken));
        Assert.All(taken, id => Assert.True(IsWanted(id)));
        await _site.WithServicesAsync(services => AssertKeptAsync(services.GetRequiredService<LmsDbContext>(), taken));
        Assert.True(_acknowledged.Count > Kills * 10, $"Only {_acknowledged.Count} requests were acknowledged: the test shows too little.");
    }

    private async Task AssertKeptAsync(LmsDbContext db, HashSet<Guid> taken)
    {
        // One pass over everything: each id once is what the unique index says; that it holds is what the check at the end says.
        var stored = await db.Statements.AsNoTracking().Select(s => new { s.Sequence, s.Id, s.Json }).ToDictionaryAsync(s => s.Id);
        Assert.All(_acknowledged.SelectMany(b => b), id => Assert.True(stored.ContainsKey(id), $"{id} was acknowledged and is gone."));
        Assert.All(_sent, batch => Assert.True(batch.All(stored.ContainsKey) || !batch.Any(stored.ContainsKey), "A batch is half stored."));
        Assert.Empty(stored.Keys.Where(IsWanted).Except(taken));

        var verbs = await db.StatementVerbs.Where(l => l.Origin == 0).Select(l => l.Sequence).ToListAsync();
        var agents = (await db.StatementAgents.Where(l => l.Origin == 0).ToListAsync()).ToLookup(l => l.Sequence, l => l.AgentId);
        var activities = (await db.StatementActivities.Where(l => l.Origin == 0).ToListAsync()).ToLookup(l => l.Sequence, l => l.ActivityId);
        var registrations = await db.StatementRegistrations.Where(l => l.Origin == 0).ToDictionaryAsync(l => l.Sequence, l => l.Registration);
        var agentNames = await db.XapiAgents.ToDictionaryAsync(a => a.Id, a => a.Name);
        var activityNames = await db.XapiActivities.ToDictionaryAsync(a => a.Id, a => a.Name);
        Assert.Equal(stored.Values.Select(s => s.Sequence).Order(), verbs.Order());
        foreach (var row in stored.Values)
        {
            using var json = JsonDocument.Parse(row.Json);
            var facts = Facts.Of(json.RootElement, AgentKey.Of(json.RootElement.GetProperty("authority"))!);
            Assert.Equal(row.Id, json.RootElement.GetProperty("id").GetGuid());
            Assert.Equal(facts.Agents.Select(a => a.Key).Order(StringComparer.Ordinal), agents[row.Sequence].Select(a => agentNames[a]).Order(StringComparer.Ordinal));
            Assert.Equal(facts.Activities.Select(a => a.Iri).Order(StringComparer.Ordinal), activities[row.Sequence].Select(a => activityNames[a]).Order(StringComparer.Ordinal));
            Assert.Equal(facts.Registration, registrations.TryGetValue(row.Sequence, out var registration) ? registration : null);
        }
        await TestDatabase.AssertSoundAsync(db, CancellationToken.None);
    }

    // Whether a statement is wanted shows in its id, so that nothing needs to be remembered of it.
    private static bool IsWanted(Guid id) => id.ToByteArray()[15] % 2 == 0;

    /// <summary>Sends singles and batches; one whose answer is lost is sent again as it was, until it is acknowledged.</summary>
    private async Task WriteAsync(int writer, CancellationToken enough, CancellationToken limit)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:{Secret}")));
        http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        for (var round = 0; !enough.IsCancellationRequested; round++)
        {
            var batch = Enumerable.Range(0, (writer + round) % 4 == 0 ? 20 : 1).Select(i => StatementOf(writer, round, i)).ToList();
            var ids = batch.ConvertAll(s => (Guid)s["id"]);
            _sent.Add(ids);
            while (!limit.IsCancellationRequested)
            {
                try
                {
                    using var reply = await http.PostAsJsonAsync(new Uri(_site.Address, "/xapi/statements"), batch, limit);
                    if (reply.StatusCode == HttpStatusCode.OK) break;
                    Assert.Fail($"A request was answered {reply.StatusCode}: {await reply.Content.ReadAsStringAsync(limit)}");
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException)
                {
                    if (enough.IsCancellationRequested) return;
                    await Task.Delay(Random.Shared.Next(20, 100), limit);
                }
            }
            _acknowledged.Add(ids);
            await Task.Delay(Random.Shared.Next(10, 60), limit);
        }
    }

    private static Dictionary<string, object> StatementOf(int writer, int round, int i)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            ["id"] = id,
            ["actor"] = new { account = new { homePage = "https://example.org", name = $"{writer}-{round}-{i}" } },
            ["verb"] = new { id = Verbs.Completed.Id },
            ["object"] = new { id = $"{(IsWanted(id) ? Wanted : "https://example.org/other")}/{writer}/{round % 50}" },
            ["context"] = new { registration = Guid.NewGuid(), contextActivities = new { grouping = new[] { new { id = "https://example.org/group" } } } },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _consumer.DisposeAsync();
    }
}
