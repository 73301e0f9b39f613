using System.Collections.Concurrent;
using System.Globalization;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Jobs;

/// <summary>It is time for a recurring job.</summary>
public sealed record TimeCame(DateTime At);

/// <summary>When a job recurs, in UTC.</summary>
/// <param name="Cron">The same for those who understand cron.</param>
public sealed record Schedule(TimeSpan Every, TimeSpan Offset, string Cron)
{
    public static Schedule Hourly(int minute) =>
        new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(minute), string.Create(CultureInfo.InvariantCulture, $"{minute} * * * *"));

    public static Schedule Daily(int hour) =>
        new(TimeSpan.FromDays(1), TimeSpan.FromHours(hour), string.Create(CultureInfo.InvariantCulture, $"0 {hour} * * *"));

    /// <summary>The last time it was due.</summary>
    public DateTime LastAt(DateTime now) => now.AddTicks(-((now.Ticks - Offset.Ticks) % Every.Ticks));

    public DateTime NextAt(DateTime now) => LastAt(now) + Every;
}

/// <summary>When a recurring job last came.</summary>
public sealed class RecurringRun
{
    public required string Job { get; init; }
    public required DateTime LastAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RecurringRun>
    {
        public void Configure(EntityTypeBuilder<RecurringRun> run)
        {
            run.ToTable("RecurringRuns");
            run.HasKey(r => r.Job);
            run.Property(r => r.Job).HasMaxLength(64);
            run.Property(r => r.LastAt).IsConcurrencyToken();
        }
    }
}

/// <summary>
/// Puts the messages of recurring jobs in the outbox when their time has come. Of all processes that share the database, one does it for each
/// time; after a stop the last time that was missed is made up for, once.
/// </summary>
public sealed class RecurringJobs(IServiceScopeFactory scopes, JobRegistry jobs, TimeProvider clock)
{
    // Two clocks are never quite the same.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, DateTime> _seen = new();

    /// <summary>Looks whether the time of any has come.</summary>
    public async Task AddDueAsync(CancellationToken ct)
    {
        foreach (var job in jobs.Recurring) await AddAsync(job, job.Schedule!.LastAt(Now), ct);
    }

    /// <summary>For a runner that has a clock of its own: its clock, or a person, asks for a job.</summary>
    public async Task AskAsync(string name, CancellationToken ct)
    {
        if (jobs.Recurring.FirstOrDefault(j => j.Name == name) is not { } job) return;
        var (now, at) = (Now, job.Schedule!.LastAt(Now + Slack));
        // Away from its own time it was a person who asked; otherwise other processes ask, too.
        await AddAsync(job, now - at > 2 * Slack ? now : at, ct);
    }

    private async Task AddAsync(JobRegistration job, DateTime at, CancellationToken ct)
    {
        if (_seen.TryGetValue(job.Name, out var seen) && seen >= at) return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        var run = await db.RecurringRuns.SingleOrDefaultAsync(r => r.Job == job.Name, ct);
        // A job that is new here comes at its next time.
        if (run is null) db.Add(new RecurringRun { Job = job.Name, LastAt = at });
        else if (run.LastAt < at)
        {
            run.LastAt = at;
            scope.ServiceProvider.GetRequiredService<Outbox>().Add(job, new TimeCame(at));
        }
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException lost) when (lost is DbUpdateConcurrencyException || db.IsUniqueViolation(lost))
        {
            // Another process was quicker, and has added it.
        }
        _seen[job.Name] = at;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
