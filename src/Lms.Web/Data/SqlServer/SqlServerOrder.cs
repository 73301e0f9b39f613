using System.Data.Common;

namespace Lms.Web.Data.SqlServer;

/// <summary>
/// One writer at a time has the order, from before it reads the clock to the end of its transaction. Whoever asks what is complete waits for
/// the one that writes, reads the clock while nobody does, and holds nobody up for longer than that.
/// </summary>
internal sealed class SqlServerOrder(RawDatabase database) : SharedOrder
{
    private const string Order = "order", Erasing = "erasing";
    private const int Patience = 2_000;
    private const string Microseconds = "SELECT DATEDIFF_BIG(microsecond, CAST('1970-01-01' AS datetime2), SYSUTCDATETIME());";

    private static readonly string Complete = $"""
        DECLARE @free int; EXEC @free = sp_getapplock @Resource = N'seedlot-{Order}', @LockMode = N'Shared', @LockOwner = N'Transaction', @LockTimeout = {Patience};
        SELECT CASE WHEN @free < 0 THEN CAST(0 AS bigint) ELSE DATEDIFF_BIG(microsecond, CAST('1970-01-01' AS datetime2), SYSUTCDATETIME()) END;
        """;

    private long _known;

    public override async Task<SharedStretch> OpenAsync(DbTransaction transaction, CancellationToken ct)
    {
        await using var command = AppLock.CommandIn(transaction, $"{AppLock.Take(Order, alone: true)} {Microseconds} {SelectVersions}");
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await SharedStretch.ReadAsync(reader, ct);
    }

    public override async Task<Versions> BeginErasingAsync(DbTransaction transaction, CancellationToken ct)
    {
        await AppLock.RunAsync(transaction, AppLock.Take(Erasing, alone: true), ct);
        return (await LookAsync(ct)).Versions;
    }

    // A stretch has the order alone, so nobody needs the names while it is held.
    public override Task HoldNamesAsync(DbTransaction transaction, CancellationToken ct) => AppLock.RunAsync(transaction, AppLock.Take(Order, alone: true), ct);

    public override async Task<long> CompleteAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = AppLock.CommandIn(transaction, Complete);
        var microseconds = (long)(await command.ExecuteScalarAsync(ct))!;
        await transaction.CommitAsync(ct);
        // A long writer: what was complete before still is.
        if (microseconds > 0) Interlocked.Exchange(ref _known, DateTime.UnixEpoch.Ticks + microseconds * TimeSpan.TicksPerMicrosecond - 1);
        return Interlocked.Read(ref _known);
    }

    public override async Task<SharedStretch> LookAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"{Microseconds} {SelectVersions}";
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await SharedStretch.ReadAsync(reader, ct);
    }
}
