using Lms.Web.Data;
using Lms.Web.Features.Network;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <summary>An invitation as its page shows it.</summary>
public sealed record OpenInvitation(Guid Id, string? Email, Role Role, Guid CentreId, string Centre, DateTime ExpiresAt);

/// <summary>One-time links that make an account, with its role.</summary>
public sealed class Invitations(LmsDbContext db, Accounts accounts, IStringLocalizer<IdentityText> text, TimeProvider clock)
{
    public const string Gone = nameof(Gone);

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
        invitations.Join(db.Centres, i => i.CentreId, c => c.Id, (i, c) => new OpenInvitation(i.Id, i.Email, i.Role, c.Id, c.Name, i.ExpiresAt));
}
