using System.Security.Claims;
using Lms.Web.Features.Network;

namespace Lms.Web.Features.Identity;

/// <summary>Who may give which role: nobody grants more than they hold.</summary>
public static class Grants
{
    private static readonly Role[] AtACentre = [Role.Learner, Role.Instructor, Role.Assessor, Role.Auditor, Role.CentreManager];

    private static readonly Dictionary<Role, Role[]> ByHolder = new()
    {
        [Role.CentreManager] = AtACentre,
        [Role.HubManager] = [.. AtACentre, Role.HubManager],
        [Role.Administrator] = Enum.GetValues<Role>(),
    };

    /// <summary>These hold for the whole network, so they exist at the hub only.</summary>
    public static bool IsOfTheHub(Role role) => role is Role.HubManager or Role.Administrator;

    public static bool MayGrant(this ClaimsPrincipal user, Role role, Centre centre)
    {
        ArgumentNullException.ThrowIfNull(centre);
        if (IsOfTheHub(role) && centre.Kind != CentreKind.Hub) return false;
        return ByHolder.Any(holder => holder.Value.Contains(role)
            && (user.HasClaim(Access.RoleClaim, $"{holder.Key}@*") || user.HasClaim(Access.RoleClaim, $"{holder.Key}@{centre.Id}")));
    }

    /// <summary>The centres where the user holds one of the policy's roles; null for the whole network.</summary>
    public static Guid[]? CentresOf(this ClaimsPrincipal user, string policy)
    {
        ArgumentNullException.ThrowIfNull(user);
        var places = user.FindAll(Access.RoleClaim).Select(c => c.Value.Split('@'))
            .Where(c => Policies.Roles[policy].Any(role => role.ToString() == c[0])).Select(c => c[1]).ToHashSet();
        return places.Contains("*") ? null : [.. places.Select(Guid.Parse)];
    }
}
