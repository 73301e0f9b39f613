using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>A course as a package, for other systems.</summary>
internal static class ExportEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        Api.Group(app).MapGroup("/courses").WithTags("Courses")
            .MapGet("/{id}/package", GetAsync).RequireAuthorization(Policies.Author).RequireRateLimiting(Limits.Exports)
            .WithSummary("The course as a package for other learning platforms: format scorm12, scorm2004 or cmi5, in one of its languages. The same version, format and language are the same bytes.")
            .Produces<Stream>(contentType: "application/zip").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> GetAsync(string id, string? format, string? language, CourseExporter exporter, CancellationToken ct)
    {
        if (!PackageFormats.ByName.TryGetValue(format ?? "", out var chosen))
            return TypedResults.Problem($"The format is “{format}”. Choose one of: {PackageFormats.Names}.", statusCode: StatusCodes.Status400BadRequest);
        return await exporter.ExportAsync(id, chosen, language, ct) switch
        {
            ExportOutcome.Exported exported => TypedResults.File(exported.Zip, "application/zip", exported.FileName),
            ExportOutcome.Unknown => TypedResults.NotFound(),
            var refused => TypedResults.Problem(Reason(refused, id, language), statusCode: StatusCodes.Status422UnprocessableEntity),
        };
    }

    /// <summary>Why there is no package, and what to do.</summary>
    public static string Reason(ExportOutcome outcome, string course, string? language) => outcome switch
    {
        ExportOutcome.Unknown => $"No course “{course}” is published. Publish it with “content publish”, or name it as its address does.",
        ExportOutcome.IsPackage => $"The course “{course}” is an imported package. Take the file that it was imported from.",
        ExportOutcome.NoLanguage(var languages) => $"The course “{course}” is not there in “{language}”. Choose one of: {string.Join(", ", languages)}.",
        _ => throw new InvalidOperationException($"Unhandled {outcome}."),
    };
}
