using Lms.Web.Data;
using Lms.Web.Data.SqlServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Cloud.SqlServer;

/// <summary>The site put together for SQL Server, not started: its contexts, without a word to a server.</summary>
internal sealed class SqlServerSite(string connection) : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("seedlot-sqlserver-");
    private WebApplication? _app;

    public SqlServerLmsDbContext Open()
    {
        _app ??= Site.Build(new SiteOptions(_data.FullName, "http://127.0.0.1:0", Quiet: true, new Dictionary<string, string?>
        {
            ["LMS:Database:Provider"] = "SqlServer",
            ["LMS:Database:ConnectionString"] = connection,
        }));
        var services = _app.Services.CreateScope().ServiceProvider;
        services.GetRequiredService<CentreScope>().SeeAll();
        return (SqlServerLmsDbContext)services.GetRequiredService<LmsDbContext>();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
