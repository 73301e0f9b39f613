using System.Security.Claims;
using Lms.Web.Data;
using Lms.Web.Features.Identity;

namespace Lms.Web.Features.Packages;

/// <summary>The ways into a package for browsers.</summary>
internal static class LaunchEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/packages/open/{enrolmentId:guid}", OpenAsync).ExcludeFromDescription();
        app.MapGet("/packages/launch/{token}", LaunchAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> OpenAsync(Guid enrolmentId, ClaimsPrincipal user, Launches launches, CancellationToken ct) =>
        await launches.OpenAsync(enrolmentId, user.PersonId(), $"/learn/{enrolmentId}", ct) is { } path ? Results.LocalRedirect(path) : Results.NotFound();

    private static async Task<IResult> LaunchAsync(string token, HttpContext http, Launches launches, CentreScope scope, CancellationToken ct)
    {
        // The ticket says what may be opened, whoever is signed in here.
        scope.SeeAll();
        http.Response.Headers.CacheControl = "no-store";
        return await launches.UseAsync(token, ct) is { } url ? Results.Redirect(url) : Results.Redirect("/packages/launch-used");
    }
}
