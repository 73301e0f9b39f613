using System.Text.Json;
using Lms.Web.Features.Xapi.Store;
using System.Collections.Concurrent;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Faults;

/// <summary>kill -9 while people work: what the site acknowledged is there, once.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const int Kills = 20;
    private const int AtOnce = 50;
    private const int People = 400;

    private readonly KillableSite _site = new();
    private readonly ConcurrentQueue<(Guid Id, string Email)> _people = [];
    private readonly ConcurrentBag<Acknowledged> _kept = [];

    public async ValueTask InitializeAsync()
    {
        await _site.WithServicesAsync(async services => (await SimulatedLearner.AddPeopleAsync(services, People)).ForEach(_people.Enqueue));
        await _site.StartAsync();
    }

    [Fact]
    public async Task Killed_twenty_times_the_site_loses_nothing_that_it_acknowledged_and_doubles_nothing()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        using var enough = new CancellationTokenSource();
        var learners = Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => LearnAsync(enough.Token, limit.Token))).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(Random.Shared.Next(200, 1500), limit.Token);
            await _site.KillAsync();
            await _site.StartAsync();
        }
        await enough.CancelAsync();
        await Task.WhenAll(learners);
        await _site.KillAsync();

        await _site.WithServicesAsync(async services =>
        {
            var jobs = services.GetRequiredService<Lms.Web.Jobs.JobRunner>();
            var db = services.GetRequiredService<LmsDbContext>();
            await _site.EndLeasesAsync(limit.Token);
            await db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, DateTime.UnixEpoch), limit.Token);
            while (await jobs.RunDueAsync(limit.Token) > 0) { }
            foreach (var kept in _kept) await kept.AssertAsync(db);
            await TestDatabase.AssertSoundAsync(db, limit.Token);
        });
        Assert.True(_kept.Count(k => k.Submitted) >= AtOnce, $"Only {_kept.Count(k => k.Submitted)} learners finished: the test shows too little.");
    }

    private async Task LearnAsync(CancellationToken enough, CancellationToken limit)
    {
        while (!enough.IsCancellationRequested && _people.TryDequeue(out var person))
        {
            var kept = new Acknowledged(person.Id);
            _kept.Add(kept);
            using var learner = new SimulatedLearner(_site.Address, person.Email, limit);
            await learner.LearnAsync(kept);
        }
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
