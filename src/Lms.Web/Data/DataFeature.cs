using Lms.Web.Editions;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data;

public static class DataFeature
{
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration settings, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folder);
        services.AddSingleton(folder);
        services.AddScoped<CentreScope>();
        services.AddScoped<Backup>();
        services.AddMetrics();
        services.AddSingleton<SiteMetrics>();
        services.AddSingleton<CommitInterceptor>();
        services.AddSingleton<SchemaCheck>();
        var database = DatabaseProvider.Of(settings);
        services.AddSingleton(database);
        services.AddSingleton(Node.Of(settings, database.IsShared));
        services.AddSingleton<NodeSignal>();
        services.AddSingleton<NodeTime>();
        database.Add(services, settings["LMS:Database:ConnectionString"], folder);
        services.AddScoped(provider => new Lazy<LmsDbContext>(provider.GetRequiredService<LmsDbContext>));
        return services;
    }

    /// <summary>Brings the database to this version's schema.</summary>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        var (known, applied) = (db.Database.GetMigrations().ToList(), (await db.Database.GetAppliedMigrationsAsync(ct)).ToList());
        if (SchemaVersions.Missing(known, applied) is { } needed)
            throw new RefusalException($"{services.GetRequiredService<DatabaseProvider>().Place(services.GetRequiredService<DataFolder>())} needs version {needed} of this program or a later one, and this is {SchemaVersions.Program}. Start that version, or restore a backup that this one made.");
        // Asked first: migrating compares the whole model with the last migration even when there is nothing to do.
        if (known.Except(applied).Any()) await db.Database.MigrateAsync(ct);
        await db.SetUpAsync(ct);
        foreach (var prepare in Edition.AfterMigration) await prepare(services, ct);
    }
}

/// <summary>Where the embedded default keeps everything: one folder to back up.</summary>
public sealed record DataFolder(string Root)
{
    public string Database => Path.Combine(Root, "seedlot.db");
    public string Files => Path.Combine(Root, "files");
    /// <summary>Uploads and what is unpacked of them, until it is all there; no part of a backup.</summary>
    public string Uploads => Path.Combine(Root, "uploads");
    public string Attachments => Path.Combine(Root, "attachments");
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Makes the folder where it is not there, for nobody but the program's user: it holds keys, names and hashes of passwords.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Root);
        else Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
