using System.Data.Common;
using System.Diagnostics;
using Lms.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lms.Web.Tests.Support;

/// <summary>
/// A database for one test site. <c>LMS_TEST_DATABASE</c> says which kind (Sqlite where it says nothing), <c>LMS_TEST_CONNECTION</c> on which server; each
/// site has one of its own there, which goes with it.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string PostgreSql = "PostgreSql", SqlServer = "SqlServer";
    private static readonly string s_kind = Environment.GetEnvironmentVariable("LMS_TEST_DATABASE") is { Length: > 0 } kind ? kind : "Sqlite";
    private readonly string _name = $"seedlot_test_{Guid.NewGuid():N}";
    private readonly string _folder;

    /// <param name="folder">The data folder, where the file of SQLite comes to lie; a server's database is made at once.</param>
    public TestDatabase(string folder)
    {
        _folder = folder;
        if (!IsSqlite) RunOnServer($"CREATE DATABASE {_name}");
    }

    /// <summary>How it is called in the name of each test.</summary>
    public static string Title => s_kind switch { PostgreSql => "PostgreSQL", SqlServer => "SQL Server", _ => "SQLite" };

    public static bool IsSqlite => s_kind is not (PostgreSql or SqlServer);

    /// <summary>Skips a test that is about the file of SQLite.</summary>
    public static void OnlyOnSqlite(string reason) => Assert.SkipUnless(IsSqlite, $"On SQLite only: {reason}");

    /// <summary>What the site is told of it.</summary>
    public Dictionary<string, string?> Settings => IsSqlite ? [] : new() { ["LMS:Database:Provider"] = s_kind, ["LMS:Database:ConnectionString"] = ConnectionString };

    /// <summary>Lets a process of the program work on it.</summary>
    public ProcessStartInfo Tell(ProcessStartInfo start)
    {
        foreach (var (name, value) in Settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }

    /// <summary>That nothing in it is damaged; a server looks after that itself.</summary>
    public static async Task AssertSoundAsync(LmsDbContext db, CancellationToken ct)
    {
        if (IsSqlite) Assert.Equal("ok", await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").SingleAsync(ct));
    }

    /// <summary>A connection beside those of the site.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = IsSqlite ? new SqliteConnection($"Data Source={Path.Combine(_folder, "seedlot.db")};Pooling=False") : ConnectionTo($"{ConnectionString};Pooling=false");
        await connection.OpenAsync(ct);
        return connection;
    }

    /// <summary>What is in all tables of a server's database.</summary>
    public async Task<byte[]> BytesAsync()
    {
        Assert.SkipWhen(s_kind == SqlServer, "What is in all tables is read on SQLite and PostgreSQL only.");
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
        await connection.OpenAsync();
        List<string> tables = [];
        await using (var command = new NpgsqlCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", connection))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        using var all = new MemoryStream();
        foreach (var table in tables)
        {
            await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY \"{table}\" TO STDOUT (FORMAT BINARY)");
            await rows.CopyToAsync(all);
        }
        return all.ToArray();
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        if (!IsSqlite) RunOnServer(s_kind == SqlServer ? $"DROP DATABASE IF EXISTS {_name}" : $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        return ValueTask.CompletedTask;
    }

    private static void RunOnServer(string sql)
    {
        using var server = ConnectionTo(Server);
        server.Open();
        using var command = server.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // Only the Cloud edition has the driver.
    private static DbConnection ConnectionTo(string connectionString)
    {
        if (s_kind == PostgreSql) return new NpgsqlConnection(connectionString);
        var driver = Type.GetType("Microsoft.Data.SqlClient.SqlConnection, Microsoft.Data.SqlClient") ?? throw new InvalidOperationException("SQL Server needs the Cloud edition: dotnet test -p:LmsEdition=Cloud.");
        return (DbConnection)Activator.CreateInstance(driver, connectionString)!;
    }

    private string ConnectionString => new DbConnectionStringBuilder { ConnectionString = Server, ["Database"] = _name }.ToString();

    private static string Server => Environment.GetEnvironmentVariable("LMS_TEST_CONNECTION") is { Length: > 0 } connection
        ? connection
        : throw new InvalidOperationException("LMS_TEST_CONNECTION is not set. Set it to a server where databases may be made, such as Host=127.0.0.1;Username=postgres.");
}
