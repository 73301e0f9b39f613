using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data;

/// <summary>Repeats a unit of work that lost a race.</summary>
public static class Retry
{
    private const int Attempts = 6;

    /// <summary>
    /// Runs <paramref name="work"/>, and again with fresh entities when another request changed the same row first or wrote the
    /// same "once only" row. The work must load what it decides on and end with one <c>SaveChanges</c>.
    /// </summary>
    public static async Task<T> RetryAsync<T>(this LmsDbContext db, Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(work);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (DbUpdateException lost) when (attempt < Attempts && db.IsLostRace(lost))
            {
                db.ChangeTracker.Clear();
                await Task.Delay(Random.Shared.Next(2, 10 << attempt));
            }
        }
    }
}
