using System.Text.Json;
using Lms.Web.Features.Xapi.Store;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
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

    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-kill-").FullName;
    private readonly string _address = $"http://127.0.0.1:{FreePort()}";
    private readonly ConcurrentQueue<(Guid Id, string Email)> _people = [];
    private readonly ConcurrentBag<Acknowledged> _kept = [];
    private Process? _site;

    public async ValueTask InitializeAsync()
    {
        await WithSiteAsync(AddPeopleAsync);
        await StartAsync();
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
            await KillAsync();
            await StartAsync();
        }
        await enough.CancelAsync();
        await Task.WhenAll(learners);
        await KillAsync();

        await WithSiteAsync(async services =>
        {
            var jobs = services.GetRequiredService<Lms.Web.Jobs.JobRunner>();
            // The leases of killed jobs run out after two minutes; the test need not wait for that.
            var db = services.GetRequiredService<LmsDbContext>();
            await db.Database.ExecuteSqlRawAsync("UPDATE Outbox SET LeaseUntil = '2000-01-01 00:00:00', DueAt = '2000-01-01 00:00:00'", limit.Token);
            while (await jobs.RunDueAsync(limit.Token) > 0) { }
            foreach (var kept in _kept) await AssertKeptAsync(db, kept);
            Assert.Equal("ok", await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").SingleAsync(limit.Token));
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
            using var learner = new SimulatedLearner(new Uri(_address), person.Email, limit);
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

    private async Task WithSiteAsync(Func<IServiceProvider, Task> work)
    {
        await using var site = Site.Build(new SiteOptions(_folder, Urls: null, Quiet: true, Settings: new Dictionary<string, string?>
        {
            ["LMS:Content"] = Content, ["LMS:Admin:Email"] = "admin@example.org", ["LMS:Admin:Password"] = TestSite.Password,
        }));
        await site.PrepareAsync(demo: false, CancellationToken.None);
        await using var scope = site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        await work(scope.ServiceProvider);
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lms.Web.dll"), "--data", _folder, "--urls", _address])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["LMS__Content"], start.Environment["LMS__Limits__Off"]) = (Content, "true");
        _site = Process.Start(start)!;
        _site.OutputDataReceived += (_, _) => { };
        _site.ErrorDataReceived += (_, _) => { };
        _site.BeginOutputReadLine();
        _site.BeginErrorReadLine();
        using var client = new HttpClient();
        for (var tries = 0; tries < 1200; tries++)
        {
            try
            {
                using var reply = await client.GetAsync(new Uri($"{_address}/health/ready"));
                if (reply.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) { }
            await Task.Delay(50);
        }
        Assert.Fail("The site did not start again within a minute.");
    }

    private async Task KillAsync()
    {
        _site!.Kill();
        await _site.WaitForExitAsync();
        _site.Dispose();
        _site = null;
    }

    private static string Content => Path.Combine(AppContext.BaseDirectory, "Support", "content");

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await KillAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
