using System.Text.Json.Nodes;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Xapi;

/// <summary>Valid statements that are meant to confuse the store, or to make it grow.</summary>
[Collection<LrsCollection>]
public sealed class HostileStoreTests(LrsSite site)
{
    [Fact]
    public async Task A_long_chain_of_references_is_stored_from_either_end_and_found_by_what_it_leads_to_twenty_deep()
    {
        foreach (var forwards in new[] { true, false })
        {
            var activity = Sample.NewIri();
            var ids = Enumerable.Range(0, 61).Select(_ => Sample.NewId()).ToArray();
            var chain = ids.Select((id, i) => i == 0 ? Sample.Statement(("object.id", Sample.Quoted(activity))) : Sample.Reference(ids[i - 1])).ToList();
            for (var i = 0; i < chain.Count; i++) chain[i]["id"] = ids[i];
            if (!forwards) chain.Reverse();
            foreach (var part in chain.Chunk(17)) await site.V1.StoreAsync(new JsonArray(part));
            Assert.Equal(ids[..(StatementSession.Deepest + 1)].Order(), (await site.V1.FindAsync(("activity", activity), ("limit", "500"))).Order());
        }
    }

    [Fact]
    public async Task What_is_sent_never_makes_more_links_than_a_chain_is_followed_deep()
    {
        var before = await LinksAsync();
        // A statement that names a thousand, a chain upon it, and a comment on each of the chain, in every order.
        var (large, direct, related) = (Sample.NewId(), Sample.NewIri(), Sample.NewIri());
        var names = new JsonArray([.. Enumerable.Range(0, 1_000).Select(n => new JsonObject { ["id"] = n == 0 ? related : $"{related}/{n}" })]);
        var chain = new List<JsonObject> { Sample.Statement(("id", Sample.Quoted(large)), ("object.id", Sample.Quoted(direct)), ("context.contextActivities.other", names.ToJsonString())) };
        for (var i = 0; i < 50; i++)
        {
            chain.Add(Sample.Reference((string)chain[^1]["id"]!));
            chain[^1]["id"] = Sample.NewId();
        }
        var comments = chain.ConvertAll(s => Sample.Reference((string)s["id"]!));
        JsonNode[] all = [.. chain, .. comments];
        Random.Shared.Shuffle(all);
        await site.V1.StoreAsync(new JsonArray(all));

        // Each statement has a verb, an actor, an authority and perhaps an activity.
        var most = 1_000 + all.Length * 4 * (1 + StatementSession.Deepest);
        Assert.InRange(await LinksAsync() - before, 1, most);
        Assert.Equal(2 * StatementSession.Deepest + 1, (await site.V1.FindAsync(("activity", direct), ("limit", "500"))).Length);
        Assert.Equal([large], await site.V1.FindAsync(("activity", related), ("related_activities", "true")));
    }

    private Task<int> LinksAsync() => site.Site.ReadAsync(async db =>
        await db.StatementVerbs.CountAsync() + await db.StatementAgents.CountAsync() + await db.StatementActivities.CountAsync());

    [Fact]
    public async Task Many_comments_on_the_end_of_a_long_chain_are_found_by_all_of_it_also_when_the_chain_grows_among_them()
    {
        var (activity, start, middle, end) = (Sample.NewIri(), Sample.NewId(), Sample.NewId(), Sample.NewId());
        var (first, second) = (Sample.Reference(start), Sample.Reference(middle));
        (first["id"], second["id"]) = (middle, end);
        var comments = Enumerable.Range(0, 6).Select(_ => Sample.Reference(end)).ToList();
        foreach (var comment in comments) comment["id"] = Sample.NewId();
        JsonNode[] batch = [comments[0], second, comments[1], comments[2], Sample.Statement(("id", Sample.Quoted(start)), ("object.id", Sample.Quoted(activity))), comments[3], first, comments[4], comments[5]];
        var ids = await site.V1.StoreAsync(new JsonArray([.. batch]));
        Assert.Equal(ids.Order(), (await site.V1.FindAsync(("activity", activity))).Order());
    }

