using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Lms.Web.Data;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests;

/// <summary>What keeps the program from working is told in a sentence that says what to do.</summary>
public sealed class StartTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-start-").FullName;
    private readonly TestDatabase _database;

    public StartTests() => _database = new TestDatabase(_folder);

    [Theory]
    [InlineData("LMS:PublicUrl", "learn.example.org", "LMS__PublicUrl")]
    [InlineData("LMS:Content", "/there/is/none", "programmes.yaml")]
    [InlineData("LMS:Admin:Password", "short", "at least 10 characters")]
    public async Task A_setting_that_can_not_be_used_is_named(string setting, string value, string sentence)
    {
        var settings = Settings();
        settings[setting] = value;
        Assert.Contains(sentence, await SentenceAsync(settings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_makes_a_site_ready_without_serving_and_takes_its_secrets_from_files()
    {
        var secrets = Directory.CreateDirectory(Path.Combine(_folder, "secrets")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "LMS__Admin__Email"), "first@example.org\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(secrets, "LMS__Admin__Password"), "correct horse battery\n", Ct);
        var environment = new Dictionary<string, string?> { ["LMS__Secrets"] = secrets, ["LMS__Content"] = Settings()["LMS:Content"] };

        for (var run = 0; run < 2; run++)
        {
            var (code, said) = await RunWithAsync(environment, "migrate", "--data", _folder);
            Assert.Equal(0, code);
            Assert.Contains("ready for this version", said, StringComparison.Ordinal);
        }

        await using var app = NewSite(_database.Settings);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        Assert.Equal("first@example.org", (await db.Users.IgnoreQueryFilters().SingleAsync(Ct)).Email);
        Assert.NotEmpty(await db.CourseVersions.IgnoreQueryFilters().ToListAsync(Ct));

        var (refused, sentence) = await RunWithAsync(new() { ["LMS__Secrets"] = Path.Combine(_folder, "none") }, "migrate", "--data", _folder);
        Assert.Equal(1, refused);
        Assert.Contains("LMS__Secrets", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_to_be_none()
    {
        TestDatabase.OnlyOnSqlite("a server database is no file.");
        await File.WriteAllTextAsync(Path.Combine(_folder, "seedlot.db"), new string('x', 5000), Ct);
        Assert.Contains("restore FILE", await SentenceAsync(Settings()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_programs_start_together_on_a_new_folder()
    {
        Assert.All(await Task.WhenAll(Task.Run(() => SentenceAsync(Settings())), Task.Run(() => SentenceAsync(Settings()))), Assert.Null);
    }

    [Fact]
    public async Task An_address_in_use_is_said_to_be_and_a_backup_of_nothing_is_refused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, error) = await RunAsync("--data", _folder, "--urls", $"http://{taken.LocalEndpoint}");
        Assert.Equal(1, code);
        Assert.Contains("--urls http://localhost:5081", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);

        var nowhere = Path.Combine(_folder, "nowhere");
        (code, error) = await RunAsync("backup", Path.Combine(_folder, "backup.tar.gz"), "--data", nowhere);
        Assert.Equal(1, code);
        Assert.Contains("There is no data in", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(nowhere));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Dictionary<string, string?> Settings() => new(_database.Settings)
    {
        ["LMS:Content"] = Path.Combine(AppContext.BaseDirectory, "Support", "content"),
        ["LMS:Admin:Email"] = "admin@example.org",
        ["LMS:Admin:Password"] = "correct horse battery",
    };

    private WebApplication NewSite(Dictionary<string, string?> settings) => Site.Build(new SiteOptions(_folder, "http://127.0.0.1:0", Quiet: true, settings));

    /// <summary>What the operator reads when a site with these settings starts; null when it does.</summary>
    private async Task<string?> SentenceAsync(Dictionary<string, string?> settings)
    {
        try
        {
            await using var app = NewSite(settings);
            await app.PrepareAsync(demo: false, Ct);
            return null;
        }
        catch (Exception failure) when (RefusalException.SentenceOf(failure) is { } sentence)
        {
            return sentence;
        }
    }

    private Task<(int Code, string Error)> RunAsync(params string[] arguments) => RunWithAsync([], arguments);

    private async Task<(int Code, string Error)> RunWithAsync(Dictionary<string, string?> environment, params string[] arguments)
    {
        var start = _database.Tell(new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lms.Web.dll"), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true });
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync(Ct);
        var error = await program.StandardError.ReadToEndAsync(Ct);
        await program.WaitForExitAsync(Ct);
        return (program.ExitCode, error + await output);
    }
}
