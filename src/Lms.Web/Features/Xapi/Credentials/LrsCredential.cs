using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>What a credential may do. Without <see cref="All"/>, nothing that is not named.</summary>
[Flags]
public enum LrsScopes
{
    None = 0,
    /// <summary><c>statements/write</c></summary>
    StatementsWrite = 1,
    /// <summary><c>statements/read</c></summary>
    StatementsRead = 1 << 1,
    /// <summary><c>statements/read/mine</c>: only the statements that it vouches for.</summary>
    StatementsReadMine = 1 << 2,
    /// <summary><c>state</c></summary>
    State = 1 << 3,
    /// <summary><c>profile</c></summary>
    Profile = 1 << 4,
    /// <summary><c>define</c>: what it says of activities, verbs and agents becomes what the store knows of them.</summary>
    Define = 1 << 5,
    /// <summary><c>all</c>, and the HTTP API besides.</summary>
    All = 1 << 6,
}

/// <summary>A system's way in to the record store: a key and a secret for basic authentication, what it may do, and the centre whose records it sees.</summary>
public sealed class LrsCredential
{
    public const int LongestName = 200;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string Name { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>The user name of basic authentication.</summary>
    public required string Key { get; init; }
    public required LrsScopes Scopes { get; init; }
    public required DateTime CreatedAt { get; init; }
    /// <summary>Keyed with <see cref="Salt"/>. The secret is long and random, so a slow hash would add nothing but time to each request.</summary>
    public byte[] SecretHash { get; private set; } = [];
    public byte[] Salt { get; private set; } = [];
    public DateTime? RotatedAt { get; private set; }
    public DateTime? RevokedAt { get; private set; }
    public DateTime? LastUsedAt { get; private set; }

    public bool IsActive => RevokedAt is null;

    /// <summary>Whether this is its secret, in a time that tells nothing.</summary>
    public bool Accepts(string secret) => CryptographicOperations.FixedTimeEquals(SecretHash, HashOf(secret, Salt)) && IsActive;

    /// <summary>Sets the secret; the one before is good no more.</summary>
    public void SetSecret(string secret, DateTime at)
    {
        RotatedAt = SecretHash.Length == 0 ? null : at;
        Salt = RandomNumberGenerator.GetBytes(32);
        SecretHash = HashOf(secret, Salt);
    }

    public void Revoke(DateTime at) => RevokedAt ??= at;

    private static byte[] HashOf(string secret, byte[] salt) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(secret));

    internal sealed class Configuration : IEntityTypeConfiguration<LrsCredential>
    {
        public void Configure(EntityTypeBuilder<LrsCredential> credential)
        {
            credential.ToTable("LrsCredentials");
            credential.Property(c => c.Name).HasMaxLength(LongestName);
            credential.Property(c => c.Key).HasMaxLength(100);
            credential.Property(c => c.Scopes).HasConversion<int>();
            credential.Ignore(c => c.IsActive);
            credential.HasIndex(c => c.Key).IsUnique();
            credential.HasIndex(c => new { c.CentreId, c.Id });
        }
    }
}
