using System.Security.Claims;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>A credential in the HTTP API. Its secret is only in the answers that make one.</summary>
/// <param name="Centre">Short name of the centre whose records it sees; the hub's sees all.</param>
/// <param name="Key">The user name of basic authentication.</param>
public sealed record ApiCredential(
    Guid Id, string Name, string Centre, string Key, IReadOnlyList<string> Scopes, DateTime CreatedAt, DateTime? RotatedAt, DateTime? RevokedAt, DateTime? LastUsedAt)
{
    internal static ApiCredential Of(CredentialRow row) =>
        new(row.Id, row.Name, row.CentreSlug, row.Key, LrsScopeNames.Of(row.Scopes), row.CreatedAt, row.RotatedAt, row.RevokedAt, row.LastUsedAt);
}

/// <param name="Next">Give it as <c>after</c> to get the next page; null at the end.</param>
public sealed record ApiCredentials(IReadOnlyList<ApiCredential> Credentials, Guid? Next);

/// <param name="Centre">Short name; the caller's own centre when left out.</param>
/// <param name="Scopes">statements/write, statements/read, statements/read/mine, state, profile, define, all.</param>
public sealed record NewApiCredential(string? Name, string? Centre, IReadOnlyList<string>? Scopes);

/// <param name="Secret">The password of basic authentication: kept nowhere, so keep it now.</param>
public sealed record ApiSecret(Guid Id, string Key, string Secret);

/// <summary><c>/api/v1/credentials</c>: for those who manage centres.</summary>
internal static class CredentialsApi
{
    private const int MostAtOnce = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        var credentials = Api.Group(app).MapGroup("/credentials").RequireAuthorization(Policies.Manager).WithTags("Credentials");
        credentials.MapGet("/", ListAsync).WithName("ListCredentials").WithSummary("Credentials of systems, the newest first, a page at a time.");
        credentials.MapPost("/", CreateAsync).WithName("CreateCredential").WithSummary("Makes a credential. Its secret is in this answer and never again.")
            .Produces<ApiSecret>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        credentials.MapPost("/{id:guid}/rotate", RotateAsync).WithName("RotateCredential").WithSummary("Gives it a new secret; the old one is refused from now on.")
            .Produces<ApiSecret>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        credentials.MapPost("/{id:guid}/revoke", RevokeAsync).WithName("RevokeCredential").WithSummary("Ends it for good. Its statements stay.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<ApiCredentials>> ListAsync(ClaimsPrincipal caller, CredentialAdministration credentials, Guid? after, int? limit, CancellationToken ct)
    {
        var page = await credentials.ListAsync(caller, after, Math.Clamp(limit ?? CredentialAdministration.PageSize, 1, MostAtOnce), ct);
        return TypedResults.Ok(new ApiCredentials([.. page.Rows.Select(ApiCredential.Of)], page.Next));
    }

    private static async Task<IResult> CreateAsync(ClaimsPrincipal caller, HttpResponse response, NewApiCredential asked, CredentialAdministration credentials, CancellationToken ct)
    {
        var managed = await credentials.CentresAsync(caller, ct);
        var centre = managed.FirstOrDefault(c => asked.Centre is null ? c.Id == caller.CentreId() : c.Slug == asked.Centre);
        var (credential, secret, problems) = await credentials.CreateAsync(caller, asked.Name, centre?.Id ?? Guid.Empty, asked.Scopes ?? [], ct);
        if (credential is null) return Api.Refused("No credential was made.", [.. problems.Select(p => new { field = p.Field.ToLowerInvariant(), message = p.Message })]);
        return Secret(response, new ApiSecret(credential.Id, credential.Key, secret), StatusCodes.Status201Created);
    }

    private static async Task<IResult> RotateAsync(Guid id, ClaimsPrincipal caller, HttpResponse response, CredentialAdministration credentials, CancellationToken ct)
    {
        if (await credentials.FindAsync(caller, id, ct) is not { } row) return TypedResults.NotFound();
        return await credentials.RotateAsync(caller, id, ct) is { } secret
            ? Secret(response, new ApiSecret(id, row.Key, secret), StatusCodes.Status200OK)
            : TypedResults.Problem(title: "The credential is revoked. Make a new one.", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> RevokeAsync(Guid id, ClaimsPrincipal caller, CredentialAdministration credentials, CancellationToken ct) =>
        await credentials.RevokeAsync(caller, id, ct) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static JsonHttpResult<ApiSecret> Secret(HttpResponse response, ApiSecret secret, int status)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(secret, statusCode: status);
    }
}
