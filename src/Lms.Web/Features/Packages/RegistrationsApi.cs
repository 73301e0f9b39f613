using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <param name="Actor">The learner, an xAPI agent.</param>
/// <param name="ActivityIndex">The activity to open; the package when left out.</param>
/// <param name="Registration">One from before, to go on; a new one when left out.</param>
/// <param name="Start"><c>toc</c> opens on the table of contents.</param>
/// <param name="ReturnUrl">Where the learner goes afterwards.</param>
public sealed record ApiLaunch(JsonElement? Actor, int? ActivityIndex, Guid? Registration, string? Mode, string? Start, string? ReturnUrl);

/// <param name="Url">Opens in a browser with no further sign-in, once, within fifteen minutes.</param>
public sealed record ApiLaunched(Guid Registration, string Url);

public sealed record ApiWaive(int? ActivityIndex, string? Reason);

public sealed record ApiAbandon(Guid? Session);

/// <param name="Progress">0 to 1.</param>
/// <param name="Tracking">The standard's own tracking model.</param>
/// <param name="Cmi">The content's data model by element, as last committed.</param>
public sealed record ApiActivityReport(
    int Index, string Id, string Title, string Completion, string Success, bool? Satisfied, PackageScore? Score, double? Progress, JsonNode? Tracking, JsonNode? Cmi);

/// <param name="Satisfied">Whether all that the package asks for was done.</param>
public sealed record ApiRegistration(
    Guid Registration, Guid Package, int Version, JsonNode? Actor, string Completion, string Success, PackageScore Score, bool Satisfied, DateTime? SatisfiedAt,
    DateTime StartedAt, DateTime UpdatedAt, IReadOnlyList<ApiActivityReport> Activities);

/// <summary>Launching packages for other systems, and what came of it.</summary>
internal static class RegistrationsApi
{
    private const int MostReason = 500;

    public static void Map(IEndpointRouteBuilder app)
    {
        Api.Group(app).MapPost("/packages/{id:guid}/launch", LaunchAsync).RequireAuthorization(Policies.Packages).WithTags("Packages")
            .WithSummary("Makes an address at which the actor's browser opens the package.").Produces<ApiLaunched>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        var all = Api.Group(app).MapGroup("/registrations").WithTags("Packages");
        all.MapGet("/{registration:guid}", GetAsync).RequireAuthorization(Policies.Staff).WithSummary("Completion, success and score, and all that is tracked of each activity.").Produces<ApiRegistration>();
        all.MapPost("/{registration:guid}/waive", WaiveAsync).RequireAuthorization(Policies.Packages).WithSummary("Says that an activity need not be done (cmi5).").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        all.MapPost("/{registration:guid}/abandon", AbandonAsync).RequireAuthorization(Policies.Packages).WithSummary("Ends a session that ended without a word (cmi5).").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> LaunchAsync(Guid id, ApiLaunch asked, HttpRequest request, ClaimsPrincipal caller, PackageLibrary library, Launches launches, CancellationToken ct)
    {
        if (await library.FindAsync(id, ct) is not { } row || !caller.Has(Policies.Packages, row.Package.CentreId)) return TypedResults.NotFound();
        if (ActorOf(asked.Actor) is not { } actor) return Refused("actor", "Name the learner as an xAPI agent, for example {\"account\":{\"homePage\":\"https://hr.example.org\",\"name\":\"4711\"}}.");
        if (!Known(asked.Mode, LaunchMode.Normal, out var mode)) return Refused("mode", "Write normal, browse or review.");
        if (!Known(asked.Start, LaunchStart.Auto, out var start)) return Refused("start", "Write auto or toc.");
        return await launches.LaunchAsync(id, new LaunchWish(actor, asked.Registration, asked.ActivityIndex, mode, start, asked.ReturnUrl), ct) switch
        {
            LaunchOutcome.Ready ready => TypedResults.Ok(new ApiLaunched(ready.Registration, $"{request.Scheme}://{request.Host}{request.PathBase}{ready.Path}")),
            LaunchOutcome.NotFound => TypedResults.NotFound(),
            LaunchOutcome.Invalid invalid => Refused(invalid.Field, invalid.Message),
            var other => throw new InvalidOperationException($"Unhandled {other}."),
        };
    }

    private static async Task<IResult> GetAsync(Guid registration, LmsDbContext db, Registrations registrations, CancellationToken ct)
    {
        if (await db.PackageRegistrations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == registration, ct) is not { } row) return TypedResults.NotFound();
        var version = await db.PackageVersions.AsNoTracking().IgnoreQueryFilters().SingleAsync(v => v.Id == row.PackageVersionId, ct);
        var report = registrations.Player(version.Standard) is { } player ? await player.ReportAsync(row, ct) : new RegistrationReport([]);
        return TypedResults.Ok(new ApiRegistration(row.Id, row.PackageId, version.Number, JsonNode.Parse(row.Actor), Name(row.Completion), Name(row.Success), row.Score, row.SatisfiedAt is not null,
            row.SatisfiedAt, row.StartedAt, row.UpdatedAt,
            [.. report.Activities.Select(a => new ApiActivityReport(a.Index, a.Id, a.Title, Name(a.Completion), Name(a.Success), a.Satisfied, a.Score, a.Progress, a.Tracking, a.Cmi))]));
    }

