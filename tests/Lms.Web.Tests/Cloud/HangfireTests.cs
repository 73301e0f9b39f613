using Hangfire;
using Hangfire.Storage;
using Lms.Web.Data;
using Lms.Web.Features.Certificates;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Xapi.Privacy;
using Lms.Web.Jobs;
using Lms.Web.Jobs.Hangfire;
using Lms.Web.Tests.Certificates;
using Lms.Web.Tests.Packages;
using Lms.Web.Tests.Support;
using Lms.Web.Tests.Xapi;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Cloud;

/// <summary>A site whose jobs Hangfire runs, with Hangfire's own part in memory.</summary>
public sealed class HangfireSite : IAsyncLifetime
{
    public ConsumerSite Consumers { get; } = new("Hangfire");
    public TestSite Site => Consumers.Site;
    public JobStorage Storage => Site.Services.GetRequiredService<JobStorage>();

    public ValueTask InitializeAsync() => Consumers.InitializeAsync();
    public ValueTask DisposeAsync() => Consumers.DisposeAsync();

    /// <summary>Those that Hangfire ran to their end, by what the dashboard calls them.</summary>
    public List<(long Row, string Name)> Succeeded() =>
        [.. Storage.GetMonitoringApi().SucceededJobs(0, 1000).Select(j => j.Value.Job).Where(j => j.Args.Count == 3).Select(j => ((long)j.Args[0], (string)j.Args[1]))];

    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 400, "It did not happen within twenty seconds.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>Hangfire has one place for its logs in a process: one site after the other.</summary>
[CollectionDefinition(Name)]
public sealed class HangfireGroup : ICollectionFixture<HangfireSite>
{
    public const string Name = "Hangfire";
}

/// <summary>Rows of the outbox become Hangfire's jobs; whatever happens to these, each row's work is done once.</summary>
[Collection(HangfireGroup.Name)]
public sealed class HangfireTests(HangfireSite app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_is_issued_by_a_job_whose_argument_is_its_row()
    {
        var certificate = await app.Site.CertificateAsync();
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Certificates.CountAsync(c => c.EnrolmentId == certificate.EnrolmentId)));
        await HangfireSite.UntilAsync(() => Task.FromResult(app.Succeeded().Any(j => j.Name == nameof(IssueCertificate))));
        var (row, _) = app.Succeeded().First(j => j.Name == nameof(IssueCertificate));
        Assert.False(await app.Site.ReadAsync(db => db.Outbox.AnyAsync(m => m.Id == row)));
    }

    [Fact]
    public async Task A_job_that_comes_again_finds_its_row_done_and_does_nothing()
    {
        var certificate = await app.Site.CertificateAsync();
        await HangfireSite.UntilAsync(() => Task.FromResult(app.Succeeded().Count > 0));
        var (row, name) = app.Succeeded()[0];
        var again = Client.Enqueue<HangfireJobs>(hangfire => hangfire.RunAsync(row, name, CancellationToken.None));
        await HangfireSite.UntilAsync(() => Task.FromResult(StateOf(again) == "Succeeded"));
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Certificates.CountAsync(c => c.EnrolmentId == certificate.EnrolmentId)));
    }

    [Fact]
    public async Task A_job_that_finds_its_row_taken_leaves_it_alone()
    {
        var row = await AddRowAsync(nameof(StartNothing), leased: true, JobState.Running);
        var second = Client.Enqueue<HangfireJobs>(hangfire => hangfire.RunAsync(row, nameof(StartNothing), CancellationToken.None));
        await HangfireSite.UntilAsync(() => Task.FromResult(StateOf(second) == "Succeeded"));
        Assert.Equal(JobState.Running, (await RowAsync(row))!.State);
        await app.Site.ReadAsync(db => db.Outbox.Where(m => m.Id == row).ExecuteDeleteAsync(Ct));
    }

    [Fact]
    public async Task A_row_whose_job_was_lost_is_handed_over_again_when_its_lease_is_over()
    {
        // As it is after another process handed it over to a Hangfire that lost it.
        var row = await AddRowAsync(nameof(CleanUploads), leased: true, JobState.Pending);
        await Task.Delay(TimeSpan.FromSeconds(6), Ct);
        Assert.NotNull(await RowAsync(row));

        await app.Site.ReadAsync(db => db.Outbox.Where(m => m.Id == row).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseUntil, DateTime.UtcNow.AddSeconds(-1)), Ct));
        await HangfireSite.UntilAsync(async () => await RowAsync(row) is null);
        await HangfireSite.UntilAsync(() => Task.FromResult(app.Succeeded().Contains((row, nameof(CleanUploads)))));
    }

    [Fact]
    public async Task A_row_whose_process_died_is_run_by_another_when_its_lease_is_over()
    {
        var row = await AddRowAsync(nameof(CleanUploads), leased: true, JobState.Running);
        await app.Site.ReadAsync(db => db.Outbox.Where(m => m.Id == row).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseUntil, DateTime.UtcNow.AddSeconds(-1)), Ct));
        await HangfireSite.UntilAsync(async () => await RowAsync(row) is null);
    }

    [Fact]
    public async Task What_fails_is_tried_again_by_the_outbox_and_not_by_hangfire()
    {
        var row = await AddRowAsync(nameof(StartNothing), leased: false, JobState.Pending);
        await HangfireSite.UntilAsync(async () => (await RowAsync(row))!.Error is not null);

        var failed = (await RowAsync(row))!;
        Assert.Equal((JobState.Pending, 1), (failed.State, failed.Attempts));
        Assert.True(failed.DueAt > DateTime.UtcNow);
        await HangfireSite.UntilAsync(() => Task.FromResult(app.Storage.GetMonitoringApi().DeletedJobs(0, 1000).Any(j => j.Value.Job.Args[0] is long id && id == row)));
        Assert.Equal((0, 0), (app.Storage.GetMonitoringApi().ScheduledCount(), app.Storage.GetMonitoringApi().FailedCount()));

        // After the wait it is handed over again, and counted on.
        await app.Site.ReadAsync(db => db.Outbox.Where(m => m.Id == row).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, DateTime.UtcNow), Ct));
        await HangfireSite.UntilAsync(async () => (await RowAsync(row))!.Attempts == 2);
        await app.Site.ReadAsync(db => db.Outbox.Where(m => m.Id == row).ExecuteDeleteAsync(Ct));
    }

    [Fact]
    public async Task An_import_waits_in_a_queue_of_its_own()
    {
        var upload = await app.Site.ReadAsync(async db =>
        {
            var person = await app.Site.AddPersonAsync(Role.Instructor);
            var row = new PackageUpload { CentreId = person.CentreId, PersonId = person.Id, FileName = "hands.zip", Length = 1, Settings = new ImportSettings(), CreatedAt = DateTime.UtcNow };
            db.Add(row);
            await db.SaveChangesAsync(Ct);
            return row;
        });
        await app.Site.RunAsync(async services =>
        {
            await using var bytes = new MemoryStream(ImportTests.Unique().Build());
            return await services.GetRequiredService<PackageUploads>().TakeWholeAsync(await services.GetRequiredService<LmsDbContext>().PackageUploads.SingleAsync(u => u.Id == upload.Id, Ct), bytes, Ct);
        });
        await HangfireSite.UntilAsync(async () => await app.Site.ReadAsync(db => db.PackageUploads.AnyAsync(u => u.Id == upload.Id && u.State == UploadState.Imported, Ct)));
        await HangfireSite.UntilAsync(() => Task.FromResult(app.Storage.GetMonitoringApi().SucceededJobs(0, 1000).Any(j => j.Value.Job.Args is [long, nameof(ImportPackage), ..] && QueueOf(j.Key) == "bulk")));
    }

    [Fact]
    public void Each_crew_has_a_server_and_takes_what_is_urgent_first()
    {
        var crews = app.Storage.GetMonitoringApi().Servers().Select(s => string.Join(' ', s.Queues)).Order(StringComparer.Ordinal);
        Assert.Equal(["bulk", "critical", "critical default", "forwarding"], crews);
        // SQL Server's storage takes queues by the alphabet.
        Assert.True(string.CompareOrdinal(HangfireProvider.NameOf(JobQueue.Critical), HangfireProvider.NameOf(JobQueue.Default)) < 0);
    }

    [Fact]
    public async Task Recurring_jobs_are_hangfires_and_run_through_the_outbox()
    {
        using var connection = app.Storage.GetConnection();
        await HangfireSite.UntilAsync(() => Task.FromResult(connection.GetRecurringJobs().Count > 0));
        var jobs = app.Site.Services.GetRequiredService<JobRegistry>().Recurring;
        Assert.Equal(jobs.Select(j => (j.Name, j.Schedule!.Cron)).Order(), connection.GetRecurringJobs().Select(j => (j.Id, j.Cron)).Order());

        var before = await app.Site.ReadAsync(db => db.RecurringRuns.Where(r => r.Job == nameof(StartRetention)).Select(r => r.LastAt).SingleAsync(Ct));
        app.Site.Services.GetRequiredService<IRecurringJobManagerV2>().Trigger(nameof(StartRetention));
        await HangfireSite.UntilAsync(async () => await app.Site.ReadAsync(db => db.RecurringRuns.AnyAsync(r => r.Job == nameof(StartRetention) && r.LastAt > before, Ct)));
        await HangfireSite.UntilAsync(() => Task.FromResult(app.Succeeded().Any(j => j.Name == nameof(StartRetention))));
    }

    private IBackgroundJobClientV2 Client => app.Site.Services.GetRequiredService<IBackgroundJobClientV2>();

    private string? StateOf(string job)
    {
        using var connection = app.Storage.GetConnection();
        return connection.GetStateData(job)?.Name;
    }

    private string? QueueOf(string job) => app.Storage.GetMonitoringApi().JobDetails(job).History.Select(h => h.Data.TryGetValue("Queue", out var queue) ? queue : null).FirstOrDefault(queue => queue is not null);

    private Task<OutboxMessage?> RowAsync(long id) => app.Site.ReadAsync(db => db.Outbox.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, Ct));

    private Task<long> AddRowAsync(string job, bool leased, JobState state) => app.Site.ReadAsync(async db =>
    {
        // Not due until it is as the test wants it.
        var row = new OutboxMessage { Job = job, Payload = """{"At":"2026-01-01T00:00:00Z"}""", CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow.AddHours(1) };
        db.Outbox.Add(row);
        await db.SaveChangesAsync(Ct);
        DateTime? until = leased ? DateTime.UtcNow.AddMinutes(2) : null;
        await db.Outbox.Where(m => m.Id == row.Id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, state).SetProperty(m => m.LeaseUntil, until).SetProperty(m => m.DueAt, DateTime.UtcNow), Ct);
        return row.Id;
    });

    /// <summary>The name of a job that no feature has.</summary>
    private sealed class StartNothing;
}
