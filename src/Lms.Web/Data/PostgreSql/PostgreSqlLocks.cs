using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Lms.Web.Data.PostgreSql;

/// <summary>Advisory locks of a connection each: when the process dies, so does its connection, and the lock is free.</summary>
internal sealed class PostgreSqlLocks(NpgsqlDataSource source) : Locks
{
    private const int Class = 0x10C5;

    public override async ValueTask<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken ct)
    {
        var key = BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            if (await RunAsync(connection, "pg_try_advisory_lock", key, ct) is true) return new Held(connection, key);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string function, int key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"SELECT {function}({Class}, $1)", connection) { Parameters = { new() { Value = key } } };
        return await command.ExecuteScalarAsync(ct);
    }

    private sealed class Held(NpgsqlConnection connection, int key) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await RunAsync(connection, "pg_advisory_unlock", key, CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The connection is broken, and the lock went with it.
            }
            await connection.DisposeAsync();
        }
    }
}
