using Npgsql;

namespace Lms.Web.Data.PostgreSql;

/// <summary>LISTEN on a connection of its own, which is made anew when it breaks, and NOTIFY.</summary>
internal sealed class PostgreSqlNews(NpgsqlDataSource source) : News, IAsyncDisposable
{
    private const string Channel = "seedlot";
    private NpgsqlConnection? _listening;

    public override async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        try
        {
            _listening ??= await ListenAsync(ct);
            await _listening.WaitAsync(atMost, ct);
        }
        catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException && !ct.IsCancellationRequested)
        {
            await DisposeAsync();
            await Task.Delay(atMost, ct);
        }
    }

    public override async Task TellAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand($"NOTIFY {Channel}");
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_listening is { } connection) await connection.DisposeAsync();
        _listening = null;
    }

    private async Task<NpgsqlConnection> ListenAsync(CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand($"LISTEN {Channel}", connection);
        await command.ExecuteNonQueryAsync(ct);
        return connection;
    }
}
