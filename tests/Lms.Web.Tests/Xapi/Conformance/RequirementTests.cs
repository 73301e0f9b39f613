using System.Runtime.CompilerServices;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>The ADL numbers what it asks of a record store: <c>requirements.txt</c> lists the numbers, and each must be named by a test.</summary>
public sealed class RequirementTests
{
    [Fact]
    public void Every_LRS_requirement_has_a_test()
    {
        var here = Folder();
        var tests = Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(here, "../../..")), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => File.ReadAllText(f)).ToList();
        var numbers = File.ReadAllLines(Path.Combine(here, "requirements.txt"));

        Assert.Equal(330, numbers.Length);
        Assert.DoesNotContain(numbers, number => !tests.Exists(t => t.Contains(number, StringComparison.Ordinal)));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
