using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Catalog;

/// <summary>The smaller ones that are shown in the place of a course's picture. The picture itself, with what it may say of its maker, is not kept.</summary>
public sealed class Picture
{
    /// <summary>SHA-256 of the picture as its author has it, in lower-case hex.</summary>
    public required string Hash { get; init; }
    public required long Bytes { get; init; }
    /// <summary>The narrowest first.</summary>
    public required IReadOnlyList<PictureSize> Sizes { get; init; }

    /// <summary>The one for a browser that takes one only: as wide as a page shows it on most screens.</summary>
    public PictureSize Usual => Sizes.FirstOrDefault(s => s.Width >= 960) ?? Sizes[^1];

    internal sealed class Configuration : IEntityTypeConfiguration<Picture>
    {
        public void Configure(EntityTypeBuilder<Picture> picture)
        {
            picture.ToTable("Pictures").HasKey(p => p.Hash);
            picture.Property(p => p.Hash).HasMaxLength(64);
            picture.Property(p => p.Sizes).HasJson();
            picture.Ignore(p => p.Usual);
        }
    }
}

/// <summary>A picture in one size.</summary>
/// <param name="File">Its name in the file store.</param>
public sealed record PictureSize(int Width, int Height, long Bytes, string File);
