namespace Lms.Web.Tests.Infra;

/// <summary>Each file of infra/ is read by the program it is written for, or by a checker of its language.</summary>
public sealed class LintTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-infra-").FullName;

    [Fact]
    public async Task The_Dockerfile_is_sound() => await Tool.PassesAsync("node", Tool.Node("node_modules/dockerfile-utils/bin/dockerfile-utils"), "lint", Tool.Infra("docker/Dockerfile"));

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.cloud.yaml")]
    public async Task Compose_files_follow_the_specification(string file)
    {
        await Tool.PassesAsync("node", Tool.Node("node_modules/dclint/bin/dclint.cjs"), "--config", Tool.Node("dclint.json"), "--max-warnings", "0", Tool.Infra($"compose/{file}"));
    }

    // Debian's Compose is older than two of the keys; all else it resolves as any other does: variables, merges, what is named and where.
    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.cloud.yaml")]
    public async Task Compose_resolves_what_its_files_name(string file)
    {
        var lines = File.ReadAllLines(Tool.Infra($"compose/{file}")).Where(l => !l.StartsWith("name:", StringComparison.Ordinal) && !l.Contains("start_interval:", StringComparison.Ordinal));
        var copy = Path.Combine(_folder, file);
        await File.WriteAllLinesAsync(copy, lines);
        Directory.CreateDirectory(Path.Combine(_folder, "secrets"));
        foreach (var name in new[] { "mssql.env", "azurite.env" }) await File.WriteAllTextAsync(Path.Combine(_folder, "secrets", name), "");
        await Tool.PassesWithAsync(new() { ["SEEDLOT_ADMIN"] = "a@example.org" }, "docker-compose", "--profile", "tls", "-f", copy, "config", "--quiet");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Caddy_takes_its_file_with_and_without_packages(bool packages)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Caddyfile"), Tool.Text("compose/Caddyfile").Replace("/certificates/", $"{_folder}/", StringComparison.Ordinal));
        if (packages) await File.WriteAllTextAsync(Path.Combine(_folder, "packages.caddy"), Tool.Text("compose/packages.caddy"));
        var adapted = await Tool.PassesWithAsync(new() { ["SEEDLOT_URL"] = "https://learn.example.org", ["SEEDLOT_PACKAGES_HOST"] = "packages.example.org" },
            "caddy", "adapt", "--config", Path.Combine(_folder, "Caddyfile"));
        Assert.Contains("learn.example.org", adapted, StringComparison.Ordinal);
        Assert.Equal(packages, adapted.Contains("*.packages.example.org", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("base")]
    [InlineData("cloud")]
    public async Task Kubernetes_objects_have_only_fields_and_values_that_the_API_knows(string folder)
    {
        var objects = Path.Combine(_folder, "objects.yaml");
        await File.WriteAllTextAsync(objects, await Tool.PassesAsync("kubectl", "kustomize", Tool.Infra($"kubernetes/{folder}")));
        await Tool.PassesAsync("node", Tool.Node("kubernetes.mjs"), objects);
    }

    [Fact]
    public async Task Bicep_compiles_without_a_warning()
    {
        var (code, _, said) = await Tool.RunAsync([], Tool.Bicep(), "build", Tool.Infra("azure/main.bicep"), "--outfile", Path.Combine(_folder, "main.json"));
        Assert.Equal((0, ""), (code, said.Trim()));
        (code, _, said) = await Tool.RunAsync(new() { ["SEEDLOT_ADMIN_PASSWORD"] = "x", ["SEEDLOT_CERTIFICATE"] = "x" },
            Tool.Bicep(), "build-params", Tool.Infra("azure/main.bicepparam"), "--outfile", Path.Combine(_folder, "parameters.json"));
        Assert.Equal((0, ""), (code, said.Trim()));
    }

    [Theory]
    [InlineData("seedlot.service", "seedlot-backup.service")]
    [InlineData("seedlot-backup.timer", "seedlot-backup.service")]
    public async Task Systemd_takes_its_units_and_finds_them_confined(string unit, string other)
    {
        // Where the program will be, a file stands in for it.
        foreach (var program in new[] { "Lms.Web", "backup.sh" })
        {
            var path = Path.Combine(_folder, program);
            await File.WriteAllTextAsync(path, "#!/bin/sh\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        foreach (var name in new[] { unit, other })
            await File.WriteAllTextAsync(Path.Combine(_folder, name), Tool.Text($"systemd/{name}").Replace("/opt/seedlot/infra/", $"{_folder}/", StringComparison.Ordinal).Replace("/opt/seedlot/", $"{_folder}/", StringComparison.Ordinal));
        var (code, output, error) = await Tool.RunAsync([], "systemd-analyze", "verify", "--man=no", "--recursive-errors=no", Path.Combine(_folder, unit));
        Assert.Equal((0, "", ""), (code, output.Trim(), error.Trim()));
        if (unit.EndsWith(".service", StringComparison.Ordinal)) await Tool.PassesAsync("systemd-analyze", "security", "--offline=yes", "--threshold=15", "--no-pager", Path.Combine(_folder, unit));
    }

    [Fact]
    public async Task Shell_scripts_are_sound()
    {
        string[] scripts = [.. Directory.EnumerateFiles(Tool.Infra(), "*", SearchOption.AllDirectories).Where(f => File.ReadLines(f).FirstOrDefault()?.StartsWith("#!/", StringComparison.Ordinal) == true)];
        Assert.NotEmpty(scripts);
        // 1091: settings that are on the operator's machine alone.
        await Tool.PassesAsync("shellcheck", ["--exclude=SC1091", .. scripts]);
        foreach (var script in scripts) Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), $"{script} is not executable.");
    }

    [Fact]
    public async Task YAML_is_sound() => await Tool.PassesAsync("yamllint", "--strict", "-d", "{extends: default, rules: {line-length: disable, document-start: disable, braces: disable, comments: disable}}",
        Tool.Infra("compose"), Tool.Infra("kubernetes"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
