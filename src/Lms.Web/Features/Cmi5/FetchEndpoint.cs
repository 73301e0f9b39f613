using System.Text.Json.Serialization;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Cmi5;

/// <summary>
/// The fetch URL: gives a unit its token, once. (cmi5 8.2) Anybody's page may ask, as the unit may be anywhere; what the address holds is the secret.
/// An error is an answer like any other, with status 200.
/// </summary>
internal static class FetchEndpoint
{
    private const string Root = "/cmi5/fetch";

    public static string PathOf(string secret) => $"{Root}/{secret}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Root + "/{secret}", FetchAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        app.MapMethods(Root + "/{secret}", [HttpMethods.Options], Preflight).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> FetchAsync(string secret, HttpContext http, LmsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        AllowOrigin(http);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await TakeAsync(Secret.TextHashOf(secret), db, clock.GetUtcNow().UtcDateTime, ct));
    }

    private static async Task<FetchAnswer> TakeAsync(string hash, LmsDbContext db, DateTime now, CancellationToken ct)
    {
        try
        {
            var session = await db.UnitSessions.IgnoreQueryFilters().SingleOrDefaultAsync(s => s.FetchHash == hash, ct);
            if (session is null) return new FetchAnswer(ErrorCode: "2", ErrorText: "This is no address of a launch.");
            if (session.FetchedAt is not null) return new FetchAnswer(ErrorCode: "1", ErrorText: "The authorization token has already been returned.");
            if (!session.IsOpenAt(now)) return new FetchAnswer(ErrorCode: "1", ErrorText: "The session has ended.");
            var token = session.NewToken(now);
            await db.SaveChangesAsync(ct);
            return new FetchAnswer(Token: token);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new FetchAnswer(ErrorCode: "1", ErrorText: "The authorization token has already been returned.");
        }
    }

    private static NoContent Preflight(HttpContext http)
    {
        AllowOrigin(http);
        http.Response.Headers.AccessControlAllowMethods = "POST";
        http.Response.Headers.AccessControlAllowHeaders = "Content-Type, Authorization, X-Experience-API-Version";
        http.Response.Headers.AccessControlMaxAge = "86400";
        return TypedResults.NoContent();
    }

    // Content asks from wherever it is, and some of it "with credentials", to which no browser takes a star for an answer. No cookie is looked at here.
    private static void AllowOrigin(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        http.Response.Headers.AccessControlAllowOrigin = origin.Length > 0 ? origin : "*";
        http.Response.Headers.Vary = "Origin";
        if (origin.Length > 0) http.Response.Headers.AccessControlAllowCredentials = "true";
    }

    private sealed record FetchAnswer(
        [property: JsonPropertyName("auth-token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null,
        [property: JsonPropertyName("error-code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorCode = null,
        [property: JsonPropertyName("error-text"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorText = null);
}
