using System.Security.Claims;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Http.Features;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>The system that makes a request to the record store, as its credential has it.</summary>
/// <param name="CredentialId">Its credential.</param>
/// <param name="CentreId">The centre that its statements belong to.</param>
/// <param name="SeesAll">True for the hub's credentials, which see the records of every centre.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Authority">Who vouches for its statements.</param>
public sealed record LrsClient(Guid CredentialId, Guid CentreId, bool SeesAll, LrsScopes Scopes, Authority Authority)
{
    /// <summary>Set when it is content that this system launched.</summary>
    public Launch? Launch { get; init; }

    /// <summary>What the authorization of the HTTP API sees of it; made once for all its requests.</summary>
    public ClaimsPrincipal Principal => field ??= new ClaimsPrincipal(new ClaimsIdentity(Claims(), LrsCredentialHandler.SchemeName));

    public bool May(LrsScopes any) => (Scopes & (any | LrsScopes.All)) != 0;

    /// <summary>True when it reads only what it vouches for itself.</summary>
    public bool OnlyMine => !May(LrsScopes.StatementsRead);

    /// <summary>What it sees.</summary>
    public StatementViewer Viewer => new(SeesAll ? null : [CentreId], OnlyMine ? Authority.Key : null, Launch?.Registration);

    public StatementSender Sender => new(CentreId, Authority, May(LrsScopes.Define));

    /// <summary>The client of a request that <see cref="LrsCredentialHandler"/> has let in.</summary>
    public static LrsClient Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.GetRequiredFeature<LrsClient>();
    }

    // In the HTTP API, a credential with every scope manages its centre; the hub's administers the network.
    private IEnumerable<Claim> Claims()
    {
        yield return new(ClaimTypes.NameIdentifier, CredentialId.ToString());
        yield return new(Access.CentreClaim, CentreId.ToString());
        yield return new(Access.SeesClaim, SeesAll ? "*" : CentreId.ToString());
        if (!May(LrsScopes.All)) yield break;
        yield return new(Access.RoleClaim, SeesAll ? $"{Role.Administrator}@*" : $"{Role.CentreManager}@{CentreId}");
    }
}
