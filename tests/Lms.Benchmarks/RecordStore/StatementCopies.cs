using System.Diagnostics;
using Npgsql;

namespace Lms.Benchmarks.RecordStore;

/// <summary>
/// Multiplies the statements of a PostgreSQL database within it: each copy is as old as the statements before it are long, has an id of its own and the
/// same links. The names stay, so that the list of each agent, verb and activity grows with the store: the harder case for queries.
/// </summary>
internal sealed class StatementCopies(string connectionString)
{
    public const string Setting = "LMS__Database__ConnectionString";

    private static readonly string[] Links = ["StatementVerbs", "StatementRegistrations", "StatementAgents", "StatementActivities"];

    public async Task MultiplyAsync(int times)
    {
        var clock = Stopwatch.StartNew();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        // Generated data can be generated again: nothing waits for the disk.
        await RunAsync(connection, "SET synchronous_commit = off");
        var (first, last) = ((long)(await ScalarAsync(connection, """SELECT min("Sequence") FROM "Statements" """))!, (long)(await ScalarAsync(connection, """SELECT max("Sequence") FROM "Statements" """))!);
        for (var copy = 1; copy < times; copy++)
        {
            var shift = (last - first + 1) * copy;
            await using var transaction = await connection.BeginTransactionAsync();
            await RunAsync(connection, $"""
                INSERT INTO "Statements" ("Sequence", "Id", "CentreId", "Timestamp", "Voided", "Json")
                SELECT s."Sequence" - {shift}, n.id, s."CentreId", s."Timestamp", s."Voided", convert_to(replace(convert_from(s."Json", 'UTF8'), s."Id"::text, n.id::text), 'UTF8')
                FROM "Statements" s, LATERAL (SELECT md5(s."Id"::text || {shift})::uuid AS id) n WHERE s."Sequence" BETWEEN {first} AND {last}
                """);
            foreach (var table in Links)
            {
                var columns = await ColumnsAsync(connection, table);
                await RunAsync(connection, $"""
                    INSERT INTO "{table}" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
                    SELECT {string.Join(", ", columns.Select(c => c == "Sequence" ? $"\"Sequence\" - {shift}" : $"\"{c}\""))} FROM "{table}" WHERE "Sequence" BETWEEN {first} AND {last} AND "Origin" = 0
                    """);
            }
            await transaction.CommitAsync();
            Console.WriteLine($"  copy {copy} of {times - 1} after {clock.Elapsed.TotalSeconds:N0} s");
        }
        await RunAsync(connection, "VACUUM ANALYZE");
        await RunAsync(connection, "CHECKPOINT");
    }

    public async Task PrintSizesAsync(int statements)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        foreach (var table in Links.Prepend("Statements"))
        {
            var (rows, indexes) = ((long)(await ScalarAsync(connection, $"""SELECT pg_table_size('"{table}"')"""))!, (long)(await ScalarAsync(connection, $"""SELECT pg_indexes_size('"{table}"')"""))!);
            Console.WriteLine($"{table,-26} {rows / 1e9,6:N2} GB of rows, {indexes / 1e9,6:N2} GB of indexes: {(rows + indexes) / (double)statements,6:N0} bytes for each statement");
        }
        var all = (long)(await ScalarAsync(connection, "SELECT pg_database_size(current_database())"))!;
        Console.WriteLine($"Database: {all / 1e9:N2} GB, {all / (double)statements:N0} bytes for each statement");
    }

    private static async Task<List<string>> ColumnsAsync(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand("SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND table_schema = current_schema() ORDER BY ordinal_position", connection) { Parameters = { new() { Value = table } } };
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        return columns;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 3600 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
