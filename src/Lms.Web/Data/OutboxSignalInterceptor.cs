using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Lms.Web.Data;

/// <summary>Tells the worker after a commit that carried outbox messages.</summary>
internal sealed class OutboxSignalInterceptor(OutboxSignal signal) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LmsDbContext db)
            db.CarriesMessages = db.ChangeTracker.Entries<OutboxMessage>().Any(m => m.State is EntityState.Added or EntityState.Modified);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LmsDbContext { CarriesMessages: true }) signal.Set();
        return ValueTask.FromResult(result);
    }
}
