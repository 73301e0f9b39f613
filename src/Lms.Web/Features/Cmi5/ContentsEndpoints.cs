using Lms.Web.Data;
using Lms.Web.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Cmi5;

/// <summary>From the contents into a unit.</summary>
internal static class ContentsEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(ContentsTokens.PathOf("{token}") + "/{unit:int}", LaunchAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> LaunchAsync(
        string token, int unit, HttpContext http, ContentsTokens contents, LmsDbContext db, UnitPlays plays, UnitLauncher launcher, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (contents.Read(token) is not { } ticket) return Results.NotFound();
        var url = await db.RetryAsync<string?>(async () =>
        {
            var registration = await db.PackageRegistrations.IgnoreQueryFilters().SingleOrDefaultAsync(r => r.Id == ticket.RegistrationId, ct);
            if (registration is null || await db.Packages.IgnoreQueryFilters().AnyAsync(p => p.Id == registration.PackageId && p.DeletedAt != null, ct)) return null;
            var play = await plays.LoadAsync(registration, ct);
            if (!play.Version.Activities.Any(a => a.Index == unit && a.Launchable)) return null;
            var address = await launcher.LaunchAsync(play, unit, ticket.Mode, ContentsTokens.PathOf(token), ct);
            await db.SaveChangesAsync(ct);
            return address;
        });
        return url is null ? Results.NotFound() : Results.Redirect(url);
    }
}
