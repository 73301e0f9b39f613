using System.Data.Common;
using Lms.Web.Data.PostgreSql;
using Lms.Web.Data.Sqlite;
using Lms.Web.Editions;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data;

/// <summary>
/// One kind of database: how it is reached, and what it says when it can't be. The rest of what differs is on the context and on
/// <see cref="RawDatabase"/>, as methods named for what they do; no feature asks which database it works on.
/// </summary>
public abstract class DatabaseProvider
{
    private static readonly DatabaseProvider[] All = [new SqliteDatabase(), new PostgreSqlDatabase(), .. Edition.Databases];

    /// <summary>The name by which <c>LMS__Database__Provider</c> chooses it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether several processes may work on it at once.</summary>
    public virtual bool IsShared => true;

    /// <summary>
    /// Registers its <see cref="RawDatabase"/> and, by <see cref="AddContext"/>, its context; its <see cref="Locks"/>, and where it is shared its
    /// <see cref="SharedOrder"/> and <see cref="News"/>.
    /// </summary>
    /// <param name="services">The site's services.</param>
    /// <param name="connectionString">From <c>LMS__Database__ConnectionString</c>; null when none is set.</param>
    /// <param name="folder">The data folder, where the embedded default lies.</param>
    public abstract void Add(IServiceCollection services, string? connectionString, DataFolder folder);

    /// <summary>Says where the installation's keys are: where it is shared, in the database, so that each process has them.</summary>
    public virtual void KeepKeys(IDataProtectionBuilder protection, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(protection);
        protection.Services.AddSingleton<DatabaseKeys>().AddSingleton<SiteKeys>(provider => provider.GetRequiredService<DatabaseKeys>());
        protection.Services.AddOptions<KeyManagementOptions>().Configure<DatabaseKeys>((options, keys) => options.XmlRepository = keys);
    }

    /// <summary>Where the data is, for the operator: the beginning of a sentence.</summary>
    public abstract string Place(DataFolder folder);

    /// <summary>The entry of a backup's archive that holds the database.</summary>
    public virtual string BackupEntry => $"{Name}.backup";

    /// <summary>What an operator must do beside the backup; null when the archive holds all.</summary>
    public virtual string? BackupNotice => null;

    /// <summary>Whether there is a site to be backed up.</summary>
    public virtual Task<bool> IsThereAsync(string? connectionString, DataFolder folder, CancellationToken ct) => Task.FromResult(true);

    /// <summary>Why no backup can be restored into the database that the settings name; null when one can.</summary>
    public virtual Task<string?> RefuseRestoreAsync(string? connectionString, CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>Whether the copy of a database that was in an archive is whole.</summary>
    public virtual Task<bool> IsSoundAsync(string copy, CancellationToken ct) => Task.FromResult(true);

    /// <summary>Puts the copy where the program reads it; or says why it can't.</summary>
    public virtual Task<string?> RestoreAsync(string copy, string? connectionString, DataFolder folder, CancellationToken ct) =>
        Task.FromResult<string?>($"Use the means of {Name} itself to restore its databases.");

    /// <summary>The database whose copy an archive's entry is; null when it is none.</summary>
    internal static DatabaseProvider? OfEntry(string entry) => Array.Find(All, p => p.BackupEntry == entry);

    /// <summary>The sentence for the operator about a failure of this database; null when it is none of its own, or a fault of the program.</summary>
    internal abstract string? SentenceOf(Exception failure);

    /// <summary>Whether the failure says nothing of what was asked: the database does not answer, stops, starts, or has no place.</summary>
    internal virtual bool IsAway(Exception failure) => failure is DbException { IsTransient: true } cause && cause.SqlState?.StartsWith("40", StringComparison.Ordinal) != true;

    /// <summary>Whether any database says so of the failure.</summary>
    internal static bool IsAnyAway(Exception failure) => Array.Exists(All, p => p.IsAway(failure));

    /// <summary>The one that the settings choose; the embedded default where they are silent.</summary>
    public static DatabaseProvider Of(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var name = Provider.Chosen(settings, "LMS:Database:Provider", [.. All.Select(p => p.Name)]);
        return All.First(p => p.Name == name);
    }

    /// <summary>What any database says of the failure.</summary>
    internal static string? SentenceOfAny(Exception failure) => All.Select(p => p.SentenceOf(failure)).FirstOrDefault(sentence => sentence is not null);

    protected string Required(string? connectionString) => connectionString is { Length: > 0 }
        ? connectionString
        : throw new RefusalException($"LMS__Database__Provider is {Name}, and LMS__Database__ConnectionString is not set. Set it to where the database is and who may use it.");

    protected static void AddContext<T>(IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> use)
        where T : LmsDbContext
    {
        services.AddPooledDbContextFactory<T>((provider, options) =>
        {
            use(provider, options);
            options.AddInterceptors(provider.GetRequiredService<CommitInterceptor>());
        });
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<T>>().CreateDbContext().For(provider.GetRequiredService<CentreScope>()));
    }
}
