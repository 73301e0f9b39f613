using Lms.Web.Data;
using Lms.Web.Data.SqlServer;
using Lms.Web.Files.AzureBlob;
using Lms.Web.Jobs.Hangfire;

namespace Lms.Web.Editions;

/// <summary>The edition for Microsoft's stack: SQL Server, Hangfire, Azure Blob Storage and ImageSharp.</summary>
internal static partial class Edition
{
    public static string Name => "Cloud";

    /// <summary>Databases beyond SQLite and PostgreSQL, for <c>LMS__Database__Provider</c>.</summary>
    public static IReadOnlyList<DatabaseProvider> Databases => [new SqlServerDatabase()];

    /// <summary>Job runners beyond the one within the program, for <c>LMS__Jobs__Provider</c>.</summary>
    public static IReadOnlyList<Provider> Jobs => [new("Hangfire", HangfireProvider.Add)];

    /// <summary>What else is made in the database once it has this version's schema.</summary>
    public static IReadOnlyList<Func<IServiceProvider, CancellationToken, Task>> AfterMigration => [HangfireSchema.PrepareAsync];

    /// <summary>File stores beyond the disk, for <c>LMS__Files__Provider</c>.</summary>
    public static IReadOnlyList<Provider> Files => [new("AzureBlob", AzureBlobFiles.Add)];
}
