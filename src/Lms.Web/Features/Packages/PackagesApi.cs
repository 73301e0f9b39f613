using System.Security.Claims;
using System.Text.Json;
using Lms.Standards.Packages;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lms.Web.Features.Packages;

/// <param name="Index">Names it when it is launched or waived.</param>
/// <param name="Launchable">False for what only holds others.</param>
public sealed record ApiActivity(int Index, string Id, string Title, bool Launchable);

/// <param name="Version">Number of the version, from 1.</param>
/// <param name="Course">Id of the course that it is in the catalogue.</param>
/// <param name="Findings">What its author should know; none of them refused it.</param>
public sealed record ApiPackage(
    Guid Id, string Title, string Standard, string? Edition, int Version, string Course, UpdatePolicy UpdatePolicy, IReadOnlyList<ApiActivity> Activities, IReadOnlyList<ApiFinding> Findings);

/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>information</c>.</param>
/// <param name="Place">File and element.</param>
public sealed record ApiFinding(string Severity, string Code, string Place, string Message, string Cure)
{
    public static IReadOnlyList<ApiFinding> Of(IReadOnlyList<PackageFinding> findings) =>
        [.. findings.OrderByDescending(f => f.Severity).Select(f => new ApiFinding(JsonNamingPolicy.CamelCase.ConvertName(f.Severity.ToString()), f.Code, f.Place, f.Message, f.Cure))];
}

/// <param name="UpdatePolicy">Null leaves it as it is.</param>
/// <param name="Language">BCP 47 tag of the content; English by default.</param>
/// <param name="Certificate"><c>completion</c>, <c>competency</c> or <c>none</c>, which is the default of a new package.</param>
/// <param name="CertificateMonths">How long it holds; for ever when left out.</param>
public sealed record ApiImportSettings(
    [property: FromQuery(Name = "updatePolicy")] UpdatePolicy? UpdatePolicy, [property: FromQuery(Name = "language")] string? Language,
    [property: FromQuery(Name = "certificate")] string? Certificate, [property: FromQuery(Name = "certificateMonths")] int? CertificateMonths);

/// <summary><c>/api/v1/packages</c>: for those who keep packages, those of their centres.</summary>
internal static class PackagesApi
{
    public static void Map(IEndpointRouteBuilder app, PackagesOptions options)
    {
        var all = Api.Group(app).MapGroup("/packages").RequireAuthorization(Policies.Packages).WithTags("Packages");
        var limit = new RequestSizeLimitAttribute(options.MostRequestBytes);
        all.MapGet("/", ListAsync).WithSummary("Packages by age, the newest first, 50 a page.");
        all.MapPost("/", ImportAsync).RequireRateLimiting(Limits.Uploads).WithMetadata(limit).AddEndpointFilter(BrokenUploads.Filter).WithSummary("Imports a package: a zip, or a bare cmi5.xml. The same file imported again is the same package.")
            .Accepts<Stream>("application/zip", "text/xml", "*/*").Produces<ApiPackage>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        all.MapPost("/{id:guid}/versions", ImportVersionAsync).RequireRateLimiting(Limits.Uploads).WithMetadata(limit).AddEndpointFilter(BrokenUploads.Filter).WithSummary("Imports a new version of a package.")
            .Accepts<Stream>("application/zip", "text/xml", "*/*").Produces<ApiPackage>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        all.MapGet("/{id:guid}", GetAsync).WithSummary("One package, as its current version is.");
        all.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Removes a package: nobody can enrol in or open it any more. What was recorded stays.");
    }

    private static async Task<Ok<List<ApiPackage>>> ListAsync(int? page, PackageLibrary library, CancellationToken ct) =>
        TypedResults.Ok((await library.PageAsync(null, Pager.Number(page), ct)).Rows.Select(r => Shown(r.Package, r.Current, r.Course)).ToList());

    private static async Task<Results<Ok<ApiPackage>, NotFound>> GetAsync(Guid id, PackageLibrary library, CancellationToken ct) =>
        await library.FindAsync(id, ct) is { } row ? TypedResults.Ok(Shown(row.Package, row.Current, row.Course)) : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Guid id, ClaimsPrincipal caller, PackageLibrary library, CancellationToken ct) =>
        await library.DeleteAsync(caller, id, ct) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static Task<IResult> ImportAsync(
        HttpRequest request, [AsParameters] ApiImportSettings asked, ClaimsPrincipal caller, PackageUploads uploads, PackageLibrary library, CancellationToken ct) =>
        RunAsync(request, null, caller.CentreId(), asked, caller, uploads, library, ct);

    private static async Task<IResult> ImportVersionAsync(
        Guid id, HttpRequest request, [AsParameters] ApiImportSettings asked, ClaimsPrincipal caller, PackageUploads uploads, PackageLibrary library, CancellationToken ct) =>
        await library.FindAsync(id, ct) is { } row ? await RunAsync(request, id, row.Package.CentreId, asked, caller, uploads, library, ct) : TypedResults.NotFound();

    private static async Task<IResult> RunAsync(
        HttpRequest request, Guid? package, Guid centre, ApiImportSettings asked, ClaimsPrincipal caller, PackageUploads uploads, PackageLibrary library, CancellationToken ct)
    {
        if (!caller.Has(Policies.Packages, centre)) return TypedResults.Forbid();
        var settings = new ImportSettings
        {
            PackageId = package,
            Policy = asked.UpdatePolicy,
            Language = asked.Language,
            Certificate = asked.Certificate,
            CertificateMonths = asked.CertificateMonths,
        };
        if (settings.Problem() is { } problem) return Api.Refused("Nothing was imported.", [problem]);
        var by = caller.HasClaim(c => c.Type == Access.SeesClaim) ? (Guid?)null : caller.PersonId();
        return await uploads.ImportNowAsync(request.Body, centre, by, settings, ct) switch
        {
            ImportOutcome.Imported imported => await AnswerAsync(imported, library, ct),
            ImportOutcome.Refused refused => Api.Refused("The package breaks its specification, or can't be taken. Nothing was imported.", ApiFinding.Of(refused.Findings)),
            var other => throw new InvalidOperationException($"Unhandled {other}."),
        };
    }

    // A file that was imported before is answered as the first time: who asks again may not know that it went well.
    private static async Task<IResult> AnswerAsync(ImportOutcome.Imported imported, PackageLibrary library, CancellationToken ct)
    {
        var course = await library.CourseAsync(imported.Package, ct);
        return TypedResults.Created($"{Api.Root}/packages/{imported.Package.Id}", Shown(imported.Package, imported.Version, course));
    }

    private static ApiPackage Shown(Package package, PackageVersion version, string course) => new(
        package.Id, package.Title, StandardOf(version.Standard), package.Edition, version.Number, course, package.UpdatePolicy,
        [.. version.Activities.Select(a => new ApiActivity(a.Index, a.Id, a.Title, a.Launchable))], ApiFinding.Of(version.Findings));

    private static string StandardOf(PackageStandard standard) => standard switch
    {
        PackageStandard.Scorm12 => "scorm12",
        PackageStandard.Scorm2004 => "scorm2004",
        PackageStandard.Cmi5 => "cmi5",
        _ => "tincan",
    };
}
