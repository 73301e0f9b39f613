using System.Reflection;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Learning;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Lms.Web.Tests.Data;

/// <summary>
/// Two versions of the program can work on one database while nodes are replaced one by one: a migration only adds what the version before can live with.
/// What takes away comes a release later and is named for the version that does without: see infra/upgrading.md.
/// </summary>
public sealed class MigrationTests
{
    // Until then there was no version to live with.
    private const string BeforeTheRule = "20261125172227_Packages";

    public static TheoryData<string, string> Migrations()
    {
        var found = new TheoryData<string, string>();
        var all = typeof(LmsDbContext).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Migration)) && !t.IsAbstract)
            .GroupBy(t => t.GetCustomAttribute<DbContextAttribute>()!.ContextType).SelectMany(g => g.OrderBy(IdOf, StringComparer.Ordinal).Skip(1));
        foreach (var type in all.Where(t => string.CompareOrdinal(IdOf(t), BeforeTheRule) > 0)) found.Add(IdOf(type), type.FullName!);
        return found;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Migrations))]
    public void A_migration_takes_away_only_what_no_running_version_uses(string id, string type)
    {
        var migration = (Migration)Activator.CreateInstance(typeof(LmsDbContext).Assembly.GetType(type)!)!;
        var taken = TakenBy(migration.UpOperations).ToList();
        if (SchemaVersions.NeededBy(id) is null)
            Assert.True(taken.Count == 0, $"{id} takes away: {string.Join(", ", taken)}. A version that still uses it may run beside this one. Add instead, and take away in a later release, in a migration whose name ends with _Needs_MAJOR_MINOR_PATCH: the first version that does without.");
    }

    [Fact]
    public void What_takes_away_is_known()
    {
        var there = new AddColumnOperation { Table = "T", Name = "New", ClrType = typeof(string), IsNullable = false };
        var created = new CreateTableOperation { Name = "Made" };
        Assert.Equal(
            ["column T.Old", "table T", "rename T.A", "column T.New must have a value", "column T.B no longer takes null", "column T.C is shorter", "unique T.D", "SQL"],
            TakenBy([
                new DropColumnOperation { Table = "T", Name = "Old" }, new DropTableOperation { Name = "T" }, new RenameColumnOperation { Table = "T", Name = "A", NewName = "B" }, there,
                new AlterColumnOperation { Table = "T", Name = "B", IsNullable = false, OldColumn = { IsNullable = true } },
                new AlterColumnOperation { Table = "T", Name = "C", MaxLength = 5, OldColumn = { MaxLength = 50 } },
                new CreateIndexOperation { Table = "T", Columns = ["D"], IsUnique = true },
                new SqlOperation { Sql = "DELETE FROM T" },
                // None of these does.
                created, new CreateIndexOperation { Table = "Made", Columns = ["D"], IsUnique = true }, new AddColumnOperation { Table = "T", Name = "Free", IsNullable = true },
                new AddColumnOperation { Table = "T", Name = "Filled", IsNullable = false, DefaultValue = 0 }, new CreateIndexOperation { Table = "T", Columns = ["E"] },
                new SqlOperation { Sql = "-- expands: fills the new column\nUPDATE T SET New = Old" },
            ]));
    }

    [Fact]
    public async Task The_version_before_serves_on_a_schema_that_was_only_added_to()
    {
        await using var site = new TestSite();
        await site.InitializeAsync();
        await ChangeAsync(site, """ALTER TABLE "Enrolments" ADD "Later" varchar(10) NULL""", """INSERT INTO "__EFMigrationsHistory" VALUES ('29991231000000_Later', '99')""");
        await site.RestartAsync();

        using var learner = await site.SignedInAsync(Role.Learner);
        var enrolment = await LearningSite.EnrolAsync(learner, "hygiene");
        (await learner.SubmitAsync($"/learn/{enrolment}/hands", action: "handler=Complete")).Dispose();
        Assert.True((await site.ReadAsync(db => db.Enrolments.SingleAsync(e => e.Id == enrolment))).HasDone("hands"));
        using var visitor = site.Visitor();
        Assert.True((await visitor.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_version_before_stands_back_when_what_it_uses_was_taken_away()
    {
        await using var site = new TestSite();
        await site.InitializeAsync();
        await ChangeAsync(site, """INSERT INTO "__EFMigrationsHistory" VALUES ('29991231000000_Gone_Needs_99_0_0', '99')""");
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync("/health/ready");
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, reply.StatusCode);
        var refused = await Assert.ThrowsAsync<RefusalException>(site.RestartAsync);
        Assert.Contains("needs version 99.0.0", refused.Message, StringComparison.Ordinal);
    }

    private static Task<bool> ChangeAsync(TestSite site, params string[] commands) => site.ReadAsync(async db =>
    {
        foreach (var command in commands) await db.Database.ExecuteSqlRawAsync(command);
        return true;
    });

    private static string IdOf(Type migration) => migration.GetCustomAttribute<MigrationAttribute>()!.Id;

    private static IEnumerable<string> TakenBy(IReadOnlyList<MigrationOperation> operations)
    {
        var made = operations.OfType<CreateTableOperation>().Select(t => t.Name).ToHashSet();
        return operations.Select(o => o switch
        {
            DropTableOperation drop => $"table {drop.Name}",
            RenameTableOperation rename => $"rename {rename.Name}",
            DropColumnOperation drop => $"column {drop.Table}.{drop.Name}",
            RenameColumnOperation rename => $"rename {rename.Table}.{rename.Name}",
            AddColumnOperation add when !add.IsNullable && add.DefaultValue is null && add.DefaultValueSql is null && add.ComputedColumnSql is null => $"column {add.Table}.{add.Name} must have a value",
            AlterColumnOperation alter when alter.OldColumn.IsNullable && !alter.IsNullable => $"column {alter.Table}.{alter.Name} no longer takes null",
            AlterColumnOperation alter when alter.MaxLength is { } now && !(alter.OldColumn.MaxLength <= now) => $"column {alter.Table}.{alter.Name} is shorter",
            AlterColumnOperation alter when alter.ColumnType != alter.OldColumn.ColumnType => $"column {alter.Table}.{alter.Name} is of another type",
            CreateIndexOperation { IsUnique: true } index when !made.Contains(index.Table) => $"unique {index.Table}.{string.Join('+', index.Columns)}",
            AddUniqueConstraintOperation unique when !made.Contains(unique.Table) => $"unique {unique.Table}.{string.Join('+', unique.Columns)}",
            AddForeignKeyOperation key when !made.Contains(key.Table) => $"reference {key.Table}.{string.Join('+', key.Columns)}",
            AddCheckConstraintOperation check when !made.Contains(check.Table) => $"check {check.Table}.{check.Name}",
            // Nobody can tell what SQL does but who wrote it.
            SqlOperation sql when !sql.Sql.StartsWith("-- expands: ", StringComparison.Ordinal) => "SQL",
            _ => null,
        }).OfType<string>();
    }
}
