using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;

namespace Lms.Web.Tests.Faults;

/// <summary>A PostgreSQL of the test's own, which it may stop and start. Commits wait for the disk, as they do in earnest.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string User = "seedlot";
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-pg-").FullName;
    private readonly int _port = FreePort();

    /// <summary>Where the programs are; null when it is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Database=seedlot;Username={User}";

    private string Data => Path.Combine(_folder, "data");

    public async Task StartAsync()
    {
        // PostgreSQL does not run as root.
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", _folder);
        await RunPostgresAsync("initdb", "-D", Data, "-U", User, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust");
        await StartAgainAsync();
        await RunPostgresAsync("createdb", "-h", "127.0.0.1", "-p", $"{_port}", "-U", User, "seedlot");
    }

    /// <summary>Ends all of its processes at once, as a crash of its machine would, and starts it: it has only what is on disk.</summary>
    public async Task CrashAsync()
    {
        await RunPostgresAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        await StartAgainAsync();
    }

    public async Task<long> NumberAsync(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct) is { } value and not DBNull ? value : 0, System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await RunPostgresAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private Task StartAgainAsync() =>
        RunPostgresAsync("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-o", $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c max_connections=400", "-w", "start");

    private static Task RunPostgresAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(Programs!, program), .. arguments])
        : RunAsync(Path.Combine(Programs!, program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Its output goes nowhere: the server that pg_ctl leaves behind would hold the pipe open.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
