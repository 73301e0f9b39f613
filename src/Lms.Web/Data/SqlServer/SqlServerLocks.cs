using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.SqlClient;

namespace Lms.Web.Data.SqlServer;

/// <summary>Locks of a connection each: when the process dies, so does its connection, and the lock is free.</summary>
internal sealed class SqlServerLocks(RawDatabase database) : Locks
{
    public override async ValueTask<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken ct)
    {
        var resource = $"seedlot-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
        var connection = await database.OpenAsync(ct);
        try
        {
            const string sql = "DECLARE @taken int; EXEC @taken = sp_getapplock @Resource = @resource, @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0; SELECT @taken;";
            if (await RunAsync(connection, sql, resource, ct) is >= 0) return new Held(connection, resource);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    private static async Task<object?> RunAsync(DbConnection connection, string sql, string resource, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new SqlParameter("@resource", resource));
        return await command.ExecuteScalarAsync(ct);
    }

    private sealed class Held(DbConnection connection, string resource) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await RunAsync(connection, "EXEC sp_releaseapplock @Resource = @resource, @LockOwner = N'Session'", resource, CancellationToken.None);
            }
            catch (Exception broken) when (broken is SqlException or InvalidOperationException)
            {
                // The connection is broken, and the lock went with it.
            }
            await connection.DisposeAsync();
        }
    }
}
