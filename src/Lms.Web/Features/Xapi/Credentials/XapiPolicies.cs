using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>The authorization policies of the xAPI resources; each asks for a credential with one of its scopes.</summary>
public static class XapiPolicies
{
    public const string Any = "xapi";
    public const string WriteStatements = "xapi-statements-write";
    public const string ReadStatements = "xapi-statements-read";
    public const string State = "xapi-state";
    public const string Profile = "xapi-profile";
    /// <summary>In the HTTP API: staff, and systems that may read statements.</summary>
    public const string Readers = "xapi-readers";

    public static void Add(IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy(Any, policy => Require(policy, (LrsScopes)~0))
        .AddPolicy(WriteStatements, policy => Require(policy, LrsScopes.StatementsWrite))
        .AddPolicy(ReadStatements, policy => Require(policy, Reading))
        .AddPolicy(State, policy => Require(policy, LrsScopes.State))
        .AddPolicy(Profile, policy => Require(policy, LrsScopes.Profile))
        .AddPolicy(Readers, policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
            context.Resource is HttpContext http && http.Features.Get<LrsClient>() is { } client ? client.May(Reading) : Policies.Roles[Policies.Staff].Any(context.User.Has)));

    private const LrsScopes Reading = LrsScopes.StatementsRead | LrsScopes.StatementsReadMine;

    // No scheme is named: the address chose it, and a second look at the credential would cost every request.
    private static void Require(AuthorizationPolicyBuilder policy, LrsScopes any) => policy
        .RequireAssertion(context => context.Resource is HttpContext http && http.Features.Get<LrsClient>()?.May(any) == true);
}
