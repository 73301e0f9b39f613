using System.Diagnostics;
using System.Text;
using Lms.Web.Features.Xapi.Consumers;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Xapi;

/// <summary>What becomes of statements that a consumer can't take, or does not want.</summary>
public sealed class ForwardingFailureTests(ConsumerSite site) : IClassFixture<ConsumerSite>
{
    [Fact]
    public async Task A_consumer_that_was_down_all_the_time_gets_everything_when_it_is_back()
    {
        var sender = await site.SenderAsync();
        await using var consumer = new TestConsumer();
        var id = await sender.AddAsync(consumer);
        List<Guid> ids = [];
        for (var i = 0; i < 12; i++) ids.AddRange(await sender.PostAsync([.. Enumerable.Range(0, 10).Select(_ => SendingSystem.Statement())]));
        var down = await site.UntilAsync(id, c => c.Failures >= ForwardingOptions.OpensAfter);
        Assert.Equal(ConsumerProblem.Unreachable, down.Problem);

        await consumer.StartAsync();
        Assert.Equal(ids, await consumer.WaitAsync(120));
        // The circuit was open: one statement alone was sent to see.
        Assert.Single(consumer.Requests.First().Ids);
        await site.EmptyAsync(id);
        var well = await site.ReadAsync(id);
        Assert.Equal((0, ConsumerProblem.None, 120L), (well.Failures, well.Problem, well.Delivered));
    }

    [Fact]
    public async Task Failures_wait_longer_each_time_and_lose_nothing()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        var tries = 0;
        consumer.OnPost = _ => Task.FromResult(++tries <= 3 ? (500, "the disk is full") : (200, "[]"));
        var id = await sender.AddAsync(consumer);
        var ids = await sender.PostAsync(SendingSystem.Statement(), SendingSystem.Statement());
        var failing = await site.UntilAsync(id, c => c.Failures > 0);
        Assert.Equal((ConsumerProblem.Failed, 500, "the disk is full"), (failing.Problem, failing.ProblemStatus, failing.ProblemDetail));

