using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Certificates;

/// <summary>A key that signs Open Badges; the private part is protected by the program's data-protection keys.</summary>
public sealed class BadgeKey
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string KeyId { get; init; }
    public required byte[] ProtectedPrivateKey { get; init; }
    /// <summary>SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; init; }
    public required DateTime CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<BadgeKey>
    {
        public void Configure(EntityTypeBuilder<BadgeKey> key)
        {
            key.Property(k => k.KeyId).HasMaxLength(64);
            key.HasIndex(k => k.KeyId).IsUnique();
        }
    }
}
