using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lms.Web.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LrsConsumers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "StatementConsumers",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Authentication = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Secret = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Version = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Filter = table.Column<string>(type: "TEXT", nullable: false),
                    Paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAttemptAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastSuccessAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ProblemStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    ProblemDetail = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Delivered = table.Column<long>(type: "INTEGER", nullable: false),
                    Refused = table.Column<int>(type: "INTEGER", nullable: false),
                    LeaseOwner = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ReplayId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ReplayedTo = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatementConsumers", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "StatementDeadLetters",
                columns: table => new
                {
                    Consumer = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StatementId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    DroppedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DroppedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DropReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatementDeadLetters", x => new { x.Consumer, x.Sequence });
                });

            // Written by hand, for what EF can't say: the deliveries are their own index.
            migrationBuilder.Sql("""
                CREATE TABLE "StatementDeliveries" (
                    "Consumer" INTEGER NOT NULL, "Sequence" INTEGER NOT NULL,
                    CONSTRAINT "PK_StatementDeliveries" PRIMARY KEY ("Consumer", "Sequence")
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_StatementConsumers_CentreId_Number",
                table: "StatementConsumers",
                columns: new[] { "CentreId", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_StatementConsumers_Id",
                table: "StatementConsumers",
                column: "Id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "StatementConsumers");

            migrationBuilder.DropTable(
                name: "StatementDeadLetters");

            migrationBuilder.DropTable(
                name: "StatementDeliveries");
        }
    }
}
