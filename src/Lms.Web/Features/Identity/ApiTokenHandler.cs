using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Identity;

/// <summary><c>Authorization: Bearer sl_…</c>: acts as the token's person, with the roles that they hold now.</summary>
internal sealed class ApiTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, ApiTokens tokens, IUserClaimsPrincipalFactory<Person> claims)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "ApiToken";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        if (await tokens.OwnerAsync(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } person)
            return AuthenticateResult.Fail("The token is unknown, revoked, too old, or its person's account is closed.");

        var principal = await claims.CreateAsync(person);
        var identity = new ClaimsIdentity(principal.Claims, SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    // RFC 6750 3. The body is the problem detail that every bare status under /api gets.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0 ? "Bearer realm=\"seedlot\"" : "Bearer realm=\"seedlot\", error=\"invalid_token\"";
        return Task.CompletedTask;
    }
}
