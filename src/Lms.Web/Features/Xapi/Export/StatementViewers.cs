using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Export;

/// <summary>Whose statements a request to the HTTP API may read: a system's as in the record store, a person's those of a centre where they are staff.</summary>
internal sealed class StatementViewers(LmsDbContext db, XapiAddresses addresses)
{
    /// <param name="http">The request, let in by <see cref="XapiPolicies.Readers"/>.</param>
    /// <param name="slug">The centre that is asked for; null for all that may be seen.</param>
    public async Task<LrsClient> OfAsync(HttpContext http, string? slug, CancellationToken ct)
    {
        var system = http.Features.Get<LrsClient>();
        var places = system is null ? http.User.CentresOf(Policies.Staff) : system.SeesAll ? null : [system.CentreId];
        var client = system ?? new LrsClient(
            http.User.PersonId(), places is null ? Guid.Empty : CentreOf(http, places), places is null, LrsScopes.StatementsRead, new Authority(addresses.Person(http.User.PersonId())));
        if (slug is null) return client.SeesAll || client.CentreId != Guid.Empty ? client : throw Unknown("You are staff of several centres.");

        var asked = await db.Centres.Where(c => c.Slug == slug).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct);
        return asked is { } centre && places?.Contains(centre) != false
            ? client with { CentreId = centre, SeesAll = false }
            : throw Unknown($"There is no centre “{XapiProblem.Cut(slug)}” whose statements may be read.");
    }

    private static Guid CentreOf(HttpContext http, Guid[] places) =>
        places.Contains(http.User.CentreId()) ? http.User.CentreId() : places is [var only] ? only : Guid.Empty;

    private static XapiException Unknown(string what) => new("centre", what, "Send the short name of a centre as centre=….");
}
