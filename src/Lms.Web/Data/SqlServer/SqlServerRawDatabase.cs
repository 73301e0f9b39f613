using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Lms.Web.Data.SqlServer;

internal sealed class SqlServerRawDatabase(string connectionString) : RawDatabase
{
    public override async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override object Value(Guid id) => SqlServerLmsDbContext.BytesOf(id);

    public override string Limit(int rows) => $"OFFSET 0 ROWS FETCH NEXT {rows} ROWS ONLY";
}