        Assert.Equal(ids, await consumer.WaitAsync(2));
        var times = consumer.Requests.Select(r => r.At).ToList();
        Assert.Equal(4, times.Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromMilliseconds(140), $"{times[1] - times[0]}");
        Assert.True(times[3] - times[2] >= TimeSpan.FromMilliseconds(590), $"{times[3] - times[2]}");
    }

    [Fact]
    public async Task A_consumer_that_asks_to_wait_is_left_alone()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        var tries = 0;
        consumer.AnswerHeaders["Retry-After"] = "3";
        consumer.OnPost = _ => Task.FromResult(++tries == 1 ? (429, "") : (200, "[]"));
        await sender.AddAsync(consumer);
        await sender.PostAsync(SendingSystem.Statement());
        await consumer.WaitAsync(1);
        var times = consumer.Requests.Select(r => r.At).ToList();
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(2.9), $"{times[1] - times[0]}");
    }

    [Fact]
    public async Task One_poisoned_statement_of_a_batch_is_put_aside_and_the_others_go_on_in_order()
    {
        var sender = await site.SenderAsync();
        await using var consumer = new TestConsumer();
        consumer.OnPost = r => Task.FromResult(Encoding.UTF8.GetString(r.Body).Contains("poison", StringComparison.Ordinal) ? (400, "I don't like poison.") : (200, "[]"));
        var id = await sender.AddAsync(consumer);
        var ids = await sender.PostAsync([.. Enumerable.Range(0, 30).Select(i => SendingSystem.Statement(i == 17 ? "https://example.org/poison" : null))]);
        await consumer.StartAsync();

        Assert.Equal(ids.Where(i => i != ids[17]), await consumer.WaitAsync(29));
        await site.EmptyAsync(id);
        var known = await site.ReadAsync(id);
        var letter = await site.Site.ReadAsync(db => db.DeadLetters.SingleAsync(l => l.Consumer == known.Number));
        Assert.Equal((ids[17], 400, "I don't like poison."), (letter.StatementId, letter.Status, letter.Answer));
        Assert.Equal((1, 29L, 0), (known.Refused, known.Delivered, known.Failures));
    }

    [Fact]
    public async Task One_statement_that_breaks_the_consumer_is_found_and_put_aside_and_the_others_go_on_in_order()
    {
        var sender = await site.SenderAsync();
        await using var consumer = new TestConsumer();
        consumer.OnPost = r => Task.FromResult(Encoding.UTF8.GetString(r.Body).Contains("poison", StringComparison.Ordinal) ? (500, "NullReferenceException") : (200, "[]"));
        var id = await sender.AddAsync(consumer);
        var registrations = new[] { Guid.NewGuid(), Guid.NewGuid() };
        var ids = await sender.PostAsync([.. Enumerable.Range(0, 30).Select(i => SendingSystem.Statement(i == 17 ? "https://example.org/poison" : null, registrations[i % 2]))]);
        await consumer.StartAsync();

        var taken = await consumer.WaitAsync(29, seconds: 60);
        await site.EmptyAsync(id);
        foreach (var rest in new[] { 0, 1 }) Assert.Equal(ids.Where((x, i) => i % 2 == rest && i != 17), taken.Where(t => ids.ToList().IndexOf(t) % 2 == rest).Distinct());
        var known = await site.ReadAsync(id);
        var letter = await site.Site.ReadAsync(db => db.DeadLetters.SingleAsync(l => l.Consumer == known.Number));
        Assert.Equal((ids[17], 500, "NullReferenceException"), (letter.StatementId, letter.Status, letter.Answer));
        Assert.Equal((1, 29L, 0), (known.Refused, known.Delivered, known.Failures));
        // Nothing of its registration went before it was put aside.
        var trials = consumer.Requests.Where(r => r.Ids.Contains(ids[17]) && r.Ids.Count == 1).ToList();
        Assert.True(trials.Count >= ForwardingOptions.DoubtsAfter - ForwardingOptions.OpensAfter, $"It was tried {trials.Count} times alone.");
        Assert.All(consumer.Requests.Where(r => r.At < trials[^1].At && !r.Ids.Contains(ids[17])), r => Assert.DoesNotContain(ids[19], r.Ids));
    }

    [Fact]
    public async Task One_that_is_broken_itself_loses_nothing_however_long_it_is()
    {
        var sender = await site.SenderAsync();
        var broken = true;
        await using var consumer = await TestConsumer.StartedAsync();
        consumer.OnPost = _ => Task.FromResult(broken ? (500, "The database is gone.") : (200, "[]"));
        var id = await sender.AddAsync(consumer);
        var ids = await sender.PostAsync([.. Enumerable.Range(0, 10).Select(_ => SendingSystem.Statement(registration: Guid.NewGuid()))]);
        var failing = await site.UntilAsync(id, c => c.Failures > ForwardingOptions.DoubtsAfter);
        Assert.Equal((ConsumerProblem.Failed, 0, 0L), (failing.Problem, failing.Refused, failing.Delivered));

        broken = false;
        Assert.Equal(ids, await consumer.WaitAsync(10));
        await site.EmptyAsync(id);
        Assert.Equal((0, 10L), ((await site.ReadAsync(id)).Refused, (await site.ReadAsync(id)).Delivered));
    }

    [Fact]
    public async Task One_that_refuses_everything_is_at_fault_itself()
    {
        var sender = await site.SenderAsync();
        await using var consumer = new TestConsumer { OnPost = _ => Task.FromResult((400, "No.")) };
        var id = await sender.AddAsync(consumer);
        await sender.PostAsync([.. Enumerable.Range(0, 50).Select(_ => SendingSystem.Statement())]);
        await consumer.StartAsync();
        var refusing = await site.UntilAsync(id, c => c.Problem == ConsumerProblem.RefusesAll);
        Assert.InRange(refusing.Refused, 1, ForwardingOptions.MostRefusedInARow);
    }

    [Theory]
    [InlineData("same", 1, 0, ConsumerProblem.None)]
    [InlineData("other", 0, 1, ConsumerProblem.None)]
    [InlineData("hidden", 1, 0, ConsumerProblem.Unverified)]
    public async Task A_conflict_is_a_delivery_unless_the_consumer_shows_another_statement(string theirs, long delivered, int refused, ConsumerProblem problem)
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        string? last = null;
        consumer.OnPost = r => Task.FromResult((409, last = r.Statements[0].GetRawText()));
        consumer.OnGet = _ => theirs switch { "same" => (200, last!), "other" => (200, last!.Replace("completed", "passed", StringComparison.Ordinal)), _ => (403, "") };
        var id = await sender.AddAsync(consumer);
        var sent = await sender.PostAsync(SendingSystem.Statement());
        await site.EmptyAsync(id);
        var known = await site.ReadAsync(id);
        Assert.Equal((delivered, refused, problem), (known.Delivered, known.Refused, known.Problem));
        Assert.Contains(consumer.Requests, r => r.Path == $"/xapi/statements?statementId={sent[0]}");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var sender = await site.SenderAsync();
        await using var elsewhere = await TestConsumer.StartedAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        consumer.AnswerHeaders["Location"] = $"{elsewhere.Address}/statements";
        consumer.OnPost = _ => Task.FromResult((307, ""));
        var id = await sender.AddAsync(consumer);
        await sender.PostAsync(SendingSystem.Statement());
        var known = await site.UntilAsync(id, c => c.Failures >= 2);
        Assert.Equal((ConsumerProblem.Redirected, 307, $"{elsewhere.Address}/statements"), (known.Problem, known.ProblemStatus, known.ProblemDetail));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_slow_consumer_slows_nobody_who_sends()
    {
        var sender = await site.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        consumer.OnPost = async _ =>
        {
            await Task.Delay(5_000);
            return (200, "[]");
        };
        var id = await sender.AddAsync(consumer);
        await sender.PostAsync(SendingSystem.Statement());
        while (consumer.Requests.IsEmpty) await Task.Delay(10);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 40; i++) await sender.PostAsync(SendingSystem.Statement());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4) && consumer.Taken.IsEmpty, $"40 requests took {watch.Elapsed}");
        Assert.Single(consumer.Requests);
        using var removed = await sender.ApiAsync(HttpMethod.Delete, $"/{id}");
    }
}
