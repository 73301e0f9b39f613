using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Lms.Web.Tests.Infra;

/// <summary>A program that checks files of infra/. Where it is not installed the test is skipped with that reason.</summary>
internal static class Tool
{
    public static string Infra(string path = "") => Path.Combine(Repository(), "infra", path);

    public static string Text(string path) => File.ReadAllText(Infra(path));

    /// <summary>Runs a program and returns what it wrote to its output; fails with all it said when it ends with an error.</summary>
    public static Task<string> PassesAsync(string program, params string[] arguments) => PassesWithAsync([], program, arguments);

    public static async Task<string> PassesWithAsync(Dictionary<string, string> environment, string program, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(environment, program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{output}\n{error}");
        return output;
    }

    public static async Task<(int Code, string Output, string Error)> RunAsync(Dictionary<string, string> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    /// <summary>The arguments that make node run one of the tools in tests/tools.</summary>
    public static string Node(string script)
    {
        var path = Path.Combine(Repository(), "tests", "tools", script);
        if (!Directory.Exists(Path.Combine(Repository(), "tests", "tools", "node_modules"))) Assert.Skip("The checks in tests/tools are not installed: tests/run.sh installs them.");
        return path;
    }

    public static string Bicep()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = Text("../tests/tools/bicep.csproj").Split("Version=\"[")[1].Split(']')[0];
        var path = Path.Combine(packages, "azure.bicep.commandline.linux-x64", version, "tools", "bicep");
        if (!File.Exists(path)) Assert.Skip("The compiler of Bicep is not here: tests/run.sh fetches it.");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public static string Find(string program)
    {
        if (Path.IsPathRooted(program)) return program;
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (found is null) Assert.Skip($"{program} is not installed.");
        return found!;
    }

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
