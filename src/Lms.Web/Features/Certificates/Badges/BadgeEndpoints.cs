using System.Security.Claims;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Shared;

namespace Lms.Web.Features.Certificates;

/// <summary>What a verifier of badges reads, open to all; and the badge itself, for its holder.</summary>
internal static class BadgeEndpoints
{
    public static void MapBadges(this IEndpointRouteBuilder app)
    {
        app.MapGet("/certificates/{id:guid}/badge", BadgeAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/.well-known/jwks.json", async (BadgeKeys keys, Badges badges, CancellationToken ct) =>
            TypedResults.Ok(new { Keys = (await keys.PublishedAsync(ct)).Select(k => k with { Kid = badges.KeyAddress(k.Kid) }) })).AllowAnonymous().ExcludeFromDescription();

        var open = app.MapGroup("/badges").AllowAnonymous().ExcludeFromDescription();
        open.MapGet("/keys/{keyId}", KeyAsync);
        open.MapGet("/issuer", async (Badges badges, CancellationToken ct) => TypedResults.Ok(await badges.IssuerAsync(ct)));
        open.MapGet("/achievements/{slug}/{number}", AchievementAsync);
        open.MapGet("/status", StatusAsync).RequireRateLimiting(Limits.Verify);
    }

    private static async Task<IResult> BadgeAsync(
        Guid id, ClaimsPrincipal user, CertificateService certificates, Badges badges, HttpContext context, CancellationToken ct)
    {
        if (await certificates.FindAsync(id, ct) is not { } certificate || !user.MaySee(certificate)) return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "no-store";
        var token = await badges.SignAsync(certificate, ct);
        return TypedResults.File(System.Text.Encoding.ASCII.GetBytes(token), "application/vc+jwt", $"{certificate.Serial}.jwt");
    }

    private static async Task<IResult> KeyAsync(string keyId, BadgeKeys keys, Badges badges, CancellationToken ct) =>
        (await keys.PublishedAsync(ct)).FirstOrDefault(k => k.Kid == keyId) is { } key
            ? TypedResults.Ok(key with { Kid = badges.KeyAddress(key.Kid) })
            : TypedResults.NotFound();

    private static async Task<IResult> AchievementAsync(string slug, string number, Badges badges, CourseLibrary library, CancellationToken ct) =>
        await badges.AchievementAsync(slug, number, library, ct) is { } achievement ? TypedResults.Ok(achievement) : TypedResults.NotFound();

    private static async Task<IResult> StatusAsync(Badges badges, HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await badges.StatusAsync(ct));
    }
}
