using System.Collections.Concurrent;
using System.Data;
using System.Security.Cryptography;
using System.Text;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>Makes, rotates and revokes credentials, and finds the client of a key and secret.</summary>
public sealed class LrsCredentials(LmsDbContext db, LrsClients clients, NodeSignal others, XapiAddresses addresses, IStringLocalizer<XapiText> text, TimeProvider clock)
{
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Makes a credential, whose secret exists only in this answer, or says what is wrong. A second one of the same name at a centre is
    /// refused, so a form sent twice makes one.
    /// </summary>
    public async Task<(LrsCredential? Credential, string Secret, IReadOnlyList<AccountProblem> Problems)> CreateAsync(
        string? name, Guid centreId, IReadOnlyList<string> scopeNames, CancellationToken ct)
    {
        var problems = new List<AccountProblem>();
        var label = NewAccount.Tidy(name);
        if (string.IsNullOrEmpty(label) || label.Length > LrsCredential.LongestName) problems.Add(new("Name", text["Name the system, in at most {0} characters.", LrsCredential.LongestName]));
        if (LrsScopeNames.Parse(scopeNames) is not { } scopes)
        {
            problems.Add(new("Scopes", text["Choose at least one of these: {0}.", string.Join(", ", LrsScopeNames.All)]));
            return (null, "", problems);
        }
        if (problems.Count > 0) return (null, "", problems);
        // Serializable: of two forms sent together, the second waits and finds the first one's credential.
        return await db.TransactionAsync<(LrsCredential?, string, IReadOnlyList<AccountProblem>)>(async () =>
        {
            if (await db.LrsCredentials.AnyAsync(c => c.CentreId == centreId && c.Name == label && c.RevokedAt == null, ct))
                return (null, "", [new("Name", text["There is a credential of this name. Revoke it first, or choose another name."])]);

            var secret = NewText(32);
            var credential = new LrsCredential { Name = label!, CentreId = centreId, Key = NewText(12), Scopes = scopes, CreatedAt = Now };
            credential.SetSecret(secret, Now);
            db.Add(credential);
            await db.SaveChangesAsync(ct);
            return (credential, secret, []);
        }, ct, IsolationLevel.Serializable);
    }

    /// <summary>Makes sure that the credential of the configuration exists with every scope, for the hub.</summary>
    public async Task EnsureAsync(string key, string secret, Guid hubId, CancellationToken ct)
    {
        var credential = await db.LrsCredentials.SingleOrDefaultAsync(c => c.Key == key, ct);
        if (credential?.Accepts(secret) == true) return;
        if (credential is null)
            db.Add(credential = new LrsCredential { Name = "LMS__Lrs__Key", CentreId = hubId, Key = key, Scopes = LrsScopes.All, CreatedAt = Now });
        credential.SetSecret(secret, Now);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Gives the credential a new secret, which exists only in this answer. Null when there is none, or it is revoked.</summary>
    public async Task<string?> RotateAsync(Guid id, CancellationToken ct)
    {
        if (await db.LrsCredentials.SingleOrDefaultAsync(c => c.Id == id, ct) is not { IsActive: true } credential) return null;
        var secret = NewText(32);
        credential.SetSecret(secret, Now);
        await SavedAsync(ct);
        return secret;
    }

    /// <summary>Revokes the credential for good. False when there is none.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken ct)
    {
        if (await db.LrsCredentials.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } credential) return false;
        credential.Revoke(Now);
        await SavedAsync(ct);
        return true;
    }

    /// <summary>Saves a change that must be felt at once here, and within seconds by every other process.</summary>
    private async Task SavedAsync(CancellationToken ct)
    {
        await db.SaveAndRaiseAsync(StatementCursor.Credentials, ct);
        clients.Forget();
        others.Set();
    }

    /// <summary>The client whose key and secret these are; null for anybody else.</summary>
    public async Task<LrsClient?> ClientAsync(string key, string secret, CancellationToken ct)
    {
        // Taken before the row is read: should it be revoked in between, the client is remembered where nobody looks any more.
        var known = clients.Known;
        // Nobody is let in yet, so no scope lets the row be seen.
        var row = await db.LrsCredentials.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(c => c.Key == key, ct);
        // A key that nobody has takes as long as a wrong secret.
        if (!(row ?? Nobody).Accepts(secret) || row is null) return null;

        var now = Now;
        if (!(row.LastUsedAt > now - UseResolution))
            await db.LrsCredentials.IgnoreQueryFilters().Where(c => c.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastUsedAt, now), ct);
        var isHub = await db.Centres.AnyAsync(c => c.Id == row.CentreId && c.Kind == CentreKind.Hub, ct);
        var authority = new Authority(Agent.Account(addresses.Root, $"credential:{row.Id}") with { Name = row.Name });
        return known.Remember(key, secret, new LrsClient(row.Id, row.CentreId, isHub, row.Scopes, authority));
    }

    private static readonly LrsCredential Nobody = MakeNobody();

    private static LrsCredential MakeNobody()
    {
        var nobody = new LrsCredential { Name = "", CentreId = Guid.Empty, Key = "", Scopes = LrsScopes.None, CreatedAt = default };
        nobody.SetSecret(NewText(32), default);
        return nobody;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static string NewText(int bytes) => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(bytes));
}

/// <summary>Remembers who was let in, until a credential is rotated or revoked.</summary>
public sealed class LrsClients(TimeProvider clock)
{
    private volatile KnownClients _known = new(clock);
    private int _version;

    /// <summary>Those let in since the last rotation or revocation; another object after the next.</summary>
    public KnownClients Known => _known;

    /// <summary>After a credential was rotated or revoked.</summary>
    public void Forget() => _known = new KnownClients(clock);

    /// <summary>Forgets all when another process has rotated or revoked one.</summary>
    internal void Expect(int version)
    {
        if (_version < version) Forget();
        _version = version;
    }
}

/// <summary>
/// Clients that were let in within the last half minute, so that a busy one costs no look-up. Found by a keyed hash of key and secret: how
/// long that takes tells nothing of either, and no secret is kept.
/// </summary>
public sealed class KnownClients(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private readonly byte[] _hashKey = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, (LrsClient Client, DateTimeOffset Until)> _clients = new(StringComparer.Ordinal);

    public LrsClient? Find(string key, string secret) =>
        _clients.TryGetValue(NameOf(key, secret), out var known) && known.Until > clock.GetUtcNow() ? known.Client : null;

    public LrsClient Remember(string key, string secret, LrsClient client)
    {
        if (_clients.Count >= Most) _clients.Clear();
        _clients[NameOf(key, secret)] = (client, clock.GetUtcNow() + Lifetime);
        return client;
    }

    // The hash is never shown, so the key may simply stand before the text: an HMAC would cost every request four times as much.
    private string NameOf(string key, string secret) => Convert.ToHexString(SHA256.HashData([.. _hashKey, .. Encoding.UTF8.GetBytes($"{key.Length}:{key}{secret}")]));
}
