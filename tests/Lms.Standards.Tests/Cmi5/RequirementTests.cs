using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Lms.Standards.Tests.Cmi5;

/// <summary>
/// ADL's CATAPULT numbers what cmi5 asks: <c>requirements.txt</c> lists the numbers, each with the reason where it is none for a test here. All others
/// must be named by a test.
/// </summary>
public sealed class RequirementTests
{
    [Fact]
    public void Every_requirement_has_a_test_or_a_reason()
    {
        var here = Folder();
        var tests = string.Concat(Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(here, "../..")), "*Tests.cs", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "Cmi5").Select(File.ReadAllText));
        var lines = File.ReadAllLines(Path.Combine(here, "requirements.txt")).Select(l => l.Split('\t')).ToList();

        Assert.Equal(305, lines.Count);
        Assert.Empty(lines.Where(l => l.Length == 1 && !Regex.IsMatch(tests, $@"(?<![\d.]){Regex.Escape(l[0])}(?!\d| \(d)")).Select(l => l[0]));
        Assert.All(lines.Where(l => l.Length > 1), l => Assert.NotEmpty(l[1]));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
