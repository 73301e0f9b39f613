using System.Data.Common;
using Npgsql;

namespace Lms.Web.Data.PostgreSql;

internal sealed class PostgreSqlRawDatabase(NpgsqlDataSource source) : RawDatabase
{
    public override async Task<DbConnection> OpenAsync(CancellationToken ct) => await source.OpenConnectionAsync(ct);

    public override object Value(Guid id) => id;
}
