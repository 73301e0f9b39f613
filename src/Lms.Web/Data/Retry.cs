using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data;

/// <summary>Repeats a unit of work that lost a race, or found the database away.</summary>
public static class Retry
{
    private const int Attempts = 6;

    /// <summary>
    /// Runs <paramref name="work"/>, and again with fresh entities when another request changed the same row first or wrote the
    /// same "once only" row. The work must load what it decides on and end with one <c>SaveChanges</c>. When the database goes away before that, it
    /// is waited for; when it goes away within, nobody knows whether the work is done, and whoever asked must ask again.
    /// </summary>
    public static async Task<T> RetryAsync<T>(this LmsDbContext db, Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(work);
        for (var attempt = 1; ; attempt++)
        {
            db.MayHaveSaved = false;
            try
            {
                return await work();
            }
            catch (Exception failure) when (attempt < Attempts && (db.IsLostRace(failure) || (!db.MayHaveSaved && IsAway(failure))))
            {
                db.CloseOpen();
                db.ChangeTracker.Clear();
                await Task.Delay(Random.Shared.Next(2, 10 << attempt) * (IsAway(failure) ? 20 : 1));
            }
        }
    }

    /// <summary>Whether the failure says nothing of the work: the database does not answer, stops, starts, or has no place.</summary>
    public static bool IsAway(Exception failure) => Causes(failure).Any(DatabaseProvider.IsAnyAway);

    /// <summary>The failure, and what led to it.</summary>
    internal static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException) yield return cause;
    }
}