    private static async Task<IResult> WaiveAsync(Guid registration, ApiWaive asked, ClaimsPrincipal caller, LmsDbContext db, IEnumerable<IPackageWaiving> all, CancellationToken ct)
    {
        if (await FindAsync(registration, caller, db, ct) is not { } row) return TypedResults.NotFound();
        if (asked.ActivityIndex is not { } index) return Refused("activityIndex", "Say which activity.");
        if (asked.Reason?.Trim() is not { Length: > 0 and <= MostReason } reason) return Refused("reason", $"Say why, in at most {MostReason} characters.");
        if (await WaivingAsync(row, db, all, ct) is not { } waiving) return Refused("registration", "Only activities of cmi5 can be waived.");
        return await waiving.WaiveAsync(row, index, reason, ct) is { } problem ? Refused("activityIndex", problem) : TypedResults.NoContent();
    }

    private static async Task<IResult> AbandonAsync(Guid registration, ApiAbandon asked, ClaimsPrincipal caller, LmsDbContext db, IEnumerable<IPackageWaiving> all, CancellationToken ct)
    {
        if (await FindAsync(registration, caller, db, ct) is not { } row) return TypedResults.NotFound();
        if (asked.Session is not { } session) return Refused("session", "Say which session.");
        if (await WaivingAsync(row, db, all, ct) is not { } waiving) return Refused("registration", "Only sessions of cmi5 can be abandoned.");
        return await waiving.AbandonAsync(row, session, ct) is { } problem ? Refused("session", problem) : TypedResults.NoContent();
    }

    private static async Task<PackageRegistration?> FindAsync(Guid id, ClaimsPrincipal caller, LmsDbContext db, CancellationToken ct) =>
        await db.PackageRegistrations.SingleOrDefaultAsync(r => r.Id == id, ct) is { } row && caller.Has(Policies.Packages, row.CentreId) ? row : null;

    private static async Task<IPackageWaiving?> WaivingAsync(PackageRegistration row, LmsDbContext db, IEnumerable<IPackageWaiving> all, CancellationToken ct)
    {
        var standard = await db.PackageVersions.IgnoreQueryFilters().Where(v => v.Id == row.PackageVersionId).Select(v => v.Standard).SingleAsync(ct);
        return all.FirstOrDefault(w => w.Plays(standard));
    }

    /// <summary>The agent as JSON; null when it is none, or a group.</summary>
    private static string? ActorOf(JsonElement? actor) =>
        actor is { ValueKind: JsonValueKind.Object } agent && StatementValidator.ValidateActor(agent, XapiVersion.V1).Count == 0
        && !(agent.TryGetProperty("objectType"u8, out var type) && type.ValueEquals("Group"u8)) ? JsonSerializer.Serialize(agent) : null;

    private static bool Known<T>(string? text, T otherwise, out T value)
        where T : struct, Enum
    {
        value = otherwise;
        return text is null || (Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsDigit(text[0]));
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static IResult Refused(string field, string message) => Api.Refused("Nothing was changed.", [new SettingProblem(field, message)]);
}
