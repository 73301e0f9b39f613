using System.Diagnostics;
using System.Text.RegularExpressions;
using Lms.Web.Features.Authoring;

namespace Lms.Benchmarks;

/// <summary><c>content check</c> over 500 lessons: the real course as often as it takes, in all its languages.</summary>
internal static partial class Check
{
    private const int Lessons = 500;
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("seedlot-bench-").FullName;
        try
        {
            var lessons = Write(ContentFolder.Find(new ConfigurationBuilder().Build()).Path!, folder);
            for (var round = 1; round <= Rounds; round++)
            {
                var (clock, processor) = await CheckAsync(folder);
                Console.WriteLine($"content check of {lessons} lessons in two languages, with their banks: {clock.TotalSeconds:N2} s, {processor.TotalSeconds:N2} s of processor time (budget 5 s)");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The program as an author starts it: what it takes to start and to compile is part of the time.
    private static async Task<(TimeSpan Clock, TimeSpan Processor)> CheckAsync(string folder)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lms.Web.dll"), "content", "check", folder]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEndAsync();
        // Linux forgets the times of a process that has ended: the last look at it is what there is.
        var processor = TimeSpan.Zero;
        while (!process.HasExited)
        {
            try { processor = process.TotalProcessorTime; }
            catch (InvalidOperationException) { break; }
            await Task.Delay(20);
        }
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (clock.Elapsed, processor) : throw new InvalidOperationException(await said);
    }

    private static int Write(string content, string folder)
    {
        Copy(Path.Combine(content, "glossary"), Path.Combine(folder, "glossary"));
        File.Copy(Path.Combine(content, "standards.yaml"), Path.Combine(folder, "standards.yaml"));
        var course = Path.Combine(content, "courses", Seed.Course);
        var each = Directory.EnumerateFiles(course, "lesson.md", SearchOption.AllDirectories).Count();
        var courses = (Lessons + each - 1) / each;
        for (var i = 0; i < courses; i++)
        {
            var copy = Path.Combine(folder, "courses", $"{Seed.Course}-{i}");
            Copy(course, copy);
            var yaml = Path.Combine(copy, "course.yaml");
            File.WriteAllText(yaml, CourseId().Replace(File.ReadAllText(yaml), $"$0-{i}", 1));
        }
        return courses * each;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [GeneratedRegex("^id: [a-z0-9-]+", RegexOptions.Multiline)]
    private static partial Regex CourseId();
}
