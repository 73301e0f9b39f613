using System.Security.Claims;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Identity;

/// <summary>Puts a person's name, language, centre and roles into the sign-in, so that no request needs to look them up.</summary>
internal sealed class PersonClaims(UserManager<Person> people, IOptions<IdentityOptions> options, LmsDbContext db)
    : UserClaimsPrincipalFactory<Person>(people, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(Access.NameClaim, user.Name));
        identity.AddClaim(new Claim(Access.LanguageClaim, user.Language));
        identity.AddClaim(new Claim(Access.CentreClaim, user.CentreId.ToString()));

        // The sign-in itself runs before anybody is signed in: the scope can't filter here.
        var roles = await db.RoleAssignments.IgnoreQueryFilters()
            .Where(r => r.PersonId == user.Id)
            .Join(db.Centres, r => r.CentreId, c => c.Id, (r, c) => new { r.Role, c.Id, c.Kind })
            .ToListAsync();
        foreach (var role in roles)
            identity.AddClaim(new Claim(Access.RoleClaim, $"{role.Role}@{(role.Kind == CentreKind.Hub ? "*" : role.Id)}"));
        return identity;
    }
}
