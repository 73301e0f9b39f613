using System.Diagnostics;
using Lms.Web.Jobs;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Lms.Web.Data;

/// <summary>After a commit: tells the worker of outbox messages, and readers that the statements are there.</summary>
internal sealed class CommitInterceptor(OutboxSignal signal, SiteMetrics metrics) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LmsDbContext db)
        {
            db.SavingSince = Stopwatch.GetTimestamp();
            db.CarriesMessages = db.ChangeTracker.Entries<OutboxMessage>().Any(m => m.State is EntityState.Added or EntityState.Modified);
        }
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LmsDbContext db)
        {
            db.CloseOpen();
            metrics.Committed("work", db.SavingSince);
            if (db.CarriesMessages) signal.Set();
        }
        return ValueTask.FromResult(result);
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as LmsDbContext)?.CloseOpen();
        return Task.CompletedTask;
    }
}
