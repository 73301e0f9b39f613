using System.Data;
using Lms.Web.Data;
using Lms.Web.Data.SqlServer;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Consumers;
using Lms.Web.Features.Xapi.Documents;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Cloud.SqlServer;

/// <summary>The database itself, where <c>LMS_TEST_SQLSERVER</c> says how a server is reached.</summary>
public sealed class SqlServerTests : IAsyncLifetime
{
    private string _connection = "";
    private SqlServerSite? _site;

    public async ValueTask InitializeAsync()
    {
        var server = Environment.GetEnvironmentVariable("LMS_TEST_SQLSERVER");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "LMS_TEST_SQLSERVER holds no connection string of a SQL Server.");
        _connection = new SqlConnectionStringBuilder(server) { InitialCatalog = $"seedlot_{Guid.NewGuid():N}" }.ToString();
        await RunAsync("CREATE DATABASE");
        _site = new SqlServerSite(_connection);
        await using var db = Open();
        await db.Database.MigrateAsync();
        await db.SetUpAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is null) return;
        await _site.DisposeAsync();
        SqlConnection.ClearAllPools();
        await RunAsync("DROP DATABASE");
    }

    private async Task RunAsync(string verb)
    {
        await using var master = new SqlConnection(new SqlConnectionStringBuilder(_connection) { InitialCatalog = "master" }.ToString());
        await master.OpenAsync();
        await using var command = master.CreateCommand();
        command.CommandText = $"{verb} [{new SqlConnectionStringBuilder(_connection).InitialCatalog}]";
        await command.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task A_second_row_of_a_key_is_known_for_what_it_is()
    {
        await using var db = Open();
        db.Add(new Centre { Slug = "dakar", Name = "Dakar", Kind = CentreKind.Regional, Country = "SN" });
        await db.SaveChangesAsync();
        db.Add(new Centre { Slug = "Dakar", Name = "Dakar", Kind = CentreKind.Regional, Country = "SN" });
        await db.SaveChangesAsync();
        db.Add(new Centre { Slug = "dakar", Name = "Dakar", Kind = CentreKind.Regional, Country = "SN" });
        Assert.True(db.IsUniqueViolation(await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())));
    }

    [Fact]
    public async Task Twenty_who_write_the_same_row_at_once_write_one()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            await using var db = Open();
            return await db.TransactionAsync(() => db.Database.ExecuteSqlRawAsync(db.InsertOrIgnore("StatementDeliveries", ["Consumer", "Sequence"], 2)
                .Replace("@p0", "1", StringComparison.Ordinal).Replace("@p1", "7", StringComparison.Ordinal).Replace("@p2", "1", StringComparison.Ordinal).Replace("@p3", "8", StringComparison.Ordinal)), CancellationToken.None);
        }));
        Assert.Equal(2, written.Sum());
        await using var read = Open();
        Assert.Equal(2, await read.Set<StatementDelivery>().CountAsync());
    }

    [Fact]
    public async Task Documents_of_a_long_agent_are_found_by_their_hash()
    {
        await using var db = Open();
        var agent = $"https://example.org/{new string('a', 3_000)}|ana";
        var scope = new DocumentScope(DocumentKind.AgentProfile, Guid.CreateVersion7(), "", agent, null);
        var document = new XapiDocument { Kind = scope.Kind, CentreId = scope.CentreId, Key = scope.Hash("a"), Scope = scope.Hash(), DocumentId = "a", Activity = "", Agent = agent };
        document.Write("text/plain", [1], DateTime.UtcNow);
        db.Add(document);
        await db.SaveChangesAsync();
        Assert.Equal(document.Id, (await db.DocumentsOf(agent).IgnoreQueryFilters().SingleAsync()).Id);
        Assert.Empty(await db.DocumentsOf(agent.ToUpperInvariant()).IgnoreQueryFilters().ToListAsync());
    }

    [Fact]
    public async Task Of_two_who_would_both_be_first_the_loser_begins_anew()
    {
        var names = await Task.WhenAll(Enumerable.Range(0, 2).Select(async number =>
        {
            await using var db = Open();
            return await db.TransactionAsync(async () =>
            {
                if (await db.Centres.AnyAsync(c => c.Country == "XX")) return null;
                await Task.Delay(200);
                db.Add(new Centre { Slug = $"first-{number}", Name = "First", Kind = CentreKind.Regional, Country = "XX" });
                await db.SaveChangesAsync();
                return "First";
            }, CancellationToken.None, IsolationLevel.Serializable);
        }));
        Assert.Single(names.OfType<string>());
    }

    [Fact]
    public async Task A_time_is_kept_to_the_tick_by_a_plain_command_too()
    {
        await using var db = Open();
        var time = new DateTime(2026, 11, 25, 20, 1, 2, DateTimeKind.Utc).AddTicks(1_234_567);
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT CAST(@p0 AS datetime2)";
        command.Parameters.Add(new SqlParameter("@p0", db.DatabaseValue(time)));
        Assert.Equal(time, await command.ExecuteScalarAsync());
    }

    private SqlServerLmsDbContext Open() => _site!.Open();
}
