using System.Data.Common;
using System.Diagnostics;
using Lms.Web.Jobs;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Lms.Web.Data;

/// <summary>After a commit: tells the worker of outbox messages, and readers that the statements are there.</summary>
internal sealed class CommitInterceptor(OutboxSignal signal, SiteMetrics metrics) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LmsDbContext db)
        {
            db.SavingSince = Stopwatch.GetTimestamp();
            // One command alone is its own transaction.
            db.MayHaveSaved = db.Database.CurrentTransaction is null;
            db.CarriesMessages = db.ChangeTracker.Entries<OutboxMessage>().Any(m => m.State is EntityState.Added or EntityState.Modified);
        }
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LmsDbContext db)
        {
            await db.CommitSavedAsync();
            metrics.Committed("work", db.SavingSince);
            if (db.CarriesMessages) signal.Set();
        }
        return result;
    }

    ValueTask<InterceptionResult> IDbTransactionInterceptor.TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken)
    {
        if (eventData.Context is LmsDbContext db) db.MayHaveSaved = true;
        return ValueTask.FromResult(result);
    }

    // A transaction of the caller's, in which messages were saved before.
    Task IDbTransactionInterceptor.TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        if (eventData.Context is LmsDbContext { CarriesMessages: true }) signal.Set();
        return Task.CompletedTask;
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as LmsDbContext)?.CloseOpen();
        return Task.CompletedTask;
    }
}
