using System.Security.Claims;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <summary>An invitation as its page shows it.</summary>
public sealed record OpenInvitation
{
    public required Guid Id { get; init; }
    public required string? Email { get; init; }
    public required Role Role { get; init; }
    public required string Centre { get; init; }
    public required DateTime ExpiresAt { get; init; }
}

/// <summary>One-time links that make an account, with its role.</summary>
public sealed class Invitations(LmsDbContext db, Accounts accounts, IStringLocalizer<IdentityText> text, TimeProvider clock)
{
    public const string Gone = nameof(Gone);
    private static readonly TimeSpan Life = TimeSpan.FromDays(14);

    /// <summary>The invitation behind a link, or null when it never was, is used up, withdrawn or too old.</summary>
    public async Task<OpenInvitation?> FindAsync(string secret, CancellationToken ct) =>
        Secret.HashOf(secret) is { } hash ? await Described(Open().Where(i => i.SecretHash == hash)).SingleOrDefaultAsync(ct) : null;

    /// <summary>
    /// Makes the account, grants the role and uses the invitation up in one commit. Of two people who accept together one wins; the
    /// other gets a problem whose field is <see cref="Gone"/>.
    /// </summary>
    public async Task<(Person? Created, IReadOnlyList<AccountProblem> Problems)> AcceptAsync(
        string secret, NewAccount asked, string password, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var hash = Secret.HashOf(secret);
        if (hash is null || await Open().SingleOrDefaultAsync(i => i.SecretHash == hash, ct) is not { } invitation) return (null, [GoneProblem]);

        var account = asked with { Email = invitation.Email ?? asked.Email, CentreId = invitation.CentreId };
        try
        {
            return await accounts.CreateAsync(account, password, person => Accept(invitation, person), ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return (null, [GoneProblem]);
        }
    }

    /// <summary>Makes a link; an open one for the same address and centre is withdrawn. Null when the viewer may not grant the role there.</summary>
    public async Task<string?> InviteAsync(ClaimsPrincipal viewer, Role role, Guid centreId, string? email, CancellationToken ct)
    {
        if (await db.Centres.SingleOrDefaultAsync(c => c.Id == centreId && !c.Closed, ct) is not { } centre || !viewer.MayGrant(role, centre)) return null;
        var address = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        return await db.TransactionAsync(async () =>
        {
            if (address is not null) await db.Invitations.Where(i => i.Email == address && i.CentreId == centreId && i.AcceptedAt == null).ExecuteDeleteAsync(ct);
            var (secret, hash) = Secret.New();
            db.Add(new Invitation
            {
                CentreId = centreId, Role = role, Email = address, SecretHash = hash,
                ExpiresAt = clock.GetUtcNow().UtcDateTime + Life, InvitedBy = viewer.PersonId(),
            });
            await db.SaveChangesAsync(ct);
            return $"/account/invitation/{secret}";
        }, ct);
    }

    /// <summary>Open invitations to the centres that the viewer manages, the newest first.</summary>
    public Task<List<OpenInvitation>> ListAsync(ClaimsPrincipal viewer, CancellationToken ct) =>
        Described(Managed(viewer).OrderByDescending(i => i.Id).Take(200)).OrderByDescending(i => i.Id).ToListAsync(ct);

    public Task<int> WithdrawAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct) =>
        Managed(viewer).Where(i => i.Id == id).ExecuteDeleteAsync(ct);

    private IQueryable<Invitation> Managed(ClaimsPrincipal viewer)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var open = db.Invitations.Where(i => i.AcceptedAt == null && i.ExpiresAt > now);
        return viewer.CentresOf(Policies.Manager) is { } centres ? open.Where(i => centres.Contains(i.CentreId)) : open;
    }

    private AccountProblem GoneProblem => new(Gone, text["This invitation has been used, withdrawn, or is too old. Ask for a new one."]);

    private void Accept(Invitation invitation, Person person)
    {
        invitation.AcceptedAt = person.CreatedAt;
        invitation.Version++;
        if (invitation.Role == Role.Learner) return;
        db.Add(new RoleAssignment
        {
            PersonId = person.Id, CentreId = invitation.CentreId, Role = invitation.Role,
            GrantedAt = person.CreatedAt, GrantedBy = invitation.InvitedBy,
        });
    }

    // Whoever holds the link is nobody yet, so no scope lets them see the row: the secret is the key.
    private IQueryable<Invitation> Open()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.Invitations.IgnoreQueryFilters().Where(i => i.AcceptedAt == null && i.ExpiresAt > now);
    }

    private IQueryable<OpenInvitation> Described(IQueryable<Invitation> invitations) =>
        invitations.Join(db.Centres, i => i.CentreId, c => c.Id,
            (i, c) => new OpenInvitation { Id = i.Id, Email = i.Email, Role = i.Role, Centre = c.Name, ExpiresAt = i.ExpiresAt });
}
