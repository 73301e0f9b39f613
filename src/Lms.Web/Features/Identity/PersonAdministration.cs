using System.Data;
using System.Security.Claims;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Identity;

public enum AdministrationOutcome
{
    Done,
    /// <summary>No such person, role or centre for this viewer.</summary>
    NotFound,
    /// <summary>The viewer holds less than this would take.</summary>
    NotAllowed,
    /// <summary>Nobody would be left to administer the installation.</summary>
    LastAdministrator,
}

public sealed record HeldRole(Guid Id, Role Role, Guid CentreId, string Centre, bool MayRevoke);

/// <summary>A person as those who manage them see them.</summary>
/// <param name="MayManage">Whether the viewer may touch the account itself: only when they could grant all that it holds.</param>
public sealed record ManagedPerson(Person Person, Centre Centre, IReadOnlyList<HeldRole> Roles, bool MayManage);

/// <summary>What managers do to accounts and roles. Every rule about who may is here.</summary>
public sealed class PersonAdministration(
    LmsDbContext db, PeopleList list, UserManager<Person> people, TimeProvider clock, ILogger<PersonAdministration> log)
{
    public async Task<ManagedPerson?> FindAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct)
    {
        if (await list.Managed(viewer).SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person) return null;
        // Roles at other centres count when it is asked who outranks whom, though this viewer doesn't see them.
        var held = await db.RoleAssignments.IgnoreQueryFilters().AsNoTracking().Where(r => r.PersonId == id)
            .Join(db.Centres, r => r.CentreId, c => c.Id, (r, c) => new { Role = r, Centre = c }).ToListAsync(ct);
        var roles = held.Select(h => new HeldRole(h.Role.Id, h.Role.Role, h.Centre.Id, h.Centre.Name, viewer.MayGrant(h.Role.Role, h.Centre))).ToList();
        var visible = roles.Where(r => viewer.Has(Policies.Manager, r.CentreId)).ToList();
        return new ManagedPerson(person, await db.Centres.AsNoTracking().SingleAsync(c => c.Id == person.CentreId, ct), visible, roles.TrueForAll(r => r.MayRevoke));
    }

    /// <summary>Grants a role; granting it twice is granting it once.</summary>
    public async Task<AdministrationOutcome> GrantAsync(ClaimsPrincipal viewer, Guid id, Role role, Guid centreId, CancellationToken ct)
    {
        if (await FindAsync(viewer, id, ct) is null || await db.Centres.SingleOrDefaultAsync(c => c.Id == centreId, ct) is not { } centre) return AdministrationOutcome.NotFound;
        if (role == Role.Learner || !viewer.MayGrant(role, centre)) return AdministrationOutcome.NotAllowed;
        return await db.RetryAsync(async () =>
        {
            if (await db.RoleAssignments.AnyAsync(r => r.PersonId == id && r.CentreId == centreId && r.Role == role, ct)) return AdministrationOutcome.Done;
            db.Add(new RoleAssignment { PersonId = id, CentreId = centreId, Role = role, GrantedAt = clock.GetUtcNow().UtcDateTime, GrantedBy = viewer.PersonId() });
            await db.SaveChangesAsync(ct);
            Log(viewer, id, $"granted {role} at {centre.Slug}");
            return AdministrationOutcome.Done;
        });
    }

    public async Task<AdministrationOutcome> RevokeAsync(ClaimsPrincipal viewer, Guid id, Guid assignmentId, CancellationToken ct)
    {
        if (await FindAsync(viewer, id, ct) is not { } found) return AdministrationOutcome.NotFound;
        if (found.Roles.FirstOrDefault(r => r.Id == assignmentId) is not { } held) return AdministrationOutcome.Done;
        if (!held.MayRevoke) return AdministrationOutcome.NotAllowed;
        return await KeepingAnAdministratorAsync(async () =>
        {
            await db.RoleAssignments.Where(r => r.Id == assignmentId).ExecuteDeleteAsync(ct);
            Log(viewer, id, $"revoked {held.Role} at {held.Centre}");
        }, ct);
    }

    public async Task<AdministrationOutcome> MoveAsync(ClaimsPrincipal viewer, Guid id, Guid centreId, CancellationToken ct)
    {
        if (!await db.Centres.AnyAsync(c => c.Id == centreId && !c.Closed, ct)) return AdministrationOutcome.NotFound;
        if (!viewer.Has(Policies.Manager, centreId)) return AdministrationOutcome.NotAllowed;
        return await ChangeAsync(viewer, id, $"moved to centre {centreId}", person => { person.CentreId = centreId; return people.UpdateAsync(person); }, ct);
    }

    /// <summary>Refuses sign-in from now on and ends what sessions there are; records stay.</summary>
    public async Task<AdministrationOutcome> DeactivateAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct)
    {
        if (id == viewer.PersonId()) return AdministrationOutcome.NotAllowed;
        var outcome = AdministrationOutcome.Done;
        var kept = await KeepingAnAdministratorAsync(async () => outcome = await ChangeAsync(viewer, id, "deactivated", person =>
        {
            person.DeactivatedAt ??= clock.GetUtcNow().UtcDateTime;
            return people.UpdateSecurityStampAsync(person);
        }, ct), ct);
        return kept == AdministrationOutcome.Done ? outcome : kept;
    }

    public Task<AdministrationOutcome> ReactivateAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct) =>
        ChangeAsync(viewer, id, "reactivated", person => { person.DeactivatedAt = null; return people.UpdateSecurityStampAsync(person); }, ct);

    public Task<AdministrationOutcome> UnlockAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct) =>
        ChangeAsync(viewer, id, "unlocked", person => { (person.LockoutEnd, person.AccessFailedCount) = (null, 0); return people.UpdateAsync(person); }, ct);

    public async Task<(AdministrationOutcome Outcome, string? Path)> ResetLinkAsync(ClaimsPrincipal viewer, Guid id, CancellationToken ct)
    {
        string? path = null;
        var outcome = await ChangeAsync(viewer, id, "made a password link", async person =>
        {
            path = await ResetModel.LinkAsync(people, person);
            return IdentityResult.Success;
        }, ct);
        return (outcome, path);
    }

    /// <summary>For somebody who lost both phone and recovery codes; the reason is logged with who did it.</summary>
    public Task<AdministrationOutcome> DisableTwoFactorAsync(ClaimsPrincipal viewer, Guid id, string reason, CancellationToken ct) =>
        ChangeAsync(viewer, id, $"disabled the second step: {reason}", async person =>
        {
            person.TwoFactorEnabled = false;
            return await people.ResetAuthenticatorKeyAsync(person);
        }, ct);

    private async Task<AdministrationOutcome> ChangeAsync(ClaimsPrincipal viewer, Guid id, string what, Func<Person, Task<IdentityResult>> change, CancellationToken ct)
    {
        if (await FindAsync(viewer, id, ct) is not { } found) return AdministrationOutcome.NotFound;
        if (!found.MayManage) return AdministrationOutcome.NotAllowed;
        var changed = await change((await people.FindByIdAsync(id.ToString()))!);
        if (!changed.Succeeded) throw new InvalidOperationException($"{what}: {string.Join(' ', changed.Errors.Select(e => e.Code))}");
        Log(viewer, id, what);
        return AdministrationOutcome.Done;
    }

    // Serializable: two administrators who remove each other at the same moment must not both succeed.
    private Task<AdministrationOutcome> KeepingAnAdministratorAsync(Func<Task> change, CancellationToken ct) => db.TransactionAsync(async () =>
    {
        await change();
        return await db.RoleAssignments.IgnoreQueryFilters()
            .AnyAsync(r => r.Role == Role.Administrator && db.Users.Any(p => p.Id == r.PersonId && p.DeactivatedAt == null), ct)
            ? AdministrationOutcome.Done : AdministrationOutcome.LastAdministrator;
    }, ct, IsolationLevel.Serializable, keeps: outcome => outcome == AdministrationOutcome.Done);

    private void Log(ClaimsPrincipal viewer, Guid id, string what) => log.LogInformation("{By} to {Person}: {What}", viewer.PersonId(), id, what);
}
