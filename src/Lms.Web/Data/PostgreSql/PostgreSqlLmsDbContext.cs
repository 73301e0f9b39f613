using System.Data.Common;
using System.Linq.Expressions;
using Lms.Web.Features.Xapi.Documents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace Lms.Web.Data.PostgreSql;

/// <summary>The database of several nodes. Texts compare byte by byte, as they do in this program; ids are its own type.</summary>
public sealed class PostgreSqlLmsDbContext(DbContextOptions<PostgreSqlLmsDbContext> options) : LmsDbContext(options)
{
    private const string Ordinal = "C";
    private const int ReferencesLock = 0x5EF5;
    private const string AnyLanguage = "und-x-icu";

    public override bool IsUniqueViolation(DbUpdateException failure) =>
        failure?.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    protected override bool IsLostRace(DbException failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation };

    public override object DatabaseValue(Guid id) => id;

    public override Guid GuidAt(DbDataReader reader, int column)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.GetGuid(column);
    }

    public override string InsertOrIgnore(string table, string[] columns, int rows) => InsertOnConflictDoNothing(table, columns, rows);

    public override bool GathersRows => true;

    public override void WriteTogether(DbTransaction transaction, IReadOnlyList<GatheredRows> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        using var batch = new NpgsqlBatch((NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction)transaction);
        foreach (var rows in tables)
        {
            var columns = string.Join(", ", rows.Columns.Select(c => $"\"{c.Name}\""));
            var arrays = string.Join(", ", rows.Columns.Select((_, i) => $"${i + 1}"));
            var command = new NpgsqlBatchCommand($"INSERT INTO \"{rows.Table}\" ({columns}) SELECT * FROM unnest({arrays}){(rows.OrIgnore ? " ON CONFLICT DO NOTHING" : "")}");
            for (var i = 0; i < rows.Columns.Count; i++) command.Parameters.Add(new NpgsqlParameter { Value = rows.Values(i), DataTypeName = TypeOf(rows.Columns[i].Type) + "[]" });
            batch.BatchCommands.Add(command);
        }
        batch.ExecuteNonQuery();
    }

    public override async Task HoldReferencesAsync(DbTransaction transaction, bool alone, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = ($"SELECT pg_advisory_xact_lock{(alone ? "" : "_shared")}({ReferencesLock}, 0)", transaction);
        await command.ExecuteNonQueryAsync(ct);
    }

    public override Task OpenWriterAsync(CancellationToken ct) => Database.OpenConnectionAsync(ct);

    public override Task<long> SizeAsync(CancellationToken ct) =>
        Database.SqlQueryRaw<long>("""SELECT pg_database_size(current_database()) AS "Value" """).SingleAsync(ct);

    // Of the settings: an open connection no longer tells its password.
    public override Task CopyToAsync(string file, CancellationToken ct) => PostgreSqlBackup.WriteAsync(file, this.GetService<IConfiguration>()["LMS:Database:ConnectionString"]!, ct);

    private string TypeOf(Type type) => type == typeof(DateTime?) ? "timestamp with time zone" : this.GetService<IRelationalTypeMappingSource>().FindMapping(type)!.StoreType;

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
        // What is too long is refused where it comes in, and a limit would make nothing smaller.
        configurationBuilder.Properties<string>().UseCollation(Ordinal).HaveColumnType("text");
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // An agent's key may be longer than an entry of an ordered index.
        builder.Entity<XapiDocument>().HasIndex(d => d.Agent).HasMethod("hash");
    }
}
