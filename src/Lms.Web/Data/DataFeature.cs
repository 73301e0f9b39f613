using Lms.Web.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data;

public static class DataFeature
{
    public static IServiceCollection AddData(this IServiceCollection services, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        services.AddSingleton(folder);
        services.AddScoped<CentreScope>();
        services.AddScoped<Backup>();
        services.AddSingleton<CommitInterceptor>();
        services.AddDbContext<LmsDbContext, SqliteLmsDbContext>((provider, options) => options
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = folder.Database, DefaultTimeout = 30 }.ToString())
            .AddInterceptors(new SqlitePragmas(), provider.GetRequiredService<CommitInterceptor>()));
        return services;
    }

    /// <summary>Brings the database to this version's schema.</summary>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        // Asked first: migrating compares the whole model with the last migration even when there is nothing to do.
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any()) await db.Database.MigrateAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", ct);
    }
}

/// <summary>Where the embedded default keeps everything: one folder to back up.</summary>
public sealed record DataFolder(string Root)
{
    public string Database => Path.Combine(Root, "seedlot.db");
    public string Files => Path.Combine(Root, "files");
    public string Keys => Path.Combine(Root, "keys");
}