    [Fact]
    public async Task A_circle_of_references_is_stored_and_found_once_each_and_can_be_voided()
    {
        var (verb, ids) = (Sample.NewIri("verbs"), Enumerable.Range(0, 5).Select(_ => Sample.NewId()).ToArray());
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            var reference = Sample.Reference(ids[(i + 1) % ids.Length], verb);
            reference["id"] = id;
            await site.V1.StoreAsync(reference);
        }
        var self = Sample.NewId();
        var own = Sample.Reference(self, verb);
        own["id"] = self;
        await site.V1.StoreAsync(own);
        Assert.Equal(ids.Append(self).Order(), (await site.V1.FindAsync(("verb", verb))).Order());

        await site.V1.StoreAsync(Sample.Voiding(ids[2]));
        await site.V1.StoreAsync(Sample.Voiding(self));
        var left = await site.V1.FindAsync(("verb", verb));
        Assert.DoesNotContain(ids[2], left);
        Assert.DoesNotContain(self, left);
        Assert.Contains(ids[1], left);
    }

    [Fact]
    public async Task A_voiding_statement_that_voids_itself_is_stored_and_voids_nothing()
    {
        var id = Sample.NewId();
        var voiding = Sample.Voiding(id);
        voiding["id"] = id;
        await site.V1.StoreAsync(voiding);
        await site.V1.StatementAsync(id);
    }

    [Fact]
    public async Task Of_one_batch_that_sixteen_send_at_once_each_statement_is_stored_once()
    {
        var activity = Sample.NewIri();
        var batch = Sample.Batch(50, ("object.id", Sample.Quoted(activity)));
        foreach (var statement in batch) statement!["id"] = Sample.NewId();
        var json = batch.ToJsonString();
        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => site.Both[n % 2].PostAsync("statements", json)));
        // Version 2 says “version: 2.0.0” where version 1 says “1.0.0”: whoever comes first has the rest of its own kind agree with it.
        Assert.All(replies, r => Assert.Contains(r.Status, new[] { 200, 409 }));
        Assert.Contains(replies.Where((_, n) => n % 2 == 0).Select(r => r.Status).Distinct().Single(), new[] { 200, 409 });
        Assert.Contains(replies, r => r.Status == 200);
        Assert.Equal(50, (await site.V1.FindAsync(("activity", activity), ("limit", "500"))).Length);
    }

    [Fact]
    public async Task Of_sixteen_statements_that_claim_one_id_at_once_one_gets_it()
    {
        var id = Sample.NewId();
        var bodies = Enumerable.Range(0, 16).Select(_ => Sample.Statement(("id", Sample.Quoted(id))).ToJsonString()).ToList();
        var replies = await Task.WhenAll(bodies.Select(b => site.V1.PutAsync($"statements?statementId={id}", b)));
        Assert.Single(replies, r => r.Status == 204);
        Assert.Equal(15, replies.Count(r => r.Status == 409));
    }

    [Fact]
    public async Task A_number_of_any_size_is_compared_when_its_statement_comes_again()
    {
        var id = Sample.NewId();
        foreach (var (number, status) in new[] { ("1e308", 200), ("1e308", 200), ("1.0e+308", 200), ("1e309", 409), ("1e-400", 409), ("123456789012345678901234567890123456789012345678901234567890", 409) })
        {
            var body = Sample.Statement(("id", Sample.Quoted(id)), ("actor", """{"mbox":"mailto:n@example.org"}"""), ("object.id", "\"https://example.org/n\""), ("result.response", "\"@\""))
                .ToJsonString().Replace("\"response\":\"@\"", $$"""{{"\"extensions\""}}:{"https://example.org/x":{{number}} }""", StringComparison.Ordinal);
            (await site.V1.PostAsync("statements", body)).Expect(status);
        }
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("1582-10-10T12:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z")]
    public async Task Times_at_the_ends_of_the_calendar_are_kept(string timestamp)
    {
        foreach (var lrs in site.Both)
        {
            var id = await lrs.StoreOneAsync(Sample.Statement(("timestamp", Sample.Quoted(timestamp))));
            Assert.Equal(timestamp, (string?)(await lrs.StatementAsync(id))["timestamp"]);
        }
        foreach (var beyond in new[] { "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z" })
            (await site.V1.PostAsync("statements", Sample.Statement(("timestamp", Sample.Quoted(beyond))).ToJsonString())).Expect(400);
    }

    [Fact]
    public async Task A_hundred_thousand_names_that_come_once_leave_no_memory_behind()
    {
        async Task FloodAsync(int from)
        {
            for (var at = from; at < from + 17_500; at += 3_500)
            {
                var flood = Enumerable.Range(at, 3_500).Select(n =>
                    $$"""{"actor":{"mbox":"mailto:flood{{n}}@example.org"},"verb":{"id":"https://example.org/flood/verbs/{{n}}"},"object":{"id":"https://example.org/flood/{{n}}"} }""");
                (await site.V1.PostAsync("statements", $"[{string.Join(',', flood)}]")).Expect(200);
            }
        }
        await FloodAsync(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await FloodAsync(17_500);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 40 << 20);
        Assert.Single(await site.V1.FindAsync(("activity", "https://example.org/flood/31777")));
        Assert.Single(await site.V1.FindAsync(("agent", """{"mbox":"mailto:flood5@example.org"}""")));
    }

    [Fact]
    public void A_million_names_leave_no_more_in_the_cache_than_it_is_to_hold()
    {
        var cache = new NameCache();
        for (var n = 0; n < 1_000_000; n++) cache.Remember($"https://example.org/{n}", n);
        Assert.InRange(Enumerable.Range(0, 1_000_000).Count(n => cache.Find($"https://example.org/{n}") is not null), 0, 100_000);
        cache.Remember("https://example.org/again", 7);
        Assert.Equal(7, cache.Find("https://example.org/again"));
    }

    [Fact]
    public void Whatever_the_clock_of_the_machine_does_sequences_rise_and_never_twice()
    {
        var time = new JumpingTime();
        var clock = new LocalStatementClock(time);
        var seen = new System.Collections.Concurrent.ConcurrentBag<long>();
        Parallel.For(0, 8, _ =>
        {
            var last = 0L;
            for (var i = 0; i < 2_000; i++)
            {
                using var stretch = clock.Open();
                var through = clock.ConsistentThrough.Ticks;
                var next = stretch.Next();
                Assert.True(next > last && next > through);
                seen.Add(last = next);
            }
        });
        Assert.Equal(16_000, seen.Distinct().Count());
        Assert.True(clock.ConsistentThrough.Ticks >= seen.Max());
    }

    [Fact]
    public async Task Stored_never_falls_though_the_clock_was_ahead_before_a_restart()
    {
        await using var own = LrsSite.NewSite();
        await own.InitializeAsync();
        var ahead = DateTime.UtcNow.AddDays(2);
        own.Services.GetRequiredService<StatementClock>().StartAfter(ahead.Ticks);
        string first, second;
        using (var lrs = new Lrs(own.Address, "1.0.3")) first = (string)(await lrs.StatementAsync(await lrs.StoreOneAsync(Sample.Statement())))["stored"]!;
        await own.RestartAsync();
        using (var lrs = new Lrs(own.Address, "1.0.3")) second = (string)(await lrs.StatementAsync(await lrs.StoreOneAsync(Sample.Statement())))["stored"]!;
        Assert.True(XapiTimestamp.TryParse(first, out var then) && then >= ahead);
        Assert.True(XapiTimestamp.TryParse(second, out var now) && now > then);
    }

    /// <summary>A clock that jumps by up to an hour either way each time it is read.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(Random.Shared.Next(-3600, 3600));
    }
}
