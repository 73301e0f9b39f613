using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Data;

/// <summary>A secret of the installation that every process on the database must have: a data-protection key, or one of the program's own.</summary>
public sealed class SiteKey
{
    public required string Name { get; init; }
    public required string Value { get; init; }
    public required DateTime CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SiteKey>
    {
        public void Configure(EntityTypeBuilder<SiteKey> key)
        {
            key.HasKey(k => k.Name);
            key.Property(k => k.Name).HasMaxLength(200);
        }
    }
}
