using System.Data.Common;

namespace Lms.Web.Data;

/// <summary>
/// How writers in several processes agree on the order of statements; there is none where one process has the database to itself. The clock is
/// the database's, so that it does no harm when a machine's is wrong. See <c>infra/adr/0017</c>.
/// </summary>
public abstract class SharedOrder
{
    /// <summary>Reads the versions of what processes keep in memory, in the order of <see cref="Versions"/>.</summary>
    protected const string SelectVersions = """
        SELECT coalesce(max(CASE WHEN "Name" = 'consumers' THEN "Version" END), 0), coalesce(max(CASE WHEN "Name" = 'credentials' THEN "Version" END), 0),
        coalesce(max(CASE WHEN "Name" = 'names' THEN "Version" END), 0) FROM "StatementCursors"
        """;

    /// <summary>
    /// Opens a stretch of writing that ends with the transaction: until then nothing from its start on counts as complete, and no name is deleted.
    /// </summary>
    public abstract Task<SharedStretch> OpenAsync(DbTransaction transaction, CancellationToken ct);

    /// <summary>Waits until no other transaction changes agents in statements, and keeps others from it until it ends. Returns the versions as of then.</summary>
    public abstract Task<Versions> BeginErasingAsync(DbTransaction transaction, CancellationToken ct);

    /// <summary>Waits for the stretches that are open, and lets none begin until the transaction ends: names may be deleted.</summary>
    public abstract Task HoldNamesAsync(DbTransaction transaction, CancellationToken ct);

    /// <summary>The time, in ticks, up to which all that was ever stored can be read from now on.</summary>
    public abstract Task<long> CompleteAsync(CancellationToken ct);

    /// <summary>The database's clock, in ticks, and the versions as they stand.</summary>
    public abstract Task<SharedStretch> LookAsync(CancellationToken ct);
}

/// <param name="Floor">Numbers of the stretch are no lower, in ticks.</param>
/// <param name="Versions">What the writer must have read of what processes keep in memory.</param>
public sealed record SharedStretch(long Floor, Versions Versions)
{
    /// <summary>Reads one row with the time in microseconds since 1970, then <see cref="SharedOrder.SelectVersions"/>.</summary>
    internal static async Task<SharedStretch> ReadAsync(DbDataReader reader, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        var floor = DateTime.UnixEpoch.Ticks + reader.GetInt64(0) * TimeSpan.TicksPerMicrosecond;
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new SharedStretch(floor, new Versions(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)));
    }
}

/// <summary>Each rises in the transaction that changes what it stands for.</summary>
public sealed record Versions(int Consumers, int Credentials, int Names);
