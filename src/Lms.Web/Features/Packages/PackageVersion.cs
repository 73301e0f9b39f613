using Lms.Standards.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Packages;

/// <summary>A version of a package as it was imported: never changed.</summary>
public sealed class PackageVersion
{
    internal const int MostEdition = 32;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PackageId { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>From 1, in the order of import.</summary>
    public required int Number { get; init; }
    /// <summary>SHA-256 of what was uploaded: the same bytes are the same version.</summary>
    public required string Hash { get; init; }
    public required string Title { get; init; }
    public required PackageStandard Standard { get; init; }
    /// <summary>As people say it: <c>1.2</c>, <c>4th Edition</c>; null where the standard has one edition.</summary>
    public string? Edition { get; init; }
    /// <summary>JSON of what the standard's reader made of the manifest.</summary>
    public required string Structure { get; init; }
    public required IReadOnlyList<PackageActivity> Activities { get; init; }
    public required IReadOnlyList<PackageFinding> Findings { get; init; }
    public required int FileCount { get; init; }
    public required long Bytes { get; init; }
    public required DateTime ImportedAt { get; init; }
    public Guid? ImportedBy { get; init; }
    /// <summary>Set with its package's: then the same bytes can be imported anew.</summary>
    public DateTime? DeletedAt { get; private set; }

    public void Delete(DateTime at) => DeletedAt ??= at;

    internal sealed class Configuration : IEntityTypeConfiguration<PackageVersion>
    {
        public void Configure(EntityTypeBuilder<PackageVersion> version)
        {
            version.Property(v => v.Hash).HasMaxLength(64);
            version.Property(v => v.Title).HasMaxLength(Package.MostTitle);
            version.Property(v => v.Edition).HasMaxLength(MostEdition);
            version.Property(v => v.Activities).HasJson();
            version.Property(v => v.Findings).HasJson();
            version.HasIndex(v => new { v.PackageId, v.Number }).IsUnique();
            version.HasIndex(v => new { v.CentreId, v.Hash }).IsUnique().HasFilter("\"DeletedAt\" IS NULL");
        }
    }
}

/// <summary>A file of a version: its path is data, its bytes lie in the file store under their hash.</summary>
public sealed class PackageFile
{
    public Guid PackageVersionId { get; init; }
    /// <summary>As the package has it, from the folder of its manifest, with forward slashes, in normal form C.</summary>
    public required string Path { get; init; }
    /// <summary><see cref="Path"/> without regard to case: what a reference in the wrong case finds.</summary>
    public required string Key { get; init; }
    public required string Hash { get; init; }
    public required long Bytes { get; init; }
    public required string ContentType { get; init; }

    /// <summary>The same file as a row of that version.</summary>
    internal PackageFile In(Guid version) => new() { PackageVersionId = version, Path = Path, Key = Key, Hash = Hash, Bytes = Bytes, ContentType = ContentType };

    internal sealed class Configuration : IEntityTypeConfiguration<PackageFile>
    {
        public void Configure(EntityTypeBuilder<PackageFile> file)
        {
            file.HasKey(f => new { f.PackageVersionId, f.Path });
            file.Property(f => f.Path).HasMaxLength(1024);
            file.Property(f => f.Key).HasMaxLength(1024);
            file.Property(f => f.Hash).HasMaxLength(64);
            file.Property(f => f.ContentType).HasMaxLength(100);
            file.HasIndex(f => new { f.PackageVersionId, f.Key });
            file.HasIndex(f => f.Hash);
            file.HasOne<PackageVersion>().WithMany().HasForeignKey(f => f.PackageVersionId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
