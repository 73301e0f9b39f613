using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace Lms.Web.Data.PostgreSql;

/// <summary>The database of several nodes. Texts compare byte by byte, as they do in this program; ids are its own type.</summary>
public sealed class PostgreSqlLmsDbContext(DbContextOptions<PostgreSqlLmsDbContext> options) : LmsDbContext(options)
{
    private const string Ordinal = "C";
    private const string AnyLanguage = "und-x-icu";

    public override bool IsUniqueViolation(DbUpdateException failure) =>
        failure?.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsLostRace(DbUpdateException failure) =>
        base.IsLostRace(failure) || failure?.InnerException is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    public override object DatabaseValue(Guid id) => id;

    public override Guid GuidAt(DbDataReader reader, int column)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.GetGuid(column);
    }

    public override string InsertOrIgnore(string table, string[] columns, int rows) => InsertOnConflictDoNothing(table, columns, rows);

    public override Task OpenWriterAsync(CancellationToken ct) => Database.OpenConnectionAsync(ct);

    public override Task CopyToAsync(string file, CancellationToken ct) => throw new NotSupportedException();

    protected override void StoreCompactly(PropertyBuilder<Guid> id)
    {
    }

    // The collation of the texts themselves knows no letters beyond ASCII.
    protected override Expression Matches(Expression text, Expression pattern) =>
        Expression.Call(typeof(NpgsqlDbFunctionsExtensions), nameof(NpgsqlDbFunctionsExtensions.ILike), null, Functions,
            Expression.Call(typeof(RelationalDbFunctionsExtensions), nameof(RelationalDbFunctionsExtensions.Collate), [typeof(string)], Functions, text, Expression.Constant(AnyLanguage)),
            pattern, Expression.Constant("\\"));

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation(Ordinal);
    }
}
