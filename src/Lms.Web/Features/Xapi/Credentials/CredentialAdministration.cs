using System.Security.Claims;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>A credential as those who manage it see it; its secret nobody sees.</summary>
public sealed record CredentialRow(
    Guid Id, string Name, string Centre, string CentreSlug, string Key, LrsScopes Scopes, DateTime CreatedAt, DateTime? RotatedAt, DateTime? RevokedAt, DateTime? LastUsedAt)
{
    public bool IsActive => RevokedAt is null;
}

/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record CredentialPage(IReadOnlyList<CredentialRow> Rows, Guid? Next);

/// <summary>
/// Credentials in the hands of those who may give them: a centre's belong to its managers. The hub's see every centre, and one with every scope
/// administers the network, so only administrators have to do with them.
/// </summary>
public sealed class CredentialAdministration(
    LmsDbContext db, LrsCredentials credentials, Centres centres, IStringLocalizer<XapiText> text, ILogger<CredentialAdministration> log)
{
    public const int PageSize = 50;

    /// <summary>The newest first.</summary>
    public async Task<CredentialPage> ListAsync(ClaimsPrincipal viewer, Guid? after, int size, CancellationToken ct)
    {
        var managed = Managed(viewer);
        if (after is { } last) managed = managed.Where(c => c.Id.CompareTo(last) < 0);
        var rows = await Described(managed.OrderByDescending(c => c.Id).Take(size + 1)).ToListAsync(ct);
        return rows.Count <= size ? new CredentialPage(rows, null) : new CredentialPage(rows[..size], rows[size - 1].Id);
    }

    public Task<CredentialRow?> FindAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct) =>
        Described(Managed(viewer).Where(c => c.Id == id)).SingleOrDefaultAsync(ct);

    /// <summary>The centres for which the viewer may make credentials.</summary>
    public async Task<IReadOnlyList<Centre>> CentresAsync(ClaimsPrincipal viewer, CancellationToken ct) =>
        [.. (await centres.ManagedAsync(viewer, ct)).Where(c => c.Kind != CentreKind.Hub || viewer.Has(Role.Administrator))];

    public async Task<(LrsCredential? Credential, string Secret, IReadOnlyList<AccountProblem> Problems)> CreateAsync(
        ClaimsPrincipal viewer, string? name, Guid centreId, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        if (!(await CentresAsync(viewer, ct)).Any(c => c.Id == centreId)) return (null, "", [new("Centre", text["Choose a centre that you manage."])]);
        var made = await credentials.CreateAsync(name, centreId, scopes, ct);
        if (made.Credential is { } credential) Log(viewer, credential.Id, "created");
        return made;
    }

    /// <summary>A new secret, which exists only in this answer. Null when there is no such credential, or it is revoked.</summary>
    public async Task<string?> RotateAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct)
    {
        if (!await Managed(viewer).AnyAsync(c => c.Id == id, ct) || await credentials.RotateAsync(id, ct) is not { } secret) return null;
        Log(viewer, id, "rotated");
        return secret;
    }

    /// <summary>False when there is no such credential.</summary>
    public async Task<bool> RevokeAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct)
    {
        if (!await Managed(viewer).AnyAsync(c => c.Id == id, ct) || !await credentials.RevokeAsync(id, ct)) return false;
        Log(viewer, id, "revoked");
        return true;
    }

    private IQueryable<LrsCredential> Managed(ClaimsPrincipal viewer)
    {
        var rows = db.LrsCredentials.AsNoTracking();
        if (viewer.CentresOf(Policies.Manager) is { } managed) rows = rows.Where(c => managed.Contains(c.CentreId));
        return viewer.Has(Role.Administrator) ? rows : rows.Where(c => !db.Centres.Any(h => h.Id == c.CentreId && h.Kind == CentreKind.Hub));
    }

    private IQueryable<CredentialRow> Described(IQueryable<LrsCredential> rows) =>
        rows.Join(db.Centres, c => c.CentreId, c => c.Id, (row, centre) => new { row, centre }).OrderByDescending(x => x.row.Id).Select(x => new CredentialRow(
            x.row.Id, x.row.Name, x.centre.Name, x.centre.Slug, x.row.Key, x.row.Scopes, x.row.CreatedAt, x.row.RotatedAt, x.row.RevokedAt, x.row.LastUsedAt));

    private void Log(ClaimsPrincipal viewer, Guid id, string what) => log.LogInformation("Credential {Credential} was {What} by {By}", id, what, viewer.PersonId());
}
