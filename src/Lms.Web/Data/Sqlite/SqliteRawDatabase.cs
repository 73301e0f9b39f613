using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Lms.Web.Data.Sqlite;

internal sealed class SqliteRawDatabase(string connectionString) : RawDatabase
{
    public override Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        // The driver has no asynchronous work to await.
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        SqlitePragmas.Set(connection);
        return Task.FromResult<DbConnection>(connection);
    }

    public override object Value(Guid id) => SqliteLmsDbContext.BytesOf(id);
}
