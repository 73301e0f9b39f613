using Hangfire.SqlServer;
using Lms.Web.Data.SqlServer;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lms.Web.Jobs.Hangfire;

/// <summary>
/// Hangfire's tables, in a schema of their own beside the site's: a migration like any other, so that they are there before the first process serves and
/// no process has to look. A release of Hangfire with another schema comes with another of these.
/// </summary>
[DbContext(typeof(SqlServerLmsDbContext))]
[Migration("20261125000001_HangfireSchema")]
public sealed class HangfireSchema : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(SqlServerObjectsInstaller.GetInstallScript(HangfireProvider.Schema, enableHeavyMigrations: true), suppressTransaction: true);
    }
}
