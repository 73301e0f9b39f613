using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lms.Web.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Packages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "LaunchTickets",
                columns: table => new
                {
                    TokenHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    RegistrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ActivityIndex = table.Column<int>(type: "INTEGER", nullable: true),
                    Mode = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Start = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ReturnUrl = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UsedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LaunchTickets", x => x.TokenHash);
                });

            migrationBuilder.CreateTable(
                name: "PackageRegistrations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PackageId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PackageVersionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    LearnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    EnrolmentId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Actor = table.Column<string>(type: "TEXT", nullable: false),
                    Completion = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Success = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ScoreScaled = table.Column<double>(type: "REAL", nullable: true),
                    ScoreRaw = table.Column<double>(type: "REAL", nullable: true),
                    ScoreMin = table.Column<double>(type: "REAL", nullable: true),
                    ScoreMax = table.Column<double>(type: "REAL", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SatisfiedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PackageRegistrations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Packages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CourseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Standard = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Edition = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    CurrentVersionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    UpdatePolicy = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Packages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PackageUploads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Settings = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Findings = table.Column<string>(type: "TEXT", nullable: false),
                    PackageId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PackageUploads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PackageVersions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PackageId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Standard = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Edition = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Structure = table.Column<string>(type: "TEXT", nullable: false),
                    Activities = table.Column<string>(type: "TEXT", nullable: false),
                    Findings = table.Column<string>(type: "TEXT", nullable: false),
                    FileCount = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    ImportedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ImportedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DeletedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PackageVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SatisfiedParts",
                columns: table => new
                {
                    RegistrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PartId = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SatisfiedParts", x => new { x.RegistrationId, x.PartId });
                });

            migrationBuilder.CreateTable(
                name: "ScormActivities",
                columns: table => new
                {
                    AttemptId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ActivityId = table.Column<string>(type: "TEXT", nullable: false),
                    Values = table.Column<string>(type: "TEXT", nullable: false),
                    Given = table.Column<string>(type: "TEXT", nullable: false),
                    Entry = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Told = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Answered = table.Column<int>(type: "INTEGER", nullable: false),
                    Running = table.Column<bool>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScormActivities", x => new { x.AttemptId, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "ScormAttempts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Session = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    TokenHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Mode = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Start = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ActivityIndex = table.Column<int>(type: "INTEGER", nullable: true),
                    ReturnUrl = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    Delivery = table.Column<int>(type: "INTEGER", nullable: false),
                    ActivityId = table.Column<string>(type: "TEXT", nullable: true),
                    EndedAs = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScormAttempts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ScormCommits",
                columns: table => new
                {
                    AttemptId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Session = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ActivityId = table.Column<string>(type: "TEXT", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DeviceAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Initialized = table.Column<bool>(type: "INTEGER", nullable: false),
                    Terminated = table.Column<bool>(type: "INTEGER", nullable: false),
                    Request = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: true),
                    Changes = table.Column<string>(type: "TEXT", nullable: false),
                    Calls = table.Column<string>(type: "TEXT", nullable: false),
                    Refused = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScormCommits", x => new { x.AttemptId, x.Session, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "ScormLearners",
                columns: table => new
                {
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Learner = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Shared = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScormLearners", x => new { x.CentreId, x.Learner });
                });

            migrationBuilder.CreateTable(
                name: "ScormSequencings",
                columns: table => new
                {
                    AttemptId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IsTrial = table.Column<bool>(type: "INTEGER", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScormSequencings", x => new { x.AttemptId, x.IsTrial });
                });

            migrationBuilder.CreateTable(
                name: "UnitRecords",
                columns: table => new
                {
                    RegistrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublisherId = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CompletedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    PassedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FailedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ScoreScaled = table.Column<double>(type: "REAL", nullable: true),
                    ScoreRaw = table.Column<double>(type: "REAL", nullable: true),
                    ScoreMin = table.Column<double>(type: "REAL", nullable: true),
                    ScoreMax = table.Column<double>(type: "REAL", nullable: true),
                    WaivedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    WaivedReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    WaivedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnitRecords", x => new { x.RegistrationId, x.PublisherId });
                });

            migrationBuilder.CreateTable(
                name: "UnitSessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RegistrationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CentreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Standard = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    PublisherId = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    ActivityId = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    ActorKey = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Mode = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    MasteryScore = table.Column<decimal>(type: "TEXT", nullable: true),
                    LaunchedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    FetchHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    FetchedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SecretHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PreferencesRead = table.Column<bool>(type: "INTEGER", nullable: false),
                    Said = table.Column<int>(type: "INTEGER", maxLength: 32, nullable: false),
                    InitializedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    HeardAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    End = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnitSessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PackageFiles",
                columns: table => new
                {
                    PackageVersionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Path = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PackageFiles", x => new { x.PackageVersionId, x.Path });
                    table.ForeignKey(
                        name: "FK_PackageFiles_PackageVersions_PackageVersionId",
                        column: x => x.PackageVersionId,
                        principalTable: "PackageVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_LaunchTickets_ExpiresAt",
                table: "LaunchTickets",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_LaunchTickets_RegistrationId",
                table: "LaunchTickets",
                column: "RegistrationId");

            migrationBuilder.CreateIndex(
                name: "IX_PackageFiles_Hash",
                table: "PackageFiles",
                column: "Hash");

            migrationBuilder.CreateIndex(
                name: "IX_PackageFiles_PackageVersionId_Key",
                table: "PackageFiles",
                columns: new[] { "PackageVersionId", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_PackageRegistrations_LearnerId",
                table: "PackageRegistrations",
                column: "LearnerId");

            migrationBuilder.CreateIndex(
                name: "IX_PackageRegistrations_PackageId_StartedAt",
                table: "PackageRegistrations",
                columns: new[] { "PackageId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PackageRegistrations_PackageVersionId",
                table: "PackageRegistrations",
                column: "PackageVersionId");

            migrationBuilder.CreateIndex(
                name: "IX_Packages_CentreId_CreatedAt",
                table: "Packages",
                columns: new[] { "CentreId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Packages_CourseId",
                table: "Packages",
                column: "CourseId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PackageUploads_PersonId",
                table: "PackageUploads",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_PackageUploads_State_CreatedAt",
                table: "PackageUploads",
                columns: new[] { "State", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PackageVersions_CentreId_Hash",
                table: "PackageVersions",
                columns: new[] { "CentreId", "Hash" },
                unique: true,
                filter: "\"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PackageVersions_PackageId_Number",
                table: "PackageVersions",
                columns: new[] { "PackageId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ScormAttempts_TokenHash",
                table: "ScormAttempts",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UnitSessions_FetchHash",
                table: "UnitSessions",
                column: "FetchHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UnitSessions_RegistrationId_LaunchedAt",
                table: "UnitSessions",
                columns: new[] { "RegistrationId", "LaunchedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LaunchTickets");

            migrationBuilder.DropTable(
                name: "PackageFiles");

            migrationBuilder.DropTable(
                name: "PackageRegistrations");

            migrationBuilder.DropTable(
                name: "Packages");

            migrationBuilder.DropTable(
                name: "PackageUploads");

            migrationBuilder.DropTable(
                name: "SatisfiedParts");

            migrationBuilder.DropTable(
                name: "ScormActivities");

            migrationBuilder.DropTable(
                name: "ScormAttempts");

            migrationBuilder.DropTable(
                name: "ScormCommits");

            migrationBuilder.DropTable(
                name: "ScormLearners");

            migrationBuilder.DropTable(
                name: "ScormSequencings");

            migrationBuilder.DropTable(
                name: "UnitRecords");

            migrationBuilder.DropTable(
                name: "UnitSessions");

            migrationBuilder.DropTable(
                name: "PackageVersions");
        }
    }
}
