using Hangfire.SqlServer;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Jobs.Hangfire;

/// <summary>
/// Hangfire's tables, in a schema of their own beside the site's. They are made when the database is brought to this version's schema, before any process
/// serves; the script takes a lock, and where nothing has changed it changes nothing.
/// </summary>
internal static class HangfireSchema
{
    public const string Name = "hangfire";

    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        if (!IsNeeded(services.GetRequiredService<IConfiguration>())) return;
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<LmsDbContext>().Database;
        await database.OpenConnectionAsync(ct);
        SqlServerObjectsInstaller.Install(database.GetDbConnection(), Name, enableHeavyMigrations: true);
    }

    /// <summary>Whether Hangfire's part is in the site's database.</summary>
    public static bool IsNeeded(IConfiguration configuration) =>
        Is(configuration["LMS:Jobs:Provider"], "Hangfire") && Is(configuration["LMS:Database:Provider"], "SqlServer");

    private static bool Is(string? value, string name) => name.Equals(value, StringComparison.OrdinalIgnoreCase);
}
