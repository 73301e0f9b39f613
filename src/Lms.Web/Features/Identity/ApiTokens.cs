using System.Data;
using System.Security.Cryptography;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <summary>A person's own tokens for the HTTP API.</summary>
public sealed class ApiTokens(LmsDbContext db, IStringLocalizer<IdentityText> text, TimeProvider clock)
{
    public const string Prefix = "sl_";
    public static readonly IReadOnlyList<int> Days = [30, 90, 365];
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    public Task<List<ApiToken>> ListAsync(Guid personId, CancellationToken ct) =>
        db.ApiTokens.AsNoTracking().Where(t => t.PersonId == personId && t.RevokedAt == null).OrderByDescending(t => t.Id).Take(100).ToListAsync(ct);

    /// <summary>Makes a token; its text exists only in this answer. A second one of the same name is refused, so a form sent twice makes one.</summary>
    public async Task<(string? Token, AccountProblem? Problem)> CreateAsync(Guid personId, string? name, int days, CancellationToken ct)
    {
        var label = NewAccount.Tidy(name);
        if (string.IsNullOrEmpty(label) || label.Length > 100) return (null, new("Name", text["Name what the token is for, in at most 100 characters."]));
        if (!Days.Contains(days)) return (null, new("Days", text["Choose one of the times offered."]));
        var now = clock.GetUtcNow().UtcDateTime;
        // Serializable: of two forms sent together, the second waits and finds the first one's token.
        return await db.TransactionAsync<(string?, AccountProblem?)>(async () =>
        {
            if (await db.ApiTokens.AnyAsync(t => t.PersonId == personId && t.Name == label && t.RevokedAt == null && t.ExpiresAt > now, ct))
                return (null, new("Name", text["You have a token of this name. Revoke it first, or choose another name."]));

            var (secret, hash) = Secret.New();
            db.Add(new ApiToken { PersonId = personId, Name = label, SecretHash = hash, CreatedAt = now, ExpiresAt = now.AddDays(days) });
            await db.SaveChangesAsync(ct);
            return (Prefix + secret, null);
        }, ct, IsolationLevel.Serializable);
    }

    public Task<int> RevokeAsync(Guid personId, Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.ApiTokens.Where(t => t.Id == id && t.PersonId == personId && t.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedAt, now), ct);
    }

    /// <summary>The person whose live token this is, or null; notes its use at most once a minute.</summary>
    public async Task<Person?> OwnerAsync(string token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || Secret.HashOf(token[Prefix.Length..]) is not { } hash) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        // Nobody is signed in yet, so no scope lets the row be seen: the hash is the key.
        var row = await db.ApiTokens.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(t => t.SecretHash == hash, ct);
        if (row is null || !CryptographicOperations.FixedTimeEquals(row.SecretHash, hash) || row.RevokedAt is not null || row.ExpiresAt <= now) return null;

        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == row.PersonId && p.DeactivatedAt == null, ct);
        if (person is not null && !(row.LastUsedAt > now - UseResolution))
            await db.ApiTokens.IgnoreQueryFilters().Where(t => t.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), ct);
        return person;
    }
}
