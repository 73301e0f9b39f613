using System.Globalization;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Infra;

/// <summary>The scripts that the deployments run, on the real program.</summary>
public sealed class ScriptTests(TestSite site) : IClassFixture<TestSite>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-scripts-").FullName;

    [Fact]
    public async Task The_health_check_of_the_image_asks_the_site()
    {
        await Tool.PassesAsync("bash", Tool.Infra("docker/healthy"), site.Address.Port.ToString(CultureInfo.InvariantCulture));
        var (code, _, _) = await Tool.RunAsync([], "bash", Tool.Infra("docker/healthy"), "1");
        Assert.NotEqual(0, code);
    }

    [Fact]
    public async Task A_backup_is_written_the_oldest_goes_and_a_failure_takes_nothing()
    {
        var backups = Directory.CreateDirectory(Path.Combine(_folder, "backups")).FullName;
        foreach (var old in new[] { "20200101T000000Z", "20200102T000000Z" })
        {
            var file = Path.Combine(backups, $"seedlot-{old}.tar.gz");
            await File.WriteAllTextAsync(file, "old");
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        }
        var environment = new Dictionary<string, string>
        {
            ["SEEDLOT"] = await ScriptAsync("seedlot", $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Lms.Web.dll")}' \"$@\" --data '{site.DataFolder}'"),
            ["BACKUP_FOLDER"] = backups,
            ["BACKUP_KEEP"] = "2",
        };
        Assert.Equal(1, (await BackupAsync(environment, "healthy")).Code);
        Assert.Equal((0, ""), await BackupAsync(environment, "once"));
        Assert.Equal((0, ""), await BackupAsync(environment, "healthy"));
        var kept = Directory.GetFiles(backups).Select(Path.GetFileName).Order().ToList();
        Assert.Equal(2, kept.Count);
        Assert.Equal("seedlot-20200102T000000Z.tar.gz", kept[0]);

        environment["SEEDLOT"] = await ScriptAsync("broken", "exit 3");
        Assert.NotEqual(0, (await BackupAsync(environment, "once")).Code);
        Assert.Equal(kept, Directory.GetFiles(backups).Select(Path.GetFileName).Order());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, string Error)> BackupAsync(Dictionary<string, string> environment, string verb)
    {
        var (code, _, error) = await Tool.RunAsync(environment, "sh", Tool.Infra("backup.sh"), verb);
        return (code, error.Trim());
    }

    private async Task<string> ScriptAsync(string name, string body)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
