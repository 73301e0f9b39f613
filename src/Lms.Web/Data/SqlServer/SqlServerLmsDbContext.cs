using System.Data.Common;
using System.Linq.Expressions;
using Lms.Standards.Cmi5;
using Lms.Standards.Packages;
using Lms.Web.Features.Cmi5;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Xapi.Documents;
using Lms.Web.Features.Xapi.Privacy;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lms.Web.Data.SqlServer;

/// <summary>
/// Microsoft's database. Texts compare code unit by code unit, as they do in this program; what people sort and search by compares without
/// regard to capitals and accents. A key has room for 850 characters: what may be longer is found by its hash.
/// </summary>
public sealed class SqlServerLmsDbContext(DbContextOptions<SqlServerLmsDbContext> options) : LmsDbContext(options)
{
    internal const string Ordinal = "Latin1_General_100_BIN2";
    internal const string ForPeople = "Latin1_General_100_CI_AI";
    private const string AgentHash = "AgentHash";
    private const string TypeHash = "ActivityTypeHash";

    private const int UniqueIndex = 2601, UniqueConstraint = 2627, Deadlock = 1205, SnapshotConflict = 3960;

    public override bool IsUniqueViolation(DbUpdateException failure) =>
        failure?.InnerException is SqlException { Number: UniqueIndex or UniqueConstraint };

    protected override bool IsLostRace(DbException failure) =>
        failure is SqlException { Number: UniqueIndex or UniqueConstraint or Deadlock or SnapshotConflict };

    public override object DatabaseValue(Guid id) => BytesOf(id);

    /// <summary>As what the driver passes on whole: it would round a <see cref="DateTime"/> to the 300th of a second.</summary>
    public override object DatabaseValue(DateTime time) => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    /// <summary>Big-endian, so that ids are in the order of their making: the database's own type begins at the other end.</summary>
    internal static byte[] BytesOf(Guid id) => id.ToByteArray(bigEndian: true);

