using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lms.Web.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Lrs : Migration
    {
        // Written by hand, for what EF can't say: the link tables are their own index (WITHOUT ROWID), and statements stored before get the
        // time of their storage as their key. Their links are made anew when the program starts.
        private const string StatementTables = """
            DROP TABLE "StatementAgents";
            DROP TABLE "StatementActivities";
            DROP TABLE "XapiAgents";
            DROP TABLE "XapiActivities";
            DROP INDEX "IX_Statements_Id";
            DROP INDEX "IX_Statements_CentreId_Sequence";
            ALTER TABLE "Statements" RENAME TO "StatementsBefore";

            CREATE TABLE "Statements" (
                "Sequence" INTEGER NOT NULL CONSTRAINT "PK_Statements" PRIMARY KEY,
                "Id" BLOB NOT NULL,
                "CentreId" BLOB NOT NULL,
                "Timestamp" TEXT NULL,
                "Voided" INTEGER NOT NULL,
                "Json" BLOB NOT NULL
            );
            INSERT INTO "Statements" ("Sequence", "Id", "CentreId", "Timestamp", "Voided", "Json")
                SELECT 621355968000000000 + CAST(strftime('%s', substr("Stored", 1, 19)) AS INTEGER) * 10000000
                        + CAST(substr(substr("Stored", 21) || '0000000', 1, 7) AS INTEGER) + "Sequence",
                    unhex(replace("Id", '-', '')), unhex(replace("CentreId", '-', '')), "Timestamp", "Voided",
                    CAST(json_remove(CAST("Json" AS TEXT), '$.stored') AS BLOB)
                FROM "StatementsBefore" ORDER BY "Sequence";
            DROP TABLE "StatementsBefore";
            CREATE UNIQUE INDEX "IX_Statements_Id" ON "Statements" ("Id");
            CREATE INDEX "IX_Statements_CentreId_Sequence" ON "Statements" ("CentreId", "Sequence");

            CREATE TABLE "StatementVerbs" (
                "VerbId" INTEGER NOT NULL, "Sequence" INTEGER NOT NULL, "Origin" INTEGER NOT NULL,
                CONSTRAINT "PK_StatementVerbs" PRIMARY KEY ("VerbId", "Sequence", "Origin")
            ) WITHOUT ROWID;
            CREATE TABLE "StatementRegistrations" (
                "Registration" BLOB NOT NULL, "Sequence" INTEGER NOT NULL, "Origin" INTEGER NOT NULL,
                CONSTRAINT "PK_StatementRegistrations" PRIMARY KEY ("Registration", "Sequence", "Origin")
            ) WITHOUT ROWID;
            CREATE TABLE "StatementAgents" (
                "AgentId" INTEGER NOT NULL, "IsDirect" INTEGER NOT NULL, "Sequence" INTEGER NOT NULL, "Origin" INTEGER NOT NULL, "Usages" INTEGER NOT NULL,
                CONSTRAINT "PK_StatementAgents" PRIMARY KEY ("AgentId", "IsDirect", "Sequence", "Origin")
            ) WITHOUT ROWID;
            CREATE TABLE "StatementActivities" (
                "ActivityId" INTEGER NOT NULL, "IsDirect" INTEGER NOT NULL, "Sequence" INTEGER NOT NULL, "Origin" INTEGER NOT NULL, "Usages" INTEGER NOT NULL,
                CONSTRAINT "PK_StatementActivities" PRIMARY KEY ("ActivityId", "IsDirect", "Sequence", "Origin")
            ) WITHOUT ROWID;
            CREATE TABLE "StatementReferences" (
                "TargetId" BLOB NOT NULL, "Sequence" INTEGER NOT NULL,
                CONSTRAINT "PK_StatementReferences" PRIMARY KEY ("TargetId", "Sequence")
            ) WITHOUT ROWID;

            CREATE TABLE "XapiAgents" ("Id" INTEGER NOT NULL CONSTRAINT "PK_XapiAgents" PRIMARY KEY, "Name" TEXT NOT NULL, "DisplayName" TEXT NULL);
            CREATE TABLE "XapiActivities" ("Id" INTEGER NOT NULL CONSTRAINT "PK_XapiActivities" PRIMARY KEY, "Name" TEXT NOT NULL, "Definition" BLOB NULL);
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(StatementTables);

            migrationBuilder.CreateTable(
                name: "XapiVerbs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Display = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_XapiVerbs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LrsCredentials",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Scopes = table.Column<int>(type: "INTEGER", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SecretHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RotatedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RevokedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastUsedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LrsCredentials", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "XapiAttachments",
                columns: table => new
                {
                    Sha2 = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    File = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_XapiAttachments", x => x.Sha2);
                });

            migrationBuilder.CreateIndex(
                name: "IX_LrsCredentials_CentreId_Id",
                table: "LrsCredentials",
                columns: new[] { "CentreId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LrsCredentials_Key",
                table: "LrsCredentials",
                column: "Key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Statements can't go back to the tables before. Restore a backup with the program that made it.");
    }
}
