using System.Text.Json.Serialization;
using Lms.Standards.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Packages;

/// <summary>What becomes of learners on an older version when a new one is imported.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UpdatePolicy>))]
public enum UpdatePolicy
{
    /// <summary>Whoever began stays on the version that they began on.</summary>
    Pin,
    /// <summary>Whoever is not done moves to the new version at their next launch.</summary>
    WhenNotComplete,
    /// <summary>Everybody moves to the new version at their next launch.</summary>
    Always,
}

/// <summary>A packaged course of a centre; what is played is a <see cref="PackageVersion"/>.</summary>
public sealed class Package
{
    internal const int MostTitle = 200;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid CentreId { get; init; }
    /// <summary>The course of the catalogue that the package is.</summary>
    public required Guid CourseId { get; init; }
    public string Title { get; private set; } = "";
    public PackageStandard Standard { get; private set; }
    /// <summary>As the package says it: <c>1.2</c>, <c>2004 4th Edition</c>; null where its standard has one edition.</summary>
    public string? Edition { get; private set; }
    public Guid? CurrentVersionId { get; private set; }
    public UpdatePolicy UpdatePolicy { get; private set; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? DeletedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>The version becomes the one that is played, and the package takes on what it says of itself.</summary>
    public void Publish(PackageVersion version, UpdatePolicy? policy)
    {
        ArgumentNullException.ThrowIfNull(version);
        CurrentVersionId = version.Id;
        (Title, Standard, Edition) = (version.Title, version.Standard, version.Edition);
        SetPolicy(policy ?? UpdatePolicy);
    }

    public void SetPolicy(UpdatePolicy policy)
    {
        UpdatePolicy = policy;
        Version++;
    }

    public void Delete(DateTime at)
    {
        DeletedAt ??= at;
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Package>
    {
        public void Configure(EntityTypeBuilder<Package> package)
        {
            package.Property(p => p.Title).HasMaxLength(MostTitle);
            package.Property(p => p.Edition).HasMaxLength(PackageVersion.MostEdition);
            package.Property(p => p.Version).IsConcurrencyToken();
            package.HasIndex(p => new { p.CentreId, p.CreatedAt });
            package.HasIndex(p => p.CourseId).IsUnique();
        }
    }
}
