using Lms.Manuscripts.Courses;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Catalog;

/// <summary>A course as the catalogue shows it; what is studied is a <see cref="CourseVersion"/>.</summary>
public sealed class Course
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>The manuscript's id and the course's address.</summary>
    public required string Slug { get; init; }
    /// <summary>The centre that publishes it.</summary>
    public required Guid CentreId { get; init; }
    public Guid? CurrentVersionId { get; private set; }
    /// <summary>What a card in the catalogue shows, so that listing courses opens none of them.</summary>
    public CourseCard Card { get; private set; } = new();
    public int Version { get; private set; }

    public void Publish(CourseVersion version, CourseCard card)
    {
        ArgumentNullException.ThrowIfNull(version);
        CurrentVersionId = version.Id;
        Card = card;
        Version++;
    }

    /// <summary>Takes the course out of the catalogue; the versions stay for the records that name them.</summary>
    public void Withdraw()
    {
        CurrentVersionId = null;
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Course>
    {
        public void Configure(EntityTypeBuilder<Course> course)
        {
            course.Property(c => c.Slug).HasMaxLength(64);
            course.Property(c => c.Version).IsConcurrencyToken();
            course.Property(c => c.Card).HasJson();
            course.HasIndex(c => c.Slug).IsUnique();
        }
    }
}

/// <summary>The face of a course.</summary>
public sealed record CourseCard
{
    public LanguageMap Title { get; init; } = [];
    public LanguageMap Summary { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];
    public int Minutes { get; init; }
    public int Lessons { get; init; }
    public bool Certificate { get; init; }
    /// <summary>Bytes to download for all lessons and figures, compressed, in each language.</summary>
    public IReadOnlyDictionary<string, long> Bytes { get; init; } = new Dictionary<string, long>();
}

/// <summary>A published version: never changed, addressed by the hash of its content.</summary>
public sealed class CourseVersion
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid CourseId { get; init; }
    public required int Major { get; init; }
    public required int Minor { get; init; }
    /// <summary>SHA-256 of the course's canonical JSON, which is the file of that name in the file store.</summary>
    public required string Hash { get; init; }
    public required DateTime PublishedAt { get; init; }
    public Guid? PublishedBy { get; init; }

    public string Number => $"{Major}.{Minor}";

    internal sealed class Configuration : IEntityTypeConfiguration<CourseVersion>
    {
        public void Configure(EntityTypeBuilder<CourseVersion> version)
        {
            version.Property(v => v.Hash).HasMaxLength(64);
            version.HasIndex(v => new { v.CourseId, v.Major, v.Minor }).IsUnique();
            version.HasIndex(v => v.Hash);
        }
    }
}

/// <summary>Courses that belong together.</summary>
public sealed class Programme
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string Slug { get; init; }
    public int Position { get; set; }
    public LanguageMap Title { get; set; } = [];
    public LanguageMap Summary { get; set; } = [];
    /// <summary>Slugs of its courses in order; one may not be published yet.</summary>
    public IReadOnlyList<string> Courses { get; set; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<Programme>
    {
        public void Configure(EntityTypeBuilder<Programme> programme)
        {
            programme.Property(p => p.Slug).HasMaxLength(64);
            programme.Property(p => p.Title).HasJson();
            programme.Property(p => p.Summary).HasJson();
            programme.Property(p => p.Courses).HasJson();
            programme.HasIndex(p => p.Slug).IsUnique();
        }
    }
}
