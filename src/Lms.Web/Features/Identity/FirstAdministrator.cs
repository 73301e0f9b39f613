using System.Security.Cryptography;
using Lms.Web.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Identity;

/// <summary>Somebody must be able to administer a new installation.</summary>
public sealed class FirstAdministrator(
    LmsDbContext db, UserManager<Person> people, IConfiguration configuration, TimeProvider clock, ILogger<FirstAdministrator> log)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(1);

    /// <summary>
    /// Creates the administrator from <c>LMS__Admin__Email</c> and <c>LMS__Admin__Password</c>; without them returns the path of a
    /// one-time link. Null when there is an administrator.
    /// </summary>
    public async Task<string?> EnsureAsync(Guid hubId, CancellationToken ct)
    {
        if (await ExistsAsync(ct)) return null;
        if (configuration["LMS:Admin:Email"] is { Length: > 0 } email && configuration["LMS:Admin:Password"] is { Length: > 0 } password)
        {
            await CreateAsync(hubId, email, password, ct);
            return null;
        }
        return await InviteAsync(hubId, ct);
    }

    private Task<bool> ExistsAsync(CancellationToken ct) => db.RoleAssignments.AnyAsync(r => r.Role == Role.Administrator, ct);

    private async Task CreateAsync(Guid hubId, string email, string password, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var person = new Person { Name = "Administrator", UserName = email, Email = email, EmailConfirmed = true, CentreId = hubId, CreatedAt = now };
        db.Add(new RoleAssignment { PersonId = person.Id, CentreId = hubId, Role = Role.Administrator, GrantedAt = now });
        // Identity's store saves the whole unit of work: the account and its role appear together.
        try
        {
            var created = await people.CreateAsync(person, password);
            if (created.Succeeded) log.LogInformation("Created the administrator {Person}", person.Id);
            else if (!await ExistsAsync(ct))
                throw new RefusalException($"LMS__Admin__Email and LMS__Admin__Password can't be used: {string.Join(' ', created.Errors.Select(e => e.Description).Distinct())}");
        }
        catch (DbUpdateException lost) when (db.IsUniqueViolation(lost))
        {
            // Another program on the same folder was quicker.
        }
        db.ChangeTracker.Clear();
    }

    private async Task<string> InviteAsync(Guid hubId, CancellationToken ct)
    {
        // A link from an earlier start may have been lost with the console; only the newest works.
        await db.Invitations.Where(i => i.Email == null && i.Role == Role.Administrator && i.AcceptedAt == null).ExecuteDeleteAsync(ct);
        var secret = RandomNumberGenerator.GetBytes(32);
        db.Add(new Invitation
        {
            CentreId = hubId,
            Role = Role.Administrator,
            SecretHash = SHA256.HashData(secret),
            ExpiresAt = clock.GetUtcNow().UtcDateTime + LinkLife,
        });
        await db.SaveChangesAsync(ct);
        return $"/account/invitation/{WebEncoders.Base64UrlEncode(secret)}";
    }
}
