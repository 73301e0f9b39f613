using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lms.Web.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Queues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Outbox_State_DueAt",
                table: "Outbox");

            migrationBuilder.AddColumn<double>(
                name: "Progress",
                table: "PackageUploads",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Queue",
                table: "Outbox",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "Default");

            migrationBuilder.CreateTable(
                name: "RecurringRuns",
                columns: table => new
                {
                    Job = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    LastAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecurringRuns", x => x.Job);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_State_Queue_DueAt",
                table: "Outbox",
                columns: new[] { "State", "Queue", "DueAt" });

            // What was waiting to be imported is a job from now on.
            migrationBuilder.Sql(
                """
                -- expands: uploads that wait get the job that imports them
                INSERT INTO "Outbox" ("Job", "Payload", "CreatedAt", "DueAt", "State", "Attempts", "Queue")
                SELECT 'ImportPackage', '{"UploadId":"' || "Id" || '"}', "CreatedAt", "CreatedAt", 'Pending', 0, 'Bulk' FROM "PackageUploads" WHERE "State" = 'Received';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RecurringRuns");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_State_Queue_DueAt",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "Progress",
                table: "PackageUploads");

            migrationBuilder.DropColumn(
                name: "Queue",
                table: "Outbox");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_State_DueAt",
                table: "Outbox",
                columns: new[] { "State", "DueAt" });
        }
    }
}
