using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Lms.Web.Tests;

/// <summary>Who may use whom: each row uses itself and the rows above it. News travels upward as outbox messages.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[][] Rows =
    [
        ["Data", "Jobs", "Files", "Images", "Operations"],
        ["Features/Identity", "Features/Network", "Features/Shared"],
        ["Features/Catalog", "Features/Xapi"],
        ["Features/Assessment", "Features/Learning"],
        ["Features/Packages"],
        ["Features/Authoring", "Features/Scorm", "Features/Cmi5"],
        ["Features/Certificates"],
        ["Features/Compliance"],
        ["Features/Reporting"],
    ];

    public static TheoryData<string> Rooms() => [.. Rows.SelectMany(r => r).Where(room => Directory.Exists(Path.Combine(Web(), room)))];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_its_own_row_and_the_rows_above(string room)
    {
        var row = RowOf(room);
        var offences =
            from file in Directory.EnumerateFiles(Path.Combine(Web(), room), "*.cs*", SearchOption.AllDirectories)
            where !file.Contains("Migrations", StringComparison.Ordinal)
            // The contexts know every entity: the declared exception.
            where !file.EndsWith("LmsDbContext.cs", StringComparison.Ordinal)
            from Match use in Uses().Matches(File.ReadAllText(file))
            let used = use.Groups["room"].Value.Replace('.', '/')
            where RowOf(used) > row
            select $"{Path.GetRelativePath(Web(), file)} uses {used}";

        Assert.Empty(offences);
    }

    [Fact]
    public void Every_feature_folder_has_its_row()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Web(), "Features")).Select(d => $"Features/{Path.GetFileName(d)}");
        Assert.All(folders, folder => Assert.NotEqual(-1, RowOf(folder)));
    }

    private static int RowOf(string room) => Array.FindIndex(Rows, row => row.Contains(room));

    private static string Web([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src/Lms.Web"));

    [GeneratedRegex(@"\bLms\.Web\.(?<room>Features\.\w+|Data|Jobs|Files|Images|Operations)\b")]
    private static partial Regex Uses();
}
