using Npgsql;

namespace Lms.Web.Data.PostgreSql;

/// <summary>A database in an archive: what pg_dump writes, as of one moment.</summary>
internal static class PostgreSqlBackup
{
    public static async Task WriteAsync(string file, string connectionString, CancellationToken ct)
    {
        // Compressed already by the archive.
        string[] arguments = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", $"--file={file}"];
        if (await PostgreSqlPrograms.RunAsync("pg_dump", connectionString, ct, arguments) is { } complaint)
            throw new RefusalException($"Nothing was backed up. pg_dump says: {complaint}");
    }

    public static async Task<bool> IsSoundAsync(string file, CancellationToken ct) =>
        await PostgreSqlPrograms.RunAsync("pg_restore", null, ct, "--list", file) is null;

    /// <summary>Only an empty database is restored into, and all or nothing of it.</summary>
    public static async Task<string?> ReadAsync(string file, string connectionString, CancellationToken ct) =>
        await PostgreSqlPrograms.RunAsync("pg_restore", connectionString, ct, $"--dbname={NameOf(connectionString)}", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", file) is { } complaint
            ? $"pg_restore says: {complaint}"
            : null;

    /// <summary>Whether a site has made its tables.</summary>
    public static Task<bool> IsThereAsync(string connectionString, CancellationToken ct) => AskAsync(connectionString, """SELECT to_regclass('"__EFMigrationsHistory"') IS NOT NULL""", ct);

    public static async Task<string?> RefuseAsync(string connectionString, CancellationToken ct) =>
        await AskAsync(connectionString, "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema'))", ct)
            ? $"The database {NameOf(connectionString)} is not empty. Make a new one (createdb --encoding=UTF8), and name it in LMS__Database__ConnectionString."
            : null;

    private static async Task<bool> AskAsync(string connectionString, string question, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static string? NameOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) is var settings ? settings.Database ?? settings.Username : null;
}
