using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data.SqlServer;

/// <summary>Microsoft's server database, on a machine of one's own or in Azure.</summary>
public sealed class SqlServerDatabase : DatabaseProvider
{
    public override string Name => "SqlServer";

    public override void Add(IServiceCollection services, string? connectionString, DataFolder folder)
    {
        var connection = Parse(Required(connectionString));
        services.AddSingleton<RawDatabase>(new SqlServerRawDatabase(connection));
        services.AddSingleton<SharedOrder, SqlServerOrder>().AddSingleton<News, NoNews>().AddSingleton<Locks, SqlServerLocks>();
        AddContext<SqlServerLmsDbContext>(services, (_, options) =>
            options.UseSqlServer(connection, server => server.ExecutionStrategy(dependencies => new OwnTransactionsStrategy(dependencies))));
    }

    public override string Place(DataFolder folder) => "The database";

    internal const string OwnBackup =
        "The database is not in this archive: back it up by its own means at the same time (in Azure it does so by itself; elsewhere BACKUP DATABASE seedlot TO DISK = '…'), and restore it before the archive.";

    public override string BackupEntry => "sqlserver.txt";

    public override string? BackupNotice => OwnBackup;

    public override async Task<string?> RefuseRestoreAsync(string? connectionString, CancellationToken ct)
    {
        await using var connection = await new SqlServerRawDatabase(Parse(Required(connectionString))).OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sys.tables WHERE name = '__EFMigrationsHistory'";
        return await command.ExecuteScalarAsync(ct) is > 0 ? null
            : "The database that LMS__Database__ConnectionString names is empty, and an archive does not hold it. Restore the database first (in Azure to a point in time; elsewhere RESTORE DATABASE), then the archive.";
    }

    /// <summary>It was restored before, and <see cref="RefuseRestoreAsync"/> has seen it.</summary>
    public override Task<string?> RestoreAsync(string copy, string? connectionString, DataFolder folder, CancellationToken ct) => Task.FromResult<string?>(null);

    internal override bool IsAway(Exception failure) => failure is SqlException sql && (IsUnreachable(sql.Number) || sql.Number is 6005 or 6002);

    internal override string? SentenceOf(Exception failure) => failure is SqlException sql ? SentenceOf(sql) : null;

    private static string? SentenceOf(SqlException failure) => failure.Number switch
    {
        _ when failure.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) => "The database's certificate is not trusted. Install it on this machine, or, on a network of your own, add TrustServerCertificate=true to LMS__Database__ConnectionString.",
        18456 or 18452 or 18470 => "The database does not let this program in. Correct the user and password, or the managed identity, in LMS__Database__ConnectionString.",
        4060 or 911 => "The database that LMS__Database__ConnectionString names is not there, and its user may not make it. Make it (CREATE DATABASE), or name another.",
        229 or 262 or 297 or 300 or 916 => $"The database refuses what this program must do ({failure.Message.TrimEnd('.')}). Let the user of LMS__Database__ConnectionString be its db_owner.",
        1105 or 9002 or 40544 => "The database or its log is full. Make space, or raise its size; then try again: what was saved before is safe.",
        10928 or 10929 or 10936 => "The database has no connection or worker left. Raise its service tier, or lower Max Pool Size in LMS__Database__ConnectionString.",
        var number when IsUnreachable(number) =>
            $"The database can't be reached ({failure.Message.Split('\n')[0].TrimEnd('.', '\r')}). Start it, or correct LMS__Database__ConnectionString.",
        _ => null,
    };

    private static bool IsUnreachable(int number) => number is -2 or -1 or 0 or 2 or 20 or 53 or 64 or 121 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 11001
        or 17142 or 40143 or 40197 or 40501 or 40613 or 49918 or 49919 or 49920;

    private static string Parse(string connectionString)
    {
        try
        {
            var settings = new SqlConnectionStringBuilder(connectionString);
            if (!settings.ContainsKey("Application Name") || settings.ApplicationName.StartsWith("Core Microsoft", StringComparison.Ordinal)) settings.ApplicationName = "seedlot";
            return settings.ToString();
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new RefusalException($"LMS__Database__ConnectionString can't be read: {wrong.Message.TrimEnd('.')}. It looks like Server=db.example.org;Database=seedlot;User ID=seedlot;Password=….", wrong);
        }
    }
}
