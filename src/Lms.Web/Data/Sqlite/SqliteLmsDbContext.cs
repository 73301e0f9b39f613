using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data.Sqlite;

/// <summary>The embedded default: one file, write-ahead log, every commit on disk before it is acknowledged.</summary>
public sealed class SqliteLmsDbContext(DbContextOptions<SqliteLmsDbContext> options) : LmsDbContext(options)
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;

    public override bool IsUniqueViolation(DbUpdateException failure) =>
        failure?.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey };

    public override async Task CopyToAsync(string file, CancellationToken ct) =>
        await Database.ExecuteSqlAsync($"VACUUM INTO {file}", ct);
}
