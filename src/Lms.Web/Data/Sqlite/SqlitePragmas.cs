using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Lms.Web.Data.Sqlite;

/// <summary>
/// Settings that SQLite keeps per connection. FULL makes a commit survive power loss; the busy timeout lets SQLite itself
/// wait for the writer before us, which is far quicker than the driver's 150 ms sleeps. The log is moved into the database file each 16 MB: more
/// often, the same pages are written over and over.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // The driver pools its handles, and a handle keeps its settings: they are made once for each, not for each request.
    private static readonly ConditionalWeakTable<object, object> Done = [];

    private const string Pragmas =
        "PRAGMA busy_timeout=15000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000; PRAGMA wal_autocheckpoint=4000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is SqliteConnection sqlite) Set(sqlite);
    }

    public static void Set(SqliteConnection connection)
    {
        if (connection.Handle is not { } handle || !Done.TryAdd(handle, Pragmas)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite's driver has no asynchronous work; this avoids a state machine on every request.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
