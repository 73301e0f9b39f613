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
        AddContext<SqlServerLmsDbContext>(services, (_, options) =>
            options.UseSqlServer(connection, server => server.ExecutionStrategy(dependencies => new OwnTransactionsStrategy(dependencies))));
    }

    public override string Place(DataFolder folder) => "The database";

    internal override string? SentenceOf(Exception failure) => failure is SqlException sql ? SentenceOf(sql) : null;

    private static string? SentenceOf(SqlException failure) => failure.Number switch
    {
        18456 or 18452 or 18470 => "The database does not let this program in. Correct the user and password, or the managed identity, in LMS__Database__ConnectionString.",
        4060 or 911 => "The database that LMS__Database__ConnectionString names is not there, and its user may not make it. Make it (CREATE DATABASE), or name another.",
        229 or 262 or 297 or 300 or 916 => $"The database refuses what this program must do ({failure.Message.TrimEnd('.')}). Let the user of LMS__Database__ConnectionString be its db_owner.",
        1105 or 9002 or 40544 => "The database or its log is full. Make space, or raise its size; then try again: what was saved before is safe.",
        10928 or 10929 or 10936 => "The database has no connection or worker left. Raise its service tier, or lower Max Pool Size in LMS__Database__ConnectionString.",
        -2146893019 => "The database's certificate is not trusted. Install it on this machine, or, on a network of your own, add TrustServerCertificate=true to LMS__Database__ConnectionString.",
        -2 or -1 or 2 or 20 or 53 or 64 or 121 or 233 or 10053 or 10054 or 10060 or 10061 or 11001 or 40197 or 40501 or 40613 or 49918 or 49919 or 49920 =>
            $"The database can't be reached ({failure.Message.Split('\n')[0].TrimEnd('.', '\r')}). Start it, or correct LMS__Database__ConnectionString.",
        _ => null,
    };

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
