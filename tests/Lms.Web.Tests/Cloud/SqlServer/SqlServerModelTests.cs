using Lms.Web.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lms.Web.Tests.Cloud.SqlServer;

/// <summary>What SQL Server refuses or does otherwise than one thinks, found in the model and its script: no server is needed.</summary>
public sealed class SqlServerModelTests : IAsyncLifetime
{
    private const int LongestClusteredKey = 900, LongestIndexKey = 1_700;
    private readonly SqlServerSite _site = new("Server=localhost;Database=seedlot");
    private SqlServerLmsDbContext _db = null!;

    public ValueTask InitializeAsync()
    {
        _db = _site.Open();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private IRelationalModel Model => _db.GetService<IDesignTimeModel>().Model.GetRelationalModel();

    [Fact]
    public void Every_key_and_index_is_short_enough() // 1919, 1944, 1946
    {
        var keys = Model.Tables.SelectMany(t => t.UniqueConstraints).Select(c => (c.Name, c.Columns, Most: IsClustered(c) ? LongestClusteredKey : LongestIndexKey));
        var indexes = Model.Tables.SelectMany(t => t.Indexes).Select(i => (i.Name, i.Columns, Most: LongestIndexKey));
        Assert.Empty(keys.Concat(indexes).Where(k => k.Columns.Sum(Bytes) > k.Most).Select(k => $"{k.Name}: {k.Columns.Sum(Bytes)} bytes of {k.Most}"));
    }

    [Fact]
    public void No_row_is_deleted_in_cascade_by_two_ways() // 1785
    {
        var cascades = Model.Tables.SelectMany(t => t.ForeignKeyConstraints).Where(k => k.OnDeleteAction is ReferentialAction.Cascade or ReferentialAction.SetNull or ReferentialAction.SetDefault)
            .ToLookup(k => k.PrincipalTable.Name, k => k.Table.Name);
        foreach (var table in Model.Tables) Follow(table.Name, table.Name, []);

        void Follow(string start, string at, HashSet<string> reached)
        {
            foreach (var next in cascades[at])
            {
                Assert.True(next != start && reached.Add(next), $"A deleted row of {start} takes rows of {next} with it in two ways, or itself.");
                Follow(start, next, reached);
            }
        }
    }

    [Fact]
    public void Every_text_says_how_it_compares_and_what_is_compared_compares_by_ordinal()
    {
        var texts = Model.Tables.SelectMany(t => t.Columns).Where(c => c.StoreType.StartsWith("nvarchar", StringComparison.Ordinal) && !IsJson(c)).Where(c => IsCompared(c.PropertyMappings[0].Property.ClrType)).ToList();
        Assert.NotEmpty(texts);
        Assert.Empty(texts.Where(c => c.Collation is not (SqlServerLmsDbContext.Ordinal or SqlServerLmsDbContext.ForPeople)).Select(Name));
        Assert.Empty(Model.Tables.SelectMany(t => t.Columns).Where(c => c.Collation is not null && !c.StoreType.StartsWith("nvarchar", StringComparison.Ordinal)).Select(Name)); // a number has none
        var compared = Model.Tables.SelectMany(t => t.UniqueConstraints.SelectMany(k => k.Columns).Concat(t.Indexes.SelectMany(i => i.Columns))).Distinct();
        Assert.Empty(compared.Where(c => c.Collation == SqlServerLmsDbContext.ForPeople).Select(Name));
    }

    [Fact]
    public void Times_are_kept_to_the_tick_and_no_type_is_an_old_one()
    {
        string[] old = ["datetime", "smalldatetime", "text", "ntext", "image", "money", "timestamp"];
        Assert.Empty(Model.Tables.SelectMany(t => t.Columns).Where(c => old.Contains(c.StoreType) || c.StoreType.StartsWith("varchar", StringComparison.Ordinal)).Select(Name));
        Assert.All(Model.Tables.SelectMany(t => t.Columns).Where(c => c.StoreType.StartsWith("datetime2", StringComparison.Ordinal)), c => Assert.Equal("datetime2", c.StoreType));
    }

    [Fact]
    public void The_migration_is_that_of_the_model() => Assert.False(_db.Database.HasPendingModelChanges());

    [Fact]
    public void A_script_for_any_state_of_the_database_can_be_written()
    {
        var script = _db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        Assert.All(Model.Tables, table => Assert.Contains($"CREATE TABLE [{table.Name}]", script, StringComparison.Ordinal));
        Assert.Contains("IF NOT EXISTS", script, StringComparison.Ordinal);
        Assert.DoesNotContain("\"", script.Replace("\"DeletedAt\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_there_are_left_out_without_a_race()
    {
        var sql = _db.InsertOrIgnore("StatementDeliveries", ["Consumer", "Sequence"], 2);
        Assert.Equal("""
            INSERT INTO "StatementDeliveries" ("Consumer", "Sequence") SELECT "Consumer", "Sequence" FROM (SELECT "Consumer", "Sequence", ROW_NUMBER() OVER (PARTITION BY "Consumer", "Sequence" ORDER BY (SELECT 1)) AS "Place"
            FROM (VALUES (@p0, @p1), (@p2, @p3)) v ("Consumer", "Sequence")) n WHERE "Place" = 1
            AND NOT EXISTS (SELECT 1 FROM "StatementDeliveries" t WITH (UPDLOCK, HOLDLOCK) WHERE t."Consumer" = n."Consumer" AND t."Sequence" = n."Sequence")
            """, sql);
    }

    private static bool IsClustered(IUniqueConstraint constraint) => constraint.GetIsPrimaryKey() && constraint.MappedKeys.First().IsClustered() != false;

    /// <summary>Texts and enums; what is stored as JSON is not compared.</summary>
    private static bool IsCompared(Type type) => type == typeof(string) || (Nullable.GetUnderlyingType(type) ?? type).IsEnum;

    private static bool IsJson(IColumnBase column) => column.PropertyMappings.Count == 0;

    private static string Name(IColumn column) => $"{column.Table.Name}.{column.Name} ({column.StoreType}, {column.Collation})";

    private static int Bytes(IColumn column)
    {
        var type = column.StoreType;
        var length = type.IndexOf('(', StringComparison.Ordinal) is var at and > 0 && int.TryParse(type[(at + 1)..^1], out var parsed) ? parsed : (int?)null;
        return type.Split('(')[0] switch
        {
            "nvarchar" or "nchar" => 2 * (length ?? 1_000_000),
            "varbinary" or "binary" => length ?? 1_000_000,
            "uniqueidentifier" or "decimal" => 16,
            "datetimeoffset" => 10,
            "bigint" or "datetime2" or "float" => 8,
            "int" or "date" => 4,
            "smallint" => 2,
            "bit" or "tinyint" => 1,
            _ => throw new NotSupportedException($"How many bytes has {Name(column)}?"),
        };
    }
}
