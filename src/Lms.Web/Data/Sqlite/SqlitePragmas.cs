using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Lms.Web.Data.Sqlite;

/// <summary>
/// Settings that SQLite keeps per connection. FULL makes a commit survive power loss; the busy timeout lets SQLite itself
/// wait for the writer before us, which is far quicker than the driver's 150 ms sleeps.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA busy_timeout=15000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000;";

    // The driver pools connections: one that comes back has them still.
    private static readonly ConditionalWeakTable<sqlite3, object> Set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is not SqliteConnection { Handle: { } handle } || !Set.TryAdd(handle, Pragmas)) return;
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
