using System.Data.Common;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lms.Web.Data.Sqlite;

/// <summary>The embedded default: one file, write-ahead log, every commit on disk before it is acknowledged.</summary>
public sealed class SqliteLmsDbContext(DbContextOptions<SqliteLmsDbContext> options, CentreScope scope)
    : LmsDbContext(options, scope)
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;

    public override bool IsUniqueViolation(DbUpdateException failure) =>
        failure?.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey };

    public override object DatabaseValue(Guid id) => id.ToByteArray(bigEndian: true);

    public override Guid GuidAt(DbDataReader reader, int column) => new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    /// <summary>
    /// The statements' ids are 16 bytes, not EF's 36 letters: there are millions of them, in several tables. Being ordered by the time of their
    /// making, they also fill an index from one end.
    /// </summary>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        var bytes = new ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), stored => new Guid(stored, true));
        builder.Entity<StoredStatement>().Property(s => s.Id).HasConversion(bytes);
        builder.Entity<StoredStatement>().Property(s => s.CentreId).HasConversion(bytes);
        builder.Entity<StatementRegistration>().Property(s => s.Registration).HasConversion(bytes);
        builder.Entity<StatementCount>().Property(c => c.CentreId).HasConversion(bytes);
        builder.Entity<RegistrationStep>().Property(s => s.CentreId).HasConversion(bytes);
        builder.Entity<RegistrationStep>().Property(s => s.Registration).HasConversion(bytes);
        builder.Entity<AnswerCount>().Property(c => c.CentreId).HasConversion(bytes);
        builder.Entity<StatementReference>().Property(s => s.TargetId).HasConversion(bytes);
    }

    public override async Task CopyToAsync(string file, CancellationToken ct) =>
        await Database.ExecuteSqlAsync($"VACUUM INTO {file}", ct);
}
