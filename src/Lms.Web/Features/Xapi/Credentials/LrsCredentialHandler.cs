using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary><c>Authorization: Basic</c> with a credential's key and secret. (Communication 4.0)</summary>
internal sealed class LrsCredentialHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, LrsClients clients)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "LrsCredential";

    /// <summary>The record store takes only credentials; the HTTP API takes them beside its tokens.</summary>
    public static bool Wants(HttpContext context) =>
        context.Request.Path.StartsWithSegments(XapiFeature.Root)
        || (Api.Wants(context) && context.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        // With these the client is known; what is rotated or revoked later makes others. One that was here lately costs no look at the database.
        Context.Features.Set(clients.Known);
        if (Read(header.Parameter) is not var (key, secret)
            || (clients.Known.Find(key, secret) ?? await FindAsync(key, secret)) is not { } client)
            return AuthenticateResult.Fail("The key or the secret is wrong, or the credential is revoked.");

        Context.Features.Set(client);
        return AuthenticateResult.Success(new AuthenticationTicket(client.Principal, SchemeName));
    }

    private async Task<LrsClient?> FindAsync(string key, string secret)
    {
        // What content says and asks goes to the record store alone.
        var launched = Request.Path.StartsWithSegments(XapiFeature.Root)
            ? await Context.RequestServices.GetRequiredService<ILaunchedContent>().ClientAsync(key, secret, Context.RequestAborted)
            : null;
        return launched ?? await Context.RequestServices.GetRequiredService<LrsCredentials>().ClientAsync(key, secret, Context.RequestAborted);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Basic realm=\"seedlot\", charset=\"UTF-8\"";
        return Task.CompletedTask;
    }

    private static (string Key, string Secret)? Read(string? parameter)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(parameter ?? ""));
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
        }
        catch (Exception unreadable) when (unreadable is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
