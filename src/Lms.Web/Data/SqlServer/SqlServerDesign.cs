using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Lms.Web.Data.SqlServer;

/// <summary>For tools that write migrations or scripts: they need the model, and no server.</summary>
internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerLmsDbContext>
{
    public SqlServerLmsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqlServerLmsDbContext>();
        SqlServerDatabase.Use(options, "Server=localhost;Database=seedlot");
        return new SqlServerLmsDbContext(options.Options);
    }
}
