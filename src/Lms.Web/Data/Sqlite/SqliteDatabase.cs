using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Lms.Web.Data.Sqlite;

/// <summary>The embedded default: a file in the data folder.</summary>
public sealed class SqliteDatabase : DatabaseProvider
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteReadOnly = 8, SqliteInputOutput = 10, SqliteCorrupt = 11, SqliteFull = 13, SqliteCantOpen = 14, SqliteNotADatabase = 26;

    public override string Name => "Sqlite";

    public override bool IsShared => false;

    public override void Add(IServiceCollection services, string? connectionString, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var connection = new SqliteConnectionStringBuilder { DataSource = folder.Database, DefaultTimeout = 30 }.ToString();
        services.AddSingleton<RawDatabase>(new SqliteRawDatabase(connection));
        services.AddSingleton<Locks, LocalLocks>();
        AddContext<SqliteLmsDbContext>(services, (_, options) => options
            .UseSqlite(connection,
                // Centres as one parameter: as many as there are, a query would be written anew each time that it runs.
                sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            // Keys, which are files here, are left out of the model on purpose; what a command prints begins with its answer.
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.MappedEntityTypeIgnoredWarning))
            .AddInterceptors(new SqlitePragmas()));
    }

    public override void KeepKeys(IDataProtectionBuilder protection, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(protection);
        ArgumentNullException.ThrowIfNull(folder);
        protection.PersistKeysToFileSystem(Directory.CreateDirectory(folder.Keys));
        protection.Services.AddSingleton<SiteKeys, DiskKeys>();
    }

    public override string Place(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return $"The data folder {folder.Root}";
    }

    public override string BackupEntry => "seedlot.db";

    public override Task<bool> IsThereAsync(string? connectionString, DataFolder folder, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Task.FromResult(File.Exists(folder.Database));
    }

    public override Task<bool> IsSoundAsync(string copy, CancellationToken ct)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            return Task.FromResult(check.ExecuteScalar() is "ok");
        }
        catch (SqliteException)
        {
            return Task.FromResult(false);
        }
    }

    public override Task<string?> RestoreAsync(string copy, string? connectionString, DataFolder folder, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(folder);
        File.Move(copy, folder.Database);
        return Task.FromResult<string?>(null);
    }

    internal override string? SentenceOf(Exception failure) => (failure as SqliteException)?.SqliteErrorCode switch
    {
        SqliteReadOnly or SqliteCantOpen => "The database can't be opened or written. See that the program's user may write into the data folder and all that is in it, or name another with --data.",
        SqliteCorrupt or SqliteNotADatabase => "The file seedlot.db in the data folder is damaged, or no database. Move the folder away, and restore a backup in its place: restore FILE --data DIR.",
        SqliteFull or SqliteInputOutput => "The disk of the data folder is full or does not answer. Make space, then try again: what was saved before is safe.",
        SqliteBusy or SqliteLocked => "Another program holds the database of the data folder. Wait for it to end, then try again.",
        _ => null,
    };
}
