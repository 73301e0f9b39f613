using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lms.Web.Data.Sqlite;

/// <summary>The embedded default: one file, write-ahead log, every commit on disk before it is acknowledged.</summary>
public sealed class SqliteLmsDbContext(DbContextOptions<SqliteLmsDbContext> options) : LmsDbContext(options)
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;

    public override bool IsUniqueViolation(DbUpdateException failure) =>
        failure?.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey };

    public override object DatabaseValue(Guid id) => BytesOf(id);

    internal static byte[] BytesOf(Guid id) => id.ToByteArray(bigEndian: true);

    public override Guid GuidAt(DbDataReader reader, int column) => new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Here keys are files.
        builder.Ignore<SiteKey>();
    }

    protected override void StoreCompactly(PropertyBuilder<Guid> id) =>
        id.HasConversion(new ValueConverter<Guid, byte[]>(value => BytesOf(value), stored => new Guid(stored, true)));

    public override string InsertOrIgnore(string table, string[] columns, int rows) => InsertOnConflictDoNothing(table, columns, rows);

    internal override Task SetUpAsync(CancellationToken ct) => Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", ct);

    public override async Task OpenWriterAsync(CancellationToken ct)
    {
        await Database.OpenConnectionAsync(ct);
        await Database.ExecuteSqlRawAsync("PRAGMA cache_size=-48000", ct);
    }

    public override async Task<long> SizeAsync(CancellationToken ct) =>
        await Database.SqlQueryRaw<long>("SELECT page_count * page_size AS Value FROM pragma_page_count(), pragma_page_size()").SingleAsync(ct);

    public override async Task CopyToAsync(string file, CancellationToken ct) =>
        await Database.ExecuteSqlAsync($"VACUUM INTO {file}", ct);
}
