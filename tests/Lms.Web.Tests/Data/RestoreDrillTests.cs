using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Lms.Web.Tests.Certificates;
using Lms.Web.Tests.Faults;
using Lms.Web.Tests.Learning;
using Lms.Web.Tests.Operations;
using Lms.Web.Tests.Support;
using Lms.Web.Tests.Xapi;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Data;

/// <summary>A backup is worth what its restore is: the operator's script, and what people find on the restored site.</summary>
public sealed class RestoreDrillTests : IAsyncLifetime
{
    private readonly TestSite _site = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-drill-").FullName;
    private readonly TestDatabase _target;

    public RestoreDrillTests() => _target = new TestDatabase(Target);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private string Target => Path.Combine(_folder, "site");
    private static string Program => Path.Combine(AppContext.BaseDirectory, "Lms.Web.dll");

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _target.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_drill_of_the_operators_passes_on_a_site_that_serves()
    {
        Tool.Need("curl");
        var certificate = await _site.CertificateAsync();
        var said = await Tool.RunAsync("bash", [Path.Combine(Tool.Infra(), "scripts", "restore-drill.sh"), $"dotnet {Program}", _site.DataFolder], environment: new(Environment(_site.Database))
        {
            ["DRILL_SERIAL"] = certificate.Serial, ["DRILL_PORT"] = $"{FreePort()}", ["LMS__Content"] = Path.Combine(AppContext.BaseDirectory, "Support", "content"),
            ["DRILL_CONNECTION"] = _target.Settings.GetValueOrDefault("LMS:Database:ConnectionString"),
        });
        Assert.Contains("certificates: 1", said, StringComparison.Ordinal);
        Assert.Contains($"The certificate {certificate.Serial} verifies.", said, StringComparison.Ordinal);
        Assert.Contains("The drill passed", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_find_everything_on_the_restored_site()
    {
        var ana = await _site.AddPersonAsync(name: "Ana Lima");
        var certificate = await _site.CertificateAsync(learner: ana, title: "Clean hands");
        using var lrs = await Lrs.AddAsync(_site);
        var statement = await lrs.StoreOneAsync(Sample.Statement());
        using (var browser = await _site.SignInAsync(ana.Email!)) await LearningSite.EnrolAsync(browser, "hygiene");
        var archive = Path.Combine(_folder, "backup.tar.gz");
        await Tool.RunAsync("dotnet", [Program, "backup", archive, "--data", _site.DataFolder], environment: Environment(_site.Database));
        await Tool.RunAsync("dotnet", [Program, "restore", archive, "--data", Target], environment: Environment(_target));

        await using var restored = new KillableSite(Target, _target.Settings);
        await restored.StartAsync();
        using var back = new Browser(restored.Address);
        (await back.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = ana.Email!, ["Input.Password"] = TestSite.Password })).Dispose();
        var transcript = (await back.PageAsync("/transcript")).Body!.TextContent;
        Assert.Contains("Clean hands", transcript, StringComparison.Ordinal);
        Assert.Contains(certificate.Serial, (await back.PageAsync($"/verify/{certificate.Serial}")).Body!.TextContent, StringComparison.Ordinal);
        using var system = new Lrs(restored.Address, key: lrs.Key, secret: lrs.Secret);
        Assert.Equal(statement, (string)(await system.StatementAsync(statement))["id"]!);
        Assert.Equal(Hashes(_site.DataFolder), Hashes(restored.Folder));
    }

    [Fact]
    public async Task A_file_that_was_changed_or_is_gone_is_found()
    {
        await _site.CertificateAsync();
        var files = Directory.EnumerateFiles(Path.Combine(_site.DataFolder, "files"), "*", SearchOption.AllDirectories).Order().ToList();
        await File.WriteAllTextAsync(files[0], "changed", Ct);
        var report = await _site.RunAsync(s => s.GetRequiredService<Features.Reporting.DataCheck>().RunAsync(Ct));
        Assert.Contains(report.Problems, p => p.Contains("is not what was written", StringComparison.Ordinal));
        Assert.Contains(report.Counts, c => c is ("certificates", 1));

        var version = await _site.ReadAsync(db => db.CourseVersions.Select(v => v.Hash).FirstAsync());
        File.Delete(Path.Combine(_site.DataFolder, "files", version[..2], version[2..]));
        report = await _site.RunAsync(s => s.GetRequiredService<Features.Reporting.DataCheck>().RunAsync(Ct));
        Assert.Contains(report.Problems, p => p.Contains($"course version {version} is missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rehearsal_serves_and_does_nothing_by_itself()
    {
        await using var app = Site.Build(new SiteOptions(Path.Combine(_folder, "quiet"), "http://127.0.0.1:0", Rehearsal: true));
        var working = app.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Select(s => s.GetType()).Where(t => t.Assembly == typeof(Site).Assembly).Select(t => t.Name).ToList();
        Assert.Contains("StatementCommitter", working);
        foreach (var name in new[] { "InProcessWorker", "Forwarder", "StatementCounter" }) Assert.DoesNotContain(name, working);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Dictionary<string, string?> Environment(TestDatabase database) => database.Settings.ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value);

    private static Dictionary<string, string> Hashes(string data) => Directory.EnumerateFiles(Path.Combine(data, "files"), "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(data, f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))));
}
