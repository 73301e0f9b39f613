using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Jobs;
using Lms.Web.Tests.Support;
using Lms.Web.Tests.Xapi;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Faults;

/// <summary>
/// Several processes on one PostgreSQL: people learn and systems send through any of them, while they are killed and the database crashes. How many people is
/// <c>SEEDLOT_LEARNERS</c>, fewer by default.
/// </summary>
public sealed class NodeTests(NodeCluster nodes) : IClassFixture<NodeCluster>
{
    private const int AtOnce = 40;
    private const int Writers = 3;
    private static readonly int People = int.TryParse(Environment.GetEnvironmentVariable("SEEDLOT_LEARNERS"), NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : 240;

    private readonly ConcurrentQueue<(Guid Id, string Email)> _people = [];
    private readonly ConcurrentBag<Acknowledged> _kept = [];
    private readonly ConcurrentBag<Guid> _sent = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_over_and_over_three_processes_lose_nothing_and_do_nothing_twice_and_deliver_all()
    {
        Assert.SkipWhen(NodeCluster.WhyNot is not null, NodeCluster.WhyNot ?? "");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(4 + People / 60));
        using var enough = new CancellationTokenSource();
        using var settled = new CancellationTokenSource();
        await nodes.Sites[0].WithServicesAsync(async services => (await SimulatedLearner.AddPeopleAsync(services, People)).ForEach(_people.Enqueue));
        await using var first = await TestConsumer.StartedAsync();
        await using var second = await TestConsumer.StartedAsync();
        await AddConsumerAsync(first, limit.Token);

        var clock = Stopwatch.StartNew();
        using var follower = new StatementFollower(nodes.Address, nodes.Way);
        var following = Task.Run(() => follower.FollowAsync(settled.Token, limit.Token), limit.Token);
        var writing = Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(w, enough.Token, limit.Token), limit.Token)).ToList();
        var learning = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => LearnAsync(limit.Token), limit.Token)));
        var (kills, joined) = await KillAsync(learning, second, limit.Token);
        await learning;
        var took = clock.Elapsed;
        await enough.CancelAsync();
        await Task.WhenAll(writing);
        await SettleAsync(limit.Token);
        // Only now is its last reading the last.
        await settled.CancelAsync();
        await following;

        var stored = new Dictionary<Guid, long>();
        await nodes.Sites[0].WithServicesAsync(async services =>
        {
            var db = services.GetRequiredService<LmsDbContext>();
            foreach (var kept in _kept) await kept.AssertAsync(db);
            stored = await db.Statements.Select(s => new { s.Id, s.Sequence }).ToDictionaryAsync(s => s.Id, s => s.Sequence, limit.Token);
            Assert.Equal(People, await db.Certificates.CountAsync(limit.Token));
            Assert.Equal(People, await db.Certificates.Select(c => c.LearnerId).Distinct().CountAsync(limit.Token));
            Assert.False(await db.DeadLetters.AnyAsync(limit.Token));
            Assert.False(await db.Outbox.AnyAsync(m => m.State == JobState.Failed, limit.Token));
        });
        Assert.All(_kept, kept => Assert.True(kept.Submitted));
        Assert.Empty(_sent.Except(stored.Keys));
        Assert.Empty(stored.Keys.Except(first.Taken));
        Assert.Empty(stored.Where(s => s.Value > joined).Select(s => s.Key).Except(second.Taken));
        Assert.Empty(stored.Keys.Except(follower.Seen));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{People} learners and {_sent.Count} statements from outside in {took.TotalSeconds:F0} s through {NodeCluster.Count} processes, {kills} kills and one crash of the database: {stored.Count} statements stored, each once; {first.Taken.Count} and {second.Taken.Count} delivered; {follower.Rounds} readings missed none."));
        Assert.True(kills >= 3, $"Only {kills} kills: the test shows too little.");
    }

    [Fact]
    public async Task What_one_process_revokes_all_refuse_within_seconds()
    {
        Assert.SkipWhen(NodeCluster.WhyNot is not null, NodeCluster.WhyNot ?? "");
        LrsCredential credential = null!;
        var secret = "";
        await nodes.Sites[0].WithServicesAsync(async services =>
        {
            var hub = await services.GetRequiredService<LmsDbContext>().Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).SingleAsync(Ct);
            var (made, text, _) = await services.GetRequiredService<LrsCredentials>().CreateAsync($"Revoked {Guid.NewGuid():N}", hub, ["all"], Ct);
            (credential, secret) = (made!, text);
        });
        foreach (var site in nodes.Sites) Assert.Equal(200, await StatusAsync(site));

        // This process has no part in the news among the others: looking is enough.
        await nodes.Sites[0].WithServicesAsync(services => services.GetRequiredService<LrsCredentials>().RevokeAsync(credential.Id, Ct));
        var since = Stopwatch.StartNew();
        foreach (var site in nodes.Sites)
            while (await StatusAsync(site) != 401) Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), "It was let in for ten seconds more.");

        async Task<int> StatusAsync(KillableSite site)
        {
            using var lrs = new Lrs(site.Address, key: credential.Key, secret: secret);
            return (await lrs.GetAsync("statements?limit=1")).Status;
        }
    }

    /// <summary>Kills processes and starts them again until all have learned; in the middle the database crashes and a second consumer joins.</summary>
    private async Task<(int Kills, long Joined)> KillAsync(Task learning, TestConsumer second, CancellationToken ct)
    {
        var (kills, joined, crashed) = (0, 0L, false);
        while (!learning.IsCompleted || joined == 0)
        {
            await Task.WhenAny(learning, Task.Delay(Random.Shared.Next(1_500, 4_000), ct));
            if (!crashed && _kept.Count > People / 3) crashed = await CrashAsync();
            if (joined == 0 && _kept.Count > People / 2)
            {
                await AddConsumerAsync(second, ct);
                // What begins to be stored from now on, at any process, is for it, too.
                joined = await nodes.Database.NumberAsync($"SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 10 + {DateTime.UnixEpoch.Ticks}", ct);
            }
            var killed = nodes.Sites.OrderBy(_ => Random.Shared.Next()).Take(kills % 3 == 2 ? 2 : 1).ToList();
            foreach (var site in killed) await site.KillAsync();
            await Task.WhenAll(killed.Select(s => s.StartAsync()));
            kills += killed.Count;
        }
        return (kills, joined);

        async Task<bool> CrashAsync()
        {
            await nodes.Database.CrashAsync();
            return true;
        }
    }

    private async Task LearnAsync(CancellationToken limit)
    {
        while (_people.TryDequeue(out var person))
        {
            var kept = new Acknowledged(person.Id);
            _kept.Add(kept);
            using var learner = new SimulatedLearner(nodes.Address, person.Email, limit, nodes.Way);
            await learner.LearnAsync(kept);
        }
    }

    /// <summary>Sends statements to any process; those whose answer is lost are sent again as they were.</summary>
    private async Task WriteAsync(int writer, CancellationToken enough, CancellationToken limit)
    {
        using var http = Client();
        for (var round = 0; !enough.IsCancellationRequested; round++)
        {
            var batch = Enumerable.Range(0, 1 + round % 20).Select(i => new
            {
                id = Guid.CreateVersion7(), actor = new { account = new { homePage = "https://example.org", name = $"{writer}-{round % 40}-{i}" } },
                verb = new { id = Verbs.Completed.Id }, @object = new { id = $"https://example.org/{round % 30}" }, context = new { registration = Guid.NewGuid() },
            }).ToList();
            await UntilAsync(() => http.PostAsJsonAsync("/xapi/statements", batch, limit), HttpStatusCode.OK, limit);
            batch.ForEach(s => _sent.Add(s.id));
            await Task.Delay(Random.Shared.Next(20, 120), limit);
        }
    }

    private async Task AddConsumerAsync(TestConsumer consumer, CancellationToken ct)
    {
        using var http = Client();
        var asked = new { name = $"Test {Guid.NewGuid():N}", address = consumer.Address, authentication = "Basic", userName = "seedlot", secret = "a password" };
        await UntilAsync(() => http.PostAsJsonAsync("/api/v1/statement-consumers", asked, ct), HttpStatusCode.Created, ct);
    }

    private HttpClient Client()
    {
        var http = new HttpClient(nodes.Way(new HttpClientHandler())) { BaseAddress = nodes.Address };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Lrs.SiteKey}:{Lrs.SiteSecret}")));
        http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        return http;
    }

    private static async Task UntilAsync(Func<Task<HttpResponseMessage>> send, HttpStatusCode wanted, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                using var reply = await send();
                if (reply.StatusCode == wanted) return;
                Assert.True(reply.StatusCode >= HttpStatusCode.InternalServerError, $"A request was answered {reply.StatusCode}: {await reply.Content.ReadAsStringAsync(ct)}");
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException) { }
            await Task.Delay(Random.Shared.Next(20, 100), ct);
        }
    }

    /// <summary>Waits until all that was asked for is done and delivered.</summary>
    private async Task SettleAsync(CancellationToken ct)
    {
        // Leases of those who were killed run out by themselves; a test need not wait for that.
        await nodes.Database.NumberAsync("""UPDATE "Outbox" SET "LeaseUntil" = '2000-01-01' WHERE "LeaseUntil" IS NOT NULL; UPDATE "StatementConsumers" SET "LeaseUntil" = NULL; SELECT 0""", ct);
        while (await nodes.Database.NumberAsync("""SELECT (SELECT count(*) FROM "Outbox" WHERE "State" <> 'Failed' AND "DueAt" < now() + interval '30 seconds') + (SELECT count(*) FROM "StatementDeliveries")""", ct) > 0)
            await Task.Delay(200, ct);
    }
}