    public override Guid GuidAt(DbDataReader reader, int column)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new Guid(reader.GetFieldValue<byte[]>(column), bigEndian: true);
    }

    public override string InsertOrIgnore(string table, string[] columns, int rows = 1)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return InsertNewFrom($"(VALUES {Values(columns.Length, rows)})", table, columns);
    }

    /// <summary>The command that puts those rows of a source into a table whose key is not there. Of two with one key, one goes in.</summary>
    internal string InsertNewFrom(string source, string table, string[] columns)
    {
        var key = Model.GetEntityTypes().First(t => t.GetTableName() == table && !t.IsOwned()).FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()).ToArray();
        var names = Quoted(columns);
        // The range is held until the end of the transaction: nobody puts the row in between the look and the write.
        return $"""
            INSERT INTO "{table}" ({names}) SELECT {names} FROM (SELECT {names}, ROW_NUMBER() OVER (PARTITION BY {Quoted(key)} ORDER BY (SELECT 1)) AS "Place"
            FROM {source}{(source[0] == '(' ? $" v ({names})" : "")}) n WHERE "Place" = 1
            AND NOT EXISTS (SELECT 1 FROM "{table}" t WITH (UPDLOCK, HOLDLOCK) WHERE {string.Join(" AND ", key.Select(c => $"t.\"{c}\" = n.\"{c}\""))})
            """;
    }

    internal static string Quoted(string[] columns) => string.Join(", ", columns.Select(c => $"\"{c}\""));

    /// <summary>Rows of parameters: <c>(@p0, @p1), (@p2, @p3)</c>.</summary>
    internal static string Values(int columns, int rows) =>
        string.Join(", ", Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range(row * columns, columns).Select(i => $"@p{i}"))})"));

    public override bool GathersRows => true;

    public override void WriteTogether(DbTransaction transaction, IReadOnlyList<GatheredRows> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var writer = new RowWriter(this, (SqlTransaction)transaction);
        foreach (var rows in tables) writer.Write(rows);
    }

    public override Task HoldReferencesAsync(DbTransaction transaction, bool alone, CancellationToken ct) => AppLock.RunAsync(transaction, AppLock.Take("references", alone), ct);

    public override Task OpenWriterAsync(CancellationToken ct) => Database.OpenConnectionAsync(ct);

    // BACKUP DATABASE writes to a disk of the server, which is out of this program's reach.
    public override Task CopyToAsync(string file, CancellationToken ct) => File.WriteAllTextAsync(file, SqlServerDatabase.OwnBackup, ct);

    /// <summary>Readers see what was committed last instead of waiting for writers. Azure has it so; elsewhere it is switched on once.</summary>
    internal override async Task SetUpAsync(CancellationToken ct)
    {
        if (await Database.SqlQuery<bool>($"SELECT is_read_committed_snapshot_on AS Value FROM sys.databases WHERE database_id = DB_ID()").SingleAsync(ct)) return;
        SqlConnection.ClearPool((SqlConnection)Database.GetDbConnection());
        try
        {
            await Database.ExecuteSqlRawAsync("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT", ct);
        }
        catch (SqlException failure)
        {
            throw new RefusalException($"Readers of the database would wait for its writers. Run this once, while nobody uses it: ALTER DATABASE [{Database.GetDbConnection().Database}] SET READ_COMMITTED_SNAPSHOT ON.", failure);
        }
    }

    public override IQueryable<XapiDocument> DocumentsOf(string agentKey)
    {
        var hash = TextHash.Of(agentKey);
        return base.DocumentsOf(agentKey).Where(d => EF.Property<byte[]>(d, AgentHash) == hash);
    }

    protected override void StoreCompactly(PropertyBuilder<Guid> id)
    {
        ArgumentNullException.ThrowIfNull(id);
        id.HasConversion(new ValueConverter<Guid, byte[]>(value => BytesOf(value), stored => new Guid(stored, true))).HasMaxLength(16).IsFixedLength();
    }

    protected override Expression Matches(Expression text, Expression pattern) =>
        base.Matches(Expression.Call(typeof(RelationalDbFunctionsExtensions), nameof(RelationalDbFunctionsExtensions.Collate), [typeof(string)], Functions, text, Expression.Constant(ForPeople)), pattern);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation(Ordinal);
        configurationBuilder.Properties<decimal>().HavePrecision(18, 10);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.Entity<Centre>().Property(c => c.Name).UseCollation(ForPeople);
        builder.Entity<Person>().Property(p => p.Name).UseCollation(ForPeople);
        builder.Entity<Package>().Property(p => p.Title).UseCollation(ForPeople);

        builder.Entity<PackageFile>().Property(f => f.Path).HasMaxLength(PackagePath.MostCharacters);
        builder.Entity<PackageFile>().Property(f => f.Key).HasMaxLength(PackagePath.MostCharacters);
        builder.Entity<PackageFile>().HasKey(f => new { f.PackageVersionId, f.Path }).IsClustered(false);
        builder.Entity<UnitRecord>().Property(r => r.PublisherId).HasMaxLength(CourseStructure.LongestId);
        builder.Entity<UnitRecord>().HasKey(r => new { r.RegistrationId, r.PublisherId }).IsClustered(false);
        builder.Entity<SatisfiedPart>().Property(p => p.PartId).HasMaxLength(CourseStructure.LongestId);
        builder.Entity<SatisfiedPart>().HasKey(p => new { p.RegistrationId, p.PartId }).IsClustered(false);
        builder.Entity<IdentityUserPasskey<Guid>>().HasKey(p => p.CredentialId).IsClustered(false);
        FindByHash(builder);
        // Enums are texts, but for sets of flags.
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            if (property.GetProviderClrType() == typeof(string)) property.SetCollation(Ordinal);
    }

    private static void FindByHash(ModelBuilder builder)
    {
        builder.Entity<XapiDocument>(document =>
        {
            TextHash.Add(document, AgentHash, nameof(XapiDocument.Agent));
            Unindex(document, nameof(XapiDocument.Agent));
            document.HasIndex(AgentHash);
        });
        builder.Entity<RetentionRule>(rule =>
        {
            TextHash.Add(rule, TypeHash, nameof(RetentionRule.ActivityType));
            Unindex(rule, nameof(RetentionRule.CentreId), nameof(RetentionRule.ActivityType), nameof(RetentionRule.Action));
            rule.HasIndex(nameof(RetentionRule.CentreId), TypeHash, nameof(RetentionRule.Action)).IsUnique();
        });
    }

    private static void Unindex<T>(EntityTypeBuilder<T> entity, params string[] columns)
        where T : class => entity.Metadata.RemoveIndex([.. columns.Select(c => entity.Metadata.FindProperty(c)!)]);
}
