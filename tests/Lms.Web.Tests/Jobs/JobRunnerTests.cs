using System.Collections.Concurrent;
using Lms.Web.Data;
using Lms.Web.Jobs;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Jobs;

/// <summary>The outbox and its worker on a real database, with jobs of the test's own.</summary>
public sealed class JobRunnerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-jobs-").FullName;
    private readonly TestDatabase _database;
    private readonly Clock _clock = new();
    private ServiceProvider _services = null!;

    public JobRunnerTests() => _database = new TestDatabase(_folder);

    public async ValueTask InitializeAsync()
    {
        _services = Process();
        await _services.MigrateAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_message_exists_only_if_its_commit_does()
    {
        await using (var scope = _services.CreateAsyncScope())
            scope.ServiceProvider.GetRequiredService<Outbox>().Add(new Ping("never saved"));
        Assert.Equal(0, await RunDueAsync(_services));

        await SendAsync("saved");
        Assert.Equal(1, await RunDueAsync(_services));
        Assert.Equal(["saved"], Record().Done);
    }

    [Fact]
    public async Task A_finished_job_leaves_no_row_and_never_runs_again()
    {
        await SendAsync("once");
        await RunDueAsync(_services);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await RunDueAsync(_services));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task A_failing_job_waits_longer_each_time_and_then_is_set_aside_with_its_error()
    {
        await SendAsync("fail");
        var waits = new List<TimeSpan>();
        for (var attempt = 1; attempt <= OutboxMessage.MaxAttempts; attempt++)
        {
            Assert.Equal(1, await RunDueAsync(_services));
            var row = Assert.Single(await RowsAsync());
            Assert.Equal(attempt, row.Attempts);
            waits.Add(row.DueAt - _clock.GetUtcNow().UtcDateTime);
            Assert.Equal(0, await RunDueAsync(_services));
            _clock.Advance(row.DueAt - _clock.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(1));
        }

        var dead = Assert.Single(await RowsAsync());
        Assert.Equal(JobState.Failed, dead.State);
        Assert.Contains("The printer is on fire.", dead.Error, StringComparison.Ordinal);
        Assert.True(waits[5] > waits[0] * 4, "The sixth wait is much longer than the first.");
        Assert.Equal(0, await RunDueAsync(_services));
    }

    [Fact]
    public async Task A_dead_letter_runs_again_when_a_person_retries_it()
    {
        await SendAsync("fail");
        for (var attempt = 0; attempt < OutboxMessage.MaxAttempts; attempt++)
        {
            await RunDueAsync(_services);
            _clock.Advance(TimeSpan.FromHours(2));
        }
        Record().Mended = true;
        await using (var scope = _services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
            (await db.Outbox.SingleAsync(TestContext.Current.CancellationToken)).Retry(_clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, await RunDueAsync(_services));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task A_job_whose_process_died_runs_again_when_its_lease_is_over()
    {
        await SendAsync("die");
        await LeaveRunningAsync();

        Assert.Equal(0, await RunDueAsync(_services));
        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await RunDueAsync(_services));
        Assert.Equal(["die"], Record().Done);
    }

    [Fact]
    public async Task A_process_that_stops_gives_its_job_back_at_once()
    {
        await SendAsync("stop");
        using var stop = new CancellationTokenSource();
        Record().OnRun = stop.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner(_services).RunDueAsync(stop.Token));
        Record().OnRun = null;

        var row = Assert.Single(await RowsAsync());
        Assert.Equal((JobState.Pending, 0, null), (row.State, row.Attempts, row.LeaseUntil));
        Assert.Equal(1, await RunDueAsync(_services));
        Assert.Equal(["stop"], Record().Done);
    }

    [Fact]
    public async Task Who_failed_after_another_took_over_changes_nothing()
    {
        await SendAsync("fail");
        Record().OnRun = () =>
        {
            Record().OnRun = null;
            _clock.Advance(TimeSpan.FromMinutes(3));
            Record().Mended = true;
            Assert.Equal(1, RunDueAsync(_services).GetAwaiter().GetResult());
            Record().Mended = false;
        };
        Assert.Equal(1, await RunDueAsync(_services));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task Two_workers_on_one_database_run_each_job_once()
    {
        for (var i = 0; i < 40; i++) await SendAsync($"job {i}");
        await using var second = Process();
        await Task.WhenAll(DrainAsync(_services), DrainAsync(second));

        var done = Record().Done.Concat(second.GetRequiredService<Record>().Done).ToList();
        Assert.Equal(40, done.Count);
        Assert.Equal(40, done.Distinct().Count());

        static async Task DrainAsync(ServiceProvider process)
        {
            while (await RunDueAsync(process) > 0) { }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ServiceProvider Process() => new ServiceCollection()
        .AddLogging().Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3).AddSingleton<TimeProvider>(_clock).AddSingleton<Record>()
        .AddData(new ConfigurationBuilder().AddInMemoryCollection(_database.Settings).Build(), new DataFolder(_folder)).AddJobs().AddJob<Ping, Answer>()
        .BuildServiceProvider();

    private Record Record() => _services.GetRequiredService<Record>();
    private static JobRunner Runner(ServiceProvider process) => process.GetRequiredService<JobRunner>();
    private static Task<int> RunDueAsync(ServiceProvider process) => Runner(process).RunDueAsync(TestContext.Current.CancellationToken);

    private async Task SendAsync(string text)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Outbox>().Add(new Ping(text));
        await scope.ServiceProvider.GetRequiredService<LmsDbContext>().SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What a process leaves that dies while it runs a job.</summary>
    private async Task LeaveRunningAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        var until = _clock.GetUtcNow().UtcDateTime + JobRunner.Lease;
        await scope.ServiceProvider.GetRequiredService<LmsDbContext>().Outbox.ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, JobState.Running).SetProperty(m => m.Attempts, 1).SetProperty(m => m.LeaseUntil, until), TestContext.Current.CancellationToken);
    }

    private async Task<List<OutboxMessage>> RowsAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LmsDbContext>().Outbox.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }
}

public sealed record Ping(string Text);

public sealed class Record
{
    public ConcurrentQueue<string> Done { get; } = [];
    public bool Mended { get; set; }
    public Action? OnRun { get; set; }
}

internal sealed class Answer(Record record) : IJob<Ping>
{
    public Task RunAsync(Ping message, CancellationToken ct)
    {
        record.OnRun?.Invoke();
        ct.ThrowIfCancellationRequested();
        if (message.Text == "fail" && !record.Mended) throw new InvalidOperationException("The printer is on fire.");
        record.Done.Enqueue(message.Text);
        return Task.CompletedTask;
    }
}

/// <summary>A clock that a test moves.</summary>
public sealed class Clock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    public override DateTimeOffset GetUtcNow() => _now;
    public void Advance(TimeSpan by) => _now += by;
}
