using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Lms.Web.Tests.Operations;

/// <summary>Programs of the machine that some tests need, and the files of the project that they look at.</summary>
internal static class Tool
{
    public static string Infra([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../infra"));

    /// <summary>Skips the test where the program is not installed.</summary>
    public static void Need(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, program)));
        Assert.SkipUnless(found, $"{program} is not installed.");
    }

    /// <summary>Runs a program that must succeed, and returns what it wrote.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? input = null, string? folder = null, Dictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        var said = await output + await errors;
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
        return said;
    }
}
