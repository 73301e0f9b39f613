using System.Data.Common;
using Npgsql;

namespace Lms.Web.Data.PostgreSql;

/// <summary>
/// A writer shows when it began as the key of a shared advisory lock, which ends with its transaction, and then reads the clock for its first
/// number. Whoever asks what is complete reads the clock and then the locks. So a writer whose lock isn't seen yet begins after the time that was
/// read, and no writer ever waits for another.
/// </summary>
internal sealed class PostgreSqlOrder(NpgsqlDataSource source) : SharedOrder
{
    // The first 16 of a key's 64 bits say that it is of these; the others are milliseconds.
    private const int Mark = 0x5EED;
    private const int Names = 1, Erasing = 2;
    private const string Microseconds = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    private static readonly string Open = $"""
        SELECT pg_advisory_xact_lock_shared(({Mark}::bigint << 48) | floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), pg_advisory_xact_lock_shared({Mark}, {Names});
        {Microseconds};
        {SelectVersions}
        """;

    private static readonly string Complete = $"""
        {Microseconds};
        SELECT min((classid::bigint & 65535) << 32 | objid::bigint) FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = {Mark} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    public override async Task<SharedStretch> OpenAsync(DbTransaction transaction, CancellationToken ct)
    {
        await using var command = CommandIn(transaction, Open);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await SharedStretch.ReadAsync(reader, ct);
    }

    public override async Task<Versions> BeginErasingAsync(DbTransaction transaction, CancellationToken ct)
    {
        await RunAsync(transaction, $"SELECT pg_advisory_xact_lock({Mark}, {Erasing})", ct);
        return (await LookAsync(ct)).Versions;
    }

    public override Task HoldNamesAsync(DbTransaction transaction, CancellationToken ct) => RunAsync(transaction, $"SELECT pg_advisory_xact_lock({Mark}, {Names})", ct);

    public override async Task<long> CompleteAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Complete);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var now = DateTime.UnixEpoch.Ticks + reader.GetInt64(0) * TimeSpan.TicksPerMicrosecond;
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return (await reader.IsDBNullAsync(0, ct) ? now : Math.Min(now, DateTime.UnixEpoch.Ticks + reader.GetInt64(0) * TimeSpan.TicksPerMillisecond)) - 1;
    }

    private static async Task RunAsync(DbTransaction transaction, string sql, CancellationToken ct)
    {
        await using var command = CommandIn(transaction, sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static DbCommand CommandIn(DbTransaction transaction, string sql)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command;
    }

    public override async Task<SharedStretch> LookAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand($"{Microseconds}; {SelectVersions}");
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await SharedStretch.ReadAsync(reader, ct);
    }
}
