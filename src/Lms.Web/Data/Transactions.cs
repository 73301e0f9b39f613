using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lms.Web.Data;

/// <summary>Several steps that are one commit.</summary>
public static class Transactions
{
    /// <summary>
    /// Runs <paramref name="work"/> in a transaction and commits it. When a server's connection breaks in between, all of it runs again with fresh
    /// entities, so the work must load what it decides on. A commit is not repeated: nobody knows whether it happened.
    /// </summary>
    /// <param name="db">The context of the work.</param>
    /// <param name="work">What is done; it throws nothing away that it did not load itself.</param>
    /// <param name="ct">Cancels it.</param>
    /// <param name="isolation">How the transaction sees others.</param>
    /// <param name="keeps">Whether what the work came to is to be kept; what is not is rolled back.</param>
    public static Task<T> TransactionAsync<T>(
        this LmsDbContext db, Func<Task<T>> work, CancellationToken ct, IsolationLevel isolation = IsolationLevel.Unspecified, Func<T, bool>? keeps = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(work);
        // Of two that are serializable, the second waits on some databases; on others it fails, and finds what the first one did when it comes again.
        return isolation == IsolationLevel.Serializable ? db.RetryAsync(() => OnceAsync(db, work, isolation, keeps, ct)) : OnceAsync(db, work, isolation, keeps, ct);
    }

    private static async Task<T> OnceAsync<T>(LmsDbContext db, Func<Task<T>> work, IsolationLevel isolation, Func<T, bool>? keeps, CancellationToken ct)
    {
        IDbContextTransaction? open = null;
        try
        {
            var result = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                if (open is not null) db.ChangeTracker.Clear();
                open = await db.Database.BeginTransactionAsync(isolation, ct);
                try
                {
                    return await work();
                }
                catch
                {
                    await open.DisposeAsync();
                    throw;
                }
            });
            if (keeps?.Invoke(result) != false) await open!.CommitAsync(ct);
            return result;
        }
        finally
        {
            if (open is not null) await open.DisposeAsync();
        }
    }

    /// <summary>Runs work that comes to nothing to tell of.</summary>
    public static Task TransactionAsync(this LmsDbContext db, Func<Task> work, CancellationToken ct, IsolationLevel isolation = IsolationLevel.Unspecified)
    {
        ArgumentNullException.ThrowIfNull(work);
        return db.TransactionAsync(async () =>
        {
            await work();
            return true;
        }, ct, isolation);
    }
}
