using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Counting;

/// <summary>The versions by which processes on one database see that what they keep in memory is old.</summary>
internal static class StatementCursors
{
    private static readonly string[] Kept = [StatementCursor.Consumers, StatementCursor.Credentials, StatementCursor.Names];

    /// <summary>Makes the rows of the versions, before anybody needs them.</summary>
    public static async Task AddVersionsAsync(this LmsDbContext db, CancellationToken ct)
    {
        var there = await db.StatementCursors.Select(c => c.Name).ToListAsync(ct);
        foreach (var name in Kept.Except(there)) db.Add(new StatementCursor { Name = name });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Says, within the transaction that is open, that what is kept of this is old.</summary>
    public static Task RaiseAsync(this LmsDbContext db, string name, CancellationToken ct) =>
        db.StatementCursors.Where(c => c.Name == name).ExecuteUpdateAsync(set => set.SetProperty(c => c.Version, c => c.Version + 1), ct);

    /// <summary>Saves what is on the context, and says in the same commit that what is kept of this is old.</summary>
    public static async Task SaveAndRaiseAsync(this LmsDbContext db, string name, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.SaveChangesAsync(ct);
        await db.RaiseAsync(name, ct);
        await transaction.CommitAsync(ct);
    }
}
