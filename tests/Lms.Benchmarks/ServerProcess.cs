using System.Diagnostics;
using System.Net.Sockets;

namespace Lms.Benchmarks;

/// <summary>A program of its own process on a free port of loopback.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TimeSpan startedIn) => (_process, Address, StartedIn) = (process, address, startedIn);

    public Uri Address { get; }

    /// <summary>From the start of the process to its first good answer.</summary>
    public TimeSpan StartedIn { get; }

    public long ResidentBytes =>
        long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The site itself.</summary>
    public static Task<ServerProcess> SiteAsync(string data, string readyPath = "/health/ready", Dictionary<string, string>? environment = null) =>
        StartAsync(address => [Path.Combine(AppContext.BaseDirectory, "Lms.Web.dll"), "--data", data, "--urls", address], readyPath, environment);

    /// <summary>A bare Kestrel endpoint that answers with the bytes of a file.</summary>
    public static Task<ServerProcess> BareAsync(string file) =>
        StartAsync(address => [Path.Combine(AppContext.BaseDirectory, "Lms.Benchmarks.dll"), "bare", file, address], "/");

    /// <summary>A record store that does the least, in a database of its own.</summary>
    public static Task<ServerProcess> BareStoreAsync(string database) =>
        StartAsync(address => [Path.Combine(AppContext.BaseDirectory, "Lms.Benchmarks.dll"), "bare-store", database, address], "/");

    private static async Task<ServerProcess> StartAsync(Func<string, string[]> arguments, string readyPath, Dictionary<string, string>? environment = null)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", arguments(address)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LMS__Admin__Email"] = "admin@example.org";
        start.Environment["LMS__Admin__Password"] = Seed.Password;
        start.Environment["LMS__Limits__Off"] = "true";
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is { Length: > 0 } text) Console.Error.WriteLine(text); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        while (!await AnswersAsync(client, readyPath))
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode} before it answered.");
            await Task.Delay(10);
        }
        return new ServerProcess(process, new Uri(address), clock.Elapsed);
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string path)
    {
        try
        {
            using var reply = await client.GetAsync(new Uri(path, UriKind.Relative));
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
