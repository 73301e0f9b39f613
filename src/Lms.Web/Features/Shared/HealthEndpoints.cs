using Lms.Web.Data;
using Lms.Web.Operations;

namespace Lms.Web.Features.Shared;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().ExcludeFromDescription();
        health.MapGet("/live", () => "live");
        health.MapGet("/ready", async (LmsDbContext db, DiskCheck disk, FileStoreCheck files, SchemaCheck schema, Stopping stopping, CancellationToken ct) =>
            stopping.HasBegun ? Results.Text("the site is about to stop", statusCode: 503)
            : !await db.Database.CanConnectAsync(ct) ? Results.Text("the database does not answer", statusCode: 503)
            : !await schema.FitsAsync(db, ct) ? Results.Text("the database was brought to a schema that this version does not know", statusCode: 503)
            : !disk.Accepts() ? Results.Text("the data folder takes no more writes: its disk is full or read-only", statusCode: 503)
            : !await files.AnswersAsync(ct) ? Results.Text("the file store does not answer", statusCode: 503)
            : Results.Text("ready"));
    }
}
