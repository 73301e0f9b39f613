using System.Security.Claims;
using Lms.Web.Data;
using Microsoft.AspNetCore.Authorization;

namespace Lms.Web.Features.Identity;

/// <summary>Names of the authorization policies. Anything without one needs a signed-in person.</summary>
public static class Policies
{
    /// <summary>Somebody who teaches, manages or audits at some centre.</summary>
    public const string Staff = nameof(Staff);
    /// <summary>May publish courses.</summary>
    public const string Author = nameof(Author);
    /// <summary>Keeps the packages of some centre.</summary>
    public const string Packages = nameof(Packages);
    /// <summary>Manages the people of some centre.</summary>
    public const string Manager = nameof(Manager);
    /// <summary>Administers the installation.</summary>
    public const string Administrator = nameof(Administrator);
    /// <summary>May call the HTTP API: a person, or a system that holds a role, which a credential with every scope does.</summary>
    public const string Caller = nameof(Caller);

    internal static readonly Dictionary<string, Role[]> Roles = new()
    {
        [Staff] = [Role.Instructor, Role.Assessor, Role.CentreManager, Role.HubManager, Role.Auditor, Role.Administrator],
        [Author] = [Role.Instructor, Role.HubManager, Role.Administrator],
        [Packages] = [Role.Instructor, Role.CentreManager, Role.HubManager, Role.Administrator],
        [Manager] = [Role.CentreManager, Role.HubManager, Role.Administrator],
        [Administrator] = [Role.Administrator],
    };

    public static void AddPolicies(AuthorizationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.FallbackPolicy = options.DefaultPolicy;
        options.AddPolicy(Caller, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => !context.User.HasClaim(c => c.Type == Access.SeesClaim) || context.User.HasClaim(c => c.Type == Access.RoleClaim)));
        foreach (var (name, roles) in Roles)
            options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => roles.Any(context.User.Has)));
    }
}

/// <summary>What a signed-in person's claims say. They are made at sign-in and renewed with the security stamp.</summary>
public static class Access
{
    /// <summary>One claim for each role assignment: <c>{role}@{centre id}</c>, or <c>{role}@*</c> where it holds for the network.</summary>
    public const string RoleClaim = "seedlot:role";
    public const string NameClaim = "seedlot:name";
    public const string LanguageClaim = "seedlot:language";
    public const string CentreClaim = "seedlot:centre";
    /// <summary>For a system rather than a person: the id of a centre whose records it sees, or <c>*</c>.</summary>
    public const string SeesClaim = "seedlot:sees";

    public static Guid PersonId(this ClaimsPrincipal user) =>
        Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in."));

    public static Guid CentreId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(CentreClaim)!);

    public static bool Has(this ClaimsPrincipal user, Role role)
    {
        ArgumentNullException.ThrowIfNull(user);
        var prefix = $"{role}@";
        return user.HasClaim(c => c.Type == RoleClaim && c.Value.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>Whether the person holds one of the policy's roles at that centre or for the whole network.</summary>
    public static bool Has(this ClaimsPrincipal user, string policy, Guid centreId)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Policies.Roles[policy].Any(role => user.HasClaim(RoleClaim, $"{role}@*") || user.HasClaim(RoleClaim, $"{role}@{centreId}"));
    }

    internal static void Enter(this CentreScope scope, ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true) return;
        // To be named a learner of a centre lets nobody see the other learners there.
        var places = user.FindAll(RoleClaim).Where(c => !c.Value.StartsWith($"{Role.Learner}@", StringComparison.Ordinal)).Select(c => c.Value[(c.Value.IndexOf('@', StringComparison.Ordinal) + 1)..])
            .Concat(user.FindAll(SeesClaim).Select(c => c.Value)).Distinct().ToList();
        scope.SeeAs(user.PersonId(), places.Contains("*"), places.Where(p => p != "*").Select(Guid.Parse));
    }
}
