using System.Data.Common;

namespace Lms.Web.Data.SqlServer;

/// <summary>The database's locks by name, which end with a transaction.</summary>
internal static class AppLock
{
    /// <summary>SQL that takes the lock, or fails when it is not free in time.</summary>
    /// <param name="name">Its name, of the program's own.</param>
    /// <param name="alone">False when others who don't need it alone may have it, too.</param>
    /// <param name="wait">How long it is waited for, in milliseconds.</param>
    public static string Take(string name, bool alone, int wait = 60_000) => $"""
        DECLARE @{name} int; EXEC @{name} = sp_getapplock @Resource = N'seedlot-{name}', @LockMode = N'{(alone ? "Exclusive" : "Shared")}', @LockOwner = N'Transaction', @LockTimeout = {wait};
        IF @{name} < 0 THROW 51000, N'The lock seedlot-{name} was not free in time.', 1;
        """;

    /// <summary>A command within the transaction.</summary>
    public static DbCommand CommandIn(DbTransaction transaction, string sql)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command;
    }

    public static async Task RunAsync(DbTransaction transaction, string sql, CancellationToken ct)
    {
        await using var command = CommandIn(transaction, sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
