using Lms.Web.Data;

namespace Lms.Web.Editions;

/// <summary>The edition that everybody builds: for one small machine, and for open servers.</summary>
internal static partial class Edition
{
    public static string Name => "Default";

    /// <summary>Databases beyond SQLite and PostgreSQL, for <c>LMS__Database__Provider</c>.</summary>
    public static IReadOnlyList<DatabaseProvider> Databases => [];

    /// <summary>Job runners beyond the one within the program, for <c>LMS__Jobs__Provider</c>.</summary>
    public static IReadOnlyList<Provider> Jobs => [];

    /// <summary>What else is made in the database once it has this version's schema.</summary>
    public static IReadOnlyList<Func<IServiceProvider, CancellationToken, Task>> AfterMigration => [];

    /// <summary>File stores beyond the disk, for <c>LMS__Files__Provider</c>.</summary>
    public static IReadOnlyList<Provider> Files => [];
}
