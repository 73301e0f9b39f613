using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>Makes, rotates and revokes credentials, and finds the client of a key and secret.</summary>
public sealed class LrsCredentials(LmsDbContext db, LrsClients clients, XapiAddresses addresses, TimeProvider clock)
{
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    /// <summary>Makes a credential. Its secret exists only in this answer.</summary>
    public async Task<(LrsCredential Credential, string Secret)> CreateAsync(string name, Guid centreId, LrsScopes scopes, CancellationToken ct)
    {
        var secret = NewText(32);
        var credential = new LrsCredential { Name = name, CentreId = centreId, Key = NewText(12), Scopes = scopes, CreatedAt = Now };
        credential.SetSecret(secret, Now);
        db.Add(credential);
        await db.SaveChangesAsync(ct);
        return (credential, secret);
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
        await db.SaveChangesAsync(ct);
        clients.Forget();
        return secret;
    }

    /// <summary>Revokes the credential for good. False when there is none.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken ct)
    {
        if (await db.LrsCredentials.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } credential) return false;
        credential.Revoke(Now);
        await db.SaveChangesAsync(ct);
        clients.Forget();
        return true;
    }

    /// <summary>The client whose key and secret these are; null for anybody else.</summary>
    public async Task<LrsClient?> ClientAsync(string key, string secret, CancellationToken ct)
    {
        // Nobody is let in yet, so no scope lets the row be seen.
        var row = await db.LrsCredentials.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(c => c.Key == key, ct);
        // A key that nobody has takes as long as a wrong secret.
        if (!(row ?? Nobody).Accepts(secret) || row is null) return null;

        var now = Now;
        if (!(row.LastUsedAt > now - UseResolution))
            await db.LrsCredentials.IgnoreQueryFilters().Where(c => c.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastUsedAt, now), ct);
        var isHub = await db.Centres.AnyAsync(c => c.Id == row.CentreId && c.Kind == CentreKind.Hub, ct);
        var authority = new Authority(Agent.Account(addresses.Root, $"credential:{row.Id}") with { Name = row.Name });
        return clients.Remember(key, secret, new LrsClient(row.Id, row.CentreId, isHub, row.Scopes, authority));
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

/// <summary>
/// Clients that were let in within the last half minute, so that a busy one costs no look-up. Found by a keyed hash of key and secret: how
/// long that takes tells nothing of either, and no secret is kept.
/// </summary>
public sealed class LrsClients(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, (LrsClient Client, DateTimeOffset Until)> _clients = new(StringComparer.Ordinal);

    public LrsClient? Find(string key, string secret) =>
        _clients.TryGetValue(NameOf(key, secret), out var known) && known.Until > clock.GetUtcNow() ? known.Client : null;

    public LrsClient Remember(string key, string secret, LrsClient client)
    {
        if (_clients.Count >= Most) _clients.Clear();
        _clients[NameOf(key, secret)] = (client, clock.GetUtcNow() + Lifetime);
        return client;
    }

    /// <summary>After a credential was rotated or revoked.</summary>
    public void Forget() => _clients.Clear();

    private string NameOf(string key, string secret) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{key.Length}:{key}{secret}")));
}
