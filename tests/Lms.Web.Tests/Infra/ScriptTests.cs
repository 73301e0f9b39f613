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
        foreach (var (name, value) in site.Database.Settings) environment[name.Replace(":", "__", StringComparison.Ordinal)] = value!;
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_that_serves_in_Kubernetes_is_touched_before_the_migration_is_done(bool migrates)
    {
        var log = Path.Combine(_folder, "log");
        await ScriptAsync("kubectl", $"[ \"$1\" = kustomize ] && exec $KUBECTL \"$@\"; echo \"$@\" >>'{log}'; [ \"$1\" != get ] || echo {(migrates ? "SuccessCriteriaMet Complete" : "FailureTarget Failed")}");
        var environment = new Dictionary<string, string> { ["PATH"] = $"{_folder}:/usr/bin:/bin", ["KUBECTL"] = Tool.Find("kubectl") };
        var (code, _, said) = await Tool.RunAsync(environment, "sh", Tool.Infra("kubernetes/deploy.sh"));
        Assert.Equal(migrates ? 0 : 1, code);
        string[] steps = [.. (await File.ReadAllLinesAsync(log)).Select(l => l.Split(' ')[0])];
        string[] done = ["delete", "apply", "get", "apply", "rollout"], failed = ["delete", "apply", "get", "logs"];
        Assert.Equal(migrates ? done : failed, steps);
        Assert.Equal(migrates, said.Length == 0);
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public async Task Nothing_that_serves_in_Azure_is_touched_before_the_migration_is_done(string outcome)
    {
        var log = Path.Combine(_folder, "log");
        await ScriptAsync("az", $"echo \"$@\" >>'{log}'; case $* in *execution*) echo {outcome};; *) echo answer;; esac");
        var (code, _, said) = await Tool.RunAsync(new() { ["PATH"] = $"{_folder}:/usr/bin:/bin" }, "sh", Tool.Infra("azure/deploy.sh"), "group");
        var serves = (await File.ReadAllLinesAsync(log)).Count(l => l.Contains("serve=true", StringComparison.Ordinal));
        Assert.Equal(outcome == "Succeeded" ? (0, 1) : (1, 0), (code, serves));
        Assert.Equal(outcome == "Failed", said.Contains("left as it is", StringComparison.Ordinal));
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
