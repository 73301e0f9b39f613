using System.Collections.Concurrent;
using Lms.Web.Data;
using Lms.Web.Jobs;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lms.Web.Tests.Jobs;

/// <summary>Which job runs first, which beside which, and which when the clock says so.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-queues-").FullName;
    private readonly TestDatabase _database;
    private readonly Clock _clock = new();
    private readonly Journal _journal = new();
    private ServiceProvider _services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public QueueTests() => _database = new TestDatabase(_folder);

    public async ValueTask InitializeAsync()
    {
        _services = Process();
        await _services.MigrateAsync(Ct);
    }

    [Fact]
    public async Task What_somebody_waits_for_runs_before_what_came_earlier()
    {
        _journal.Gate.SetResult();
        await SendAsync("import", "report", "certificate");
        await _services.GetRequiredService<JobRunner>().RunDueAsync(Ct);
        Assert.Equal(["certificate", "report", "import"], _journal.Done);
    }

    [Fact]
    public async Task A_long_job_holds_up_no_more_urgent_one_and_its_own_queue_waits()
    {
        await SendAsync("import", "import");
        var worker = _services.GetServices<IHostedService>().OfType<InProcessWorker>().Single();
        await worker.StartAsync(Ct);
        await UntilAsync(() => _journal.Begun == 1);
        await SendAsync("certificate", "report", "report");
        await UntilAsync(() => _journal.Done.Count == 3);
        Assert.Equal(1, _journal.Begun);
        Assert.DoesNotContain("import", _journal.Done);

        _journal.Gate.SetResult();
        await UntilAsync(() => _journal.Done.Count == 5);
        await worker.StopAsync(Ct);
    }

    [Fact]
    public async Task A_worker_that_stops_gives_back_what_it_was_at()
    {
        await SendAsync("import");
        var worker = _services.GetServices<IHostedService>().OfType<InProcessWorker>().Single();
        await worker.StartAsync(Ct);
        await UntilAsync(() => _journal.Begun == 1);
        await worker.StopAsync(Ct);

        var row = Assert.Single(await ReadAsync(db => db.Outbox.ToListAsync(Ct)));
        Assert.Equal((JobState.Pending, 0), (row.State, row.Attempts));
    }

    [Fact]
    public async Task A_recurring_job_comes_once_each_time_however_many_processes_there_are()
    {
        await using var second = Process();
        await AddDueAsync(second);
        Assert.Equal(0, await ReadAsync(db => db.Outbox.CountAsync(Ct)));

        _clock.Advance(TimeSpan.FromHours(1));
        await AddDueAsync(second);
        var row = Assert.Single(await ReadAsync(db => db.Outbox.ToListAsync(Ct)));
        Assert.Equal((nameof(Strike), JobQueue.Bulk), (row.Job, row.Queue));

        // A night without power: what was missed is made up for, once.
        _clock.Advance(TimeSpan.FromHours(9));
        await AddDueAsync(second);
        Assert.Equal(2, await ReadAsync(db => db.Outbox.CountAsync(Ct)));
        await using var third = Process();
        await AddDueAsync(third);
        Assert.Equal(2, await ReadAsync(db => db.Outbox.CountAsync(Ct)));
    }

    [Fact]
    public void A_schedule_says_when_it_was_due_and_when_it_will_be()
    {
        var now = new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc);
        Assert.Equal((new DateTime(2026, 11, 22, 7, 17, 0), new DateTime(2026, 11, 22, 8, 17, 0), "17 * * * *"), Of(Schedule.Hourly(17)));
        Assert.Equal((new DateTime(2026, 11, 22, 2, 0, 0), new DateTime(2026, 11, 23, 2, 0, 0), "0 2 * * *"), Of(Schedule.Daily(2)));
        Assert.Equal((new DateTime(2026, 11, 22, 8, 0, 0), new DateTime(2026, 11, 23, 8, 0, 0), "0 8 * * *"), Of(Schedule.Daily(8)));

        (DateTime, DateTime, string) Of(Schedule schedule) => (schedule.LastAt(now), schedule.NextAt(now), schedule.Cron);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ServiceProvider Process() => new ServiceCollection()
        .AddLogging().Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3).AddSingleton<TimeProvider>(_clock).AddSingleton(_journal)
        .AddData(new ConfigurationBuilder().AddInMemoryCollection(_database.Settings).Build(), new DataFolder(_folder)).AddJobs().AddJobWorker(new ConfigurationBuilder().Build())
        .AddJob<Asked, Certify>(JobQueue.Critical).AddJob<Told, Report>().AddJob<Brought, Import>(JobQueue.Bulk)
        .AddRecurringJob<Strike>(Schedule.Hourly(0), JobQueue.Bulk)
        .BuildServiceProvider();

    private Task AddDueAsync(ServiceProvider second) => Task.WhenAll(new[] { _services, second }.Select(s => s.GetRequiredService<RecurringJobs>().AddDueAsync(Ct)));

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 400, "It did not happen within twenty seconds.");
            await Task.Delay(50, Ct);
        }
    }

    private async Task SendAsync(params string[] jobs)
    {
        await using var scope = _services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        foreach (var job in jobs)
        {
            if (job == "certificate") outbox.Add(new Asked());
            if (job == "report") outbox.Add(new Told());
            if (job == "import") outbox.Add(new Brought());
        }
        await scope.ServiceProvider.GetRequiredService<LmsDbContext>().SaveChangesAsync(Ct);
    }

    private async Task<T> ReadAsync<T>(Func<LmsDbContext, Task<T>> read)
    {
        await using var scope = _services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<LmsDbContext>());
    }
}

public sealed record Asked;
public sealed record Told;
public sealed record Brought;

public sealed class Journal
{
    private int _begun;

    public ConcurrentQueue<string> Done { get; } = [];
    public int Begun => _begun;
    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Begin() => Interlocked.Increment(ref _begun);
}

internal sealed class Certify(Journal journal) : IJob<Asked>
{
    public Task RunAsync(Asked message, CancellationToken ct)
    {
        journal.Done.Enqueue("certificate");
        return Task.CompletedTask;
    }
}

internal sealed class Report(Journal journal) : IJob<Told>
{
    public Task RunAsync(Told message, CancellationToken ct)
    {
        journal.Done.Enqueue("report");
        return Task.CompletedTask;
    }
}

/// <summary>Takes as long as the test likes.</summary>
internal sealed class Import(Journal journal) : IJob<Brought>
{
    public async Task RunAsync(Brought message, CancellationToken ct)
    {
        journal.Begin();
        await journal.Gate.Task.WaitAsync(ct);
        journal.Done.Enqueue("import");
    }
}

internal sealed class Strike : IJob<TimeCame>
{
    public Task RunAsync(TimeCame message, CancellationToken ct) => Task.CompletedTask;
}
