using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data;

/// <summary>
/// Which versions of the program may work on a database that a later one has migrated. A migration only adds, so that a program from before it goes on;
/// one that takes away says in its name from which version on the program does without: <c>DropOldTitles_Needs_0_3_0</c>.
/// </summary>
internal static partial class SchemaVersions
{
    public static Version Program { get; } = Of(typeof(SchemaVersions).Assembly.GetName().Version!);

    /// <summary>The version that the database asks for, by its migrations that this program does not know; null when this one may work on it.</summary>
    public static Version? Missing(IEnumerable<string> known, IEnumerable<string> applied) =>
        applied.Except(known).Select(NeededBy).Where(needed => needed > Program).Max();

    /// <summary>The version that a migration asks for; null for one that only adds.</summary>
    public static Version? NeededBy(string migration) => Needs().Match(migration) is { Success: true } match
        ? new Version(Number(match, 1), Number(match, 2), Number(match, 3))
        : null;

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static Version Of(Version assembly) => new(assembly.Major, assembly.Minor, Math.Max(0, assembly.Build));

    [GeneratedRegex(@"_Needs_(\d+)_(\d+)_(\d+)$")]
    private static partial Regex Needs();
}

/// <summary>Whether this process may still serve: another one may have migrated the database meanwhile. Looked at once in a while, however often it is asked.</summary>
internal sealed class SchemaCheck(TimeProvider clock)
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(15);
    private long? _lookedAt;
    private bool _fits;

    public async Task<bool> FitsAsync(LmsDbContext db, CancellationToken ct)
    {
        if (_lookedAt is { } at && clock.GetElapsedTime(at) < Holds) return _fits;
        _fits = SchemaVersions.Missing(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync(ct)) is null;
        _lookedAt = clock.GetTimestamp();
        return _fits;
    }
}
