using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lms.Web.Data.PostgreSql;

/// <summary>The open server database, for several nodes and millions of statements.</summary>
public sealed class PostgreSqlDatabase : DatabaseProvider
{
    public override string Name => "PostgreSql";

    public override void Add(IServiceCollection services, string? connectionString, DataFolder folder)
    {
        var settings = Parse(Required(connectionString));
        services.AddSingleton(_ => NpgsqlDataSource.Create(settings));
        services.AddSingleton<RawDatabase, PostgreSqlRawDatabase>();
        services.AddSingleton<SharedOrder, PostgreSqlOrder>().AddSingleton<News, PostgreSqlNews>().AddSingleton<Locks, PostgreSqlLocks>();
        AddContext<PostgreSqlLmsDbContext>(services, (provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors(new PostgreSqlTexts()));
    }

    public override string Place(DataFolder folder) => "The database";

    public override string BackupEntry => "seedlot.dump";

    public override async Task<bool> IsThereAsync(string? connectionString, DataFolder folder, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Directory.Exists(folder.Root) && await PostgreSqlBackup.IsThereAsync(Parse(Required(connectionString)), ct);
    }

    public override Task<string?> RefuseRestoreAsync(string? connectionString, CancellationToken ct) => PostgreSqlBackup.RefuseAsync(Parse(Required(connectionString)), ct);

    public override Task<bool> IsSoundAsync(string copy, CancellationToken ct) => PostgreSqlBackup.IsSoundAsync(copy, ct);

    public override Task<string?> RestoreAsync(string copy, string? connectionString, DataFolder folder, CancellationToken ct) =>
        PostgreSqlBackup.ReadAsync(copy, Parse(Required(connectionString)), ct);

    internal override string? SentenceOf(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "The database does not let this program in. Correct the user and password in LMS__Database__ConnectionString.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            "The database that LMS__Database__ConnectionString names is not there. Make it (createdb --encoding=UTF8), or name another.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
            $"The database refuses what this program must do ({denied.MessageText}). Let the user of LMS__Database__ConnectionString own the database.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            "The database has no connection left. Raise its max_connections, or lower Maximum Pool Size in LMS__Database__ConnectionString.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "The disk of the database is full. Make space, then try again: what was saved before is safe.",
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.CrashShutdown } =>
            "The database is stopping or starting. Try again when it serves.",
        PostgresException => null,
        NpgsqlException { IsTransient: true } => $"The database can't be reached ({failure.Message.TrimEnd('.')}). Start it, or correct LMS__Database__ConnectionString.",
        _ => null,
    };

    private static string Parse(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "seedlot" };
            // What is asked again and again is planned once for each connection.
            if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 100;
            return settings.ToString();
        }
        catch (ArgumentException wrong)
        {
            throw new RefusalException($"LMS__Database__ConnectionString can't be read: {wrong.Message.TrimEnd('.')}. It looks like Host=db.example.org;Database=seedlot;Username=seedlot;Password=….", wrong);
        }
    }
}
