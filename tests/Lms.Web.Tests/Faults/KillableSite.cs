using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Lms.Web.Data;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Faults;

/// <summary>The site as a process of its own, which can be killed without a warning and started again on the same data.</summary>
public sealed class KillableSite : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, string?> _settings;
    private readonly ConcurrentQueue<string> _said = [];
    private readonly TestDatabase? _database;
    private Process? _process;

    public KillableSite() : this([]) { }

    /// <param name="more">Configuration beside what every such site has.</param>
    internal KillableSite(Dictionary<string, string?> more) : this(new DirectoryInfo(Directory.CreateTempSubdirectory("seedlot-kill-").FullName), more) { }

    private KillableSite(DirectoryInfo folder, Dictionary<string, string?> more) : this(folder.FullName, new TestDatabase(folder.FullName), more) { }

    private KillableSite(string folder, TestDatabase database, Dictionary<string, string?> more)
        : this(folder, new Dictionary<string, string?>([.. database.Settings, .. more])) => _database = database;

    /// <param name="folder">The data folder, which is deleted at the end.</param>
    /// <param name="settings">Configuration beside what every such site has.</param>
    internal KillableSite(string folder, Dictionary<string, string?> settings)
    {
        _folder = folder;
        _settings = new(settings)
        {
            ["LMS:Content"] = Content, ["LMS:Limits:Off"] = "true", ["LMS:Consumers:PrivateAddresses"] = "true",
            ["LMS:Admin:Email"] = "admin@example.org", ["LMS:Admin:Password"] = TestSite.Password,
        };
    }

    public string Folder => _folder;

    /// <summary>What the processes wrote to the console.</summary>
    public string Said => string.Join('\n', _said);

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    private static string Content => Path.Combine(AppContext.BaseDirectory, "Support", "content");

    /// <summary>Starts it; returns when it serves.</summary>
    public async Task StartAsync()
    {
        Start();
        using var client = new HttpClient();
        for (var tries = 0; tries < 1_200; tries++)
        {
            try
            {
                using var reply = await client.GetAsync(new Uri(Address, "/health/ready"));
                if (reply.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) { }
            await Task.Delay(50);
        }
        Assert.Fail($"The site did not start within a minute. It said:\n{Said}");
    }

    /// <summary>Starts it without waiting for it.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lms.Web.dll"), "--data", _folder, "--urls", Address.ToString()])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in _settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks it to stop, as an operator or an orchestrator does.</summary>
    public Task SignalStopAsync() => Process.Start("sh", ["-c", $"kill -TERM {_process!.Id}"]).WaitForExitAsync();

    /// <summary>Waits until it has stopped by itself; returns its exit code.</summary>
    public async Task<int> ExitAsync(CancellationToken ct)
    {
        await _process!.WaitForExitAsync(ct);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Works with the code and the data of the site while it does not run.</summary>
    public async Task WithServicesAsync(Func<IServiceProvider, Task> work)
    {
        await using var site = Site.Build(new SiteOptions(_folder, Urls: null, Quiet: true, Settings: _settings));
        await site.PrepareAsync(demo: false, CancellationToken.None);
        await using var scope = site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        await work(scope.ServiceProvider);
    }

    /// <summary>One number out of the database, also while the site runs.</summary>
    public async Task<long> NumberAsync(string sql, CancellationToken ct)
    {
        await using var connection = await _database!.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(ct) is { } number and not DBNull ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The leases of killed jobs run out after two minutes; a test need not wait for that.</summary>
    public async Task EndLeasesAsync(CancellationToken ct)
    {
        await using var connection = await _database!.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = """UPDATE "Outbox" SET "LeaseUntil" = '2000-01-01 00:00:00' WHERE "LeaseUntil" IS NOT NULL""";
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
        if (_database is not null) await _database.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private void Note(string? line)
    {
        if (line is null) return;
        _said.Enqueue(line);
        while (_said.Count > 20_000) _said.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
