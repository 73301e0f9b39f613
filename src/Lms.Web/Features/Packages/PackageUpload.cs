using System.Text.Json.Serialization;
using Lms.Standards.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Packages;

[JsonConverter(typeof(JsonStringEnumConverter<UploadState>))]
public enum UploadState
{
    /// <summary>Its bytes are arriving, or somebody is yet to bring the rest.</summary>
    Receiving,
    /// <summary>All of it is here and is to be imported, or is being so.</summary>
    Received,
    Imported,
    /// <summary>Its findings say why.</summary>
    Refused,
}

/// <summary>An upload by a person, which goes on where a broken connection left it, and the import that follows. The bytes are in <see cref="UploadFiles"/>.</summary>
public sealed class PackageUpload
{
    internal const int MostName = 200;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid CentreId { get; init; }
    public required Guid PersonId { get; init; }
    /// <summary>The file's name on the device of whoever uploads it.</summary>
    public required string FileName { get; init; }
    public required long Length { get; set; }
    public required ImportSettings Settings { get; init; }
    public required DateTime CreatedAt { get; init; }
    public UploadState State { get; private set; }
    /// <summary>How far the import has come, from 0 to 1; null while it waits.</summary>
    public double? Progress { get; private set; }
    public IReadOnlyList<PackageFinding> Findings { get; private set; } = [];
    public Guid? PackageId { get; private set; }

    /// <summary>All of it is here.</summary>
    public void Receive() => State = UploadState.Received;

    public void Take(ImportOutcome outcome)
    {
        switch (outcome)
        {
            case ImportOutcome.Imported imported:
                (State, Findings, PackageId) = (UploadState.Imported, imported.Version.Findings, imported.Package.Id);
                break;
            case ImportOutcome.Refused refused:
                (State, Findings) = (UploadState.Refused, refused.Findings);
                break;
        }
    }

    internal sealed class Configuration : IEntityTypeConfiguration<PackageUpload>
    {
        public void Configure(EntityTypeBuilder<PackageUpload> upload)
        {
            upload.Property(u => u.FileName).HasMaxLength(MostName);
            upload.Property(u => u.Settings).HasJson();
            upload.Property(u => u.Findings).HasJson();
            upload.HasIndex(u => new { u.State, u.CreatedAt });
            upload.HasIndex(u => u.PersonId);
        }
    }
}
