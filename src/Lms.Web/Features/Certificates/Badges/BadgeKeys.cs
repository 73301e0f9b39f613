using System.Security.Cryptography;
using Lms.Web.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// The keys that sign badges: made on first use, followed by a new one every year, and published for good, so that a badge signed
/// with an old key can still be checked.
/// </summary>
public sealed class BadgeKeys(LmsDbContext db, IDataProtectionProvider protection, TimeProvider clock, ILogger<BadgeKeys> log)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private readonly IDataProtector _protector = protection.CreateProtector("Lms.Web.BadgeKeys");

    /// <summary>The key to sign with today; the caller disposes of it.</summary>
    public async Task<(string KeyId, ECDsa Key)> SigningAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var newest = await db.BadgeKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).FirstOrDefaultAsync(ct);
        if (newest is not null && now - newest.CreatedAt < Life && Open(newest) is { } key) return (newest.KeyId, key);
        return await CreateAsync(now, ct);
    }

    /// <summary>The public part of every key there ever was (RFC 7517).</summary>
    public async Task<IReadOnlyList<PublicBadgeKey>> PublishedAsync(CancellationToken ct)
    {
        var keys = await db.BadgeKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).Select(k => new { k.KeyId, k.PublicKey }).ToListAsync(ct);
        return [.. keys.Select(k => PublicBadgeKey.Of(k.KeyId, k.PublicKey))];
    }

    // Two processes that make a first key at once leave two: both are published, so both are right.
    private async Task<(string KeyId, ECDsa Key)> CreateAsync(DateTime now, CancellationToken ct)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var spki = key.ExportSubjectPublicKeyInfo();
        var row = new BadgeKey
        {
            KeyId = PublicBadgeKey.ThumbprintOf(key.ExportParameters(includePrivateParameters: false).Q),
            PublicKey = spki,
            ProtectedPrivateKey = _protector.Protect(key.ExportPkcs8PrivateKey()),
            CreatedAt = now,
        };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return (row.KeyId, key);
    }

    private ECDsa? Open(BadgeKey row)
    {
        try
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(_protector.Unprotect(row.ProtectedPrivateKey), out _);
            return key;
        }
        catch (CryptographicException lost)
        {
            log.LogError(lost, "The badge key {KeyId} can't be opened with this installation's data-protection keys; a new one is made", row.KeyId);
            return null;
        }
    }
}

/// <summary>A JSON Web Key on P-256, public part only (RFC 7517, RFC 7518 6.2.1).</summary>
public sealed record PublicBadgeKey(string Kid, string Kty, string Crv, string X, string Y, string Use, string Alg)
{
    internal static PublicBadgeKey Of(string keyId, byte[] spki)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new PublicBadgeKey(keyId, "EC", "P-256", Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y), "sig", SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>RFC 7638: the hash of the key's required members in the order of their names.</summary>
    internal static string ThumbprintOf(ECPoint point)
    {
        var members = $"{{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"{Base64UrlEncoder.Encode(point.X)}\",\"y\":\"{Base64UrlEncoder.Encode(point.Y)}\"}}";
        return Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(members)));
    }
}
