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
        await _site.WithServicesAsync(AddPeopleAsync);
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
            foreach (var kept in _kept) await AssertKeptAsync(db, kept);
            await TestDatabase.AssertSoundAsync(db, limit.Token);
        });
        Assert.True(_kept.Count(k => k.Submitted) >= AtOnce, $"Only {_kept.Count(k => k.Submitted)} learners finished: the test shows too little.");
    }

    private static async Task AssertKeptAsync(LmsDbContext db, Acknowledged kept)
    {
        if (kept.Enrolment == Guid.Empty) return;
        var enrolment = await db.Enrolments.AsNoTracking().SingleAsync(e => e.LearnerId == kept.LearnerId);
        Assert.Equal(kept.Enrolment, enrolment.Id);
        Assert.All(kept.Lessons, lesson => Assert.True(enrolment.HasDone(lesson)));
        if (kept.Check) Assert.NotNull(await db.CheckAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.EnrolmentId == enrolment.Id));
        if (kept.Attempt != Guid.Empty)
        {
            var attempt = await db.Attempts.AsNoTracking().SingleAsync(a => a.EnrolmentId == enrolment.Id);
            Assert.All(kept.Answers, position => Assert.NotNull(attempt.Answers.Single(a => a.Position == position).AnsweredAt));
            if (kept.Submitted) Assert.True(attempt.Passed);
        }
        if (kept.Submitted) Assert.NotNull(enrolment.CompletedAt);
        Assert.Equal(enrolment.CompletedAt is null ? 0 : 1, await db.Certificates.CountAsync(c => c.EnrolmentId == enrolment.Id));

        var said = (await db.StatementsOf(enrolment.Id).Select(s => s.Json).ToListAsync())
            .CountBy(json => JsonDocument.Parse(json).RootElement.GetProperty("verb").GetProperty("id").GetString()!).ToDictionary();
        Assert.Equal(1, said[Verbs.Registered.Id]);
        // One for each lesson, one for the assessment and one for the course.
        Assert.Equal(enrolment.Completions.Count + (enrolment.PassedAt is null ? 0 : 1) + (enrolment.CompletedAt is null ? 0 : 1), said.GetValueOrDefault(Verbs.Completed.Id));
        Assert.Equal(enrolment.PassedAt is null ? 0 : 1, said.GetValueOrDefault(Verbs.Passed.Id));
        Assert.Equal(enrolment.CompletedAt is null ? 0 : 1, said.GetValueOrDefault(Verbs.Earned.Id));
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

    private async Task AddPeopleAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<LmsDbContext>();
        var people = services.GetRequiredService<UserManager<Person>>();
        var hub = await db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub);
        var hash = people.PasswordHasher.HashPassword(null!, TestSite.Password);
        for (var i = 0; i < People; i++)
        {
            var email = $"learner{i}@example.org";
            var person = new Person
            {
                Name = $"Learner {i}", UserName = email, NormalizedUserName = people.NormalizeName(email), Email = email, NormalizedEmail = people.NormalizeEmail(email),
                EmailConfirmed = true, CentreId = hub.Id, PasswordHash = hash, SecurityStamp = Guid.NewGuid().ToString("N"), CreatedAt = DateTime.UtcNow,
            };
            db.Add(person);
            _people.Enqueue((person.Id, email));
        }
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
