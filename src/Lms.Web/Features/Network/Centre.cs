using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Network;

/// <summary>A training centre of the network; every person and record belongs to one.</summary>
public sealed class Centre
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>Short name in addresses and files: lower-case letters, digits, hyphens.</summary>
    public required string Slug { get; init; }
    public required string Name { get; set; }
    public required CentreKind Kind { get; init; }
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; set; }
    /// <summary>Where the certificate says that it was issued, and who signs it; empty means the hub's.</summary>
    public string? CertificateIssuer { get; set; }
    public string? CertificateSignatory { get; set; }
    public string? CertificateSignatoryTitle { get; set; }
    public bool Closed { get; set; }
    /// <summary>Of the hub: the hash of the content folder that was last published when the program started.</summary>
    public string? ContentHash { get; private set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Centre>
    {
        public void Configure(EntityTypeBuilder<Centre> centre)
        {
            centre.Property(c => c.Slug).HasMaxLength(64);
            centre.Property(c => c.Name).HasMaxLength(200);
            centre.Property(c => c.Country).HasMaxLength(2);
            centre.Property(c => c.ContentHash).HasMaxLength(64);
            centre.HasIndex(c => c.Slug).IsUnique();
        }
    }
}

public enum CentreKind
{
    /// <summary>Its staff see the whole network.</summary>
    Hub,
    Regional,
    National,
    Site,
}
