using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Documents;

/// <summary>The three document resources. (Communication 2.2)</summary>
public enum DocumentKind { State, AgentProfile, ActivityProfile }

/// <summary>What a document belongs to.</summary>
/// <param name="Kind">The resource.</param>
/// <param name="CentreId">The centre: one centre's documents don't exist for another.</param>
/// <param name="Activity">IRI of the activity; empty for an agent profile.</param>
/// <param name="Agent">Key of the agent; empty for an activity profile.</param>
/// <param name="Registration">For a state that belongs to one.</param>
public sealed record DocumentScope(DocumentKind Kind, Guid CentreId, string Activity, string Agent, Guid? Registration)
{
    /// <summary>Finds all documents of the scope whatever their registration: a hash, since none of its parts is short.</summary>
    public byte[] Hash() => HashOf($"{(int)Kind}\n{CentreId}\n{Activity}\n{Agent}");

    /// <summary>Finds the one document of that id.</summary>
    public byte[] Hash(string documentId) => HashOf($"{(int)Kind}\n{CentreId}\n{Activity}\n{Agent}\n{Registration}\n{documentId}");

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <summary>A document that learning content keeps here.</summary>
public sealed class XapiDocument
{
    public const int LongestId = 2_000;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required DocumentKind Kind { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>Hash of the scope and the id: there is one document of each.</summary>
    public required byte[] Key { get; init; }
    /// <summary>Hash of the scope, for lists.</summary>
    public required byte[] Scope { get; init; }
    public required string DocumentId { get; init; }
    public required string Activity { get; init; }
    public required string Agent { get; init; }
    public Guid? Registration { get; init; }
    public string ContentType { get; private set; } = "";
    public byte[] Content { get; private set; } = [];
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>The entity tag, without its quotes. (Communication 3.1)</summary>
#pragma warning disable CA5350 // 1.0.3 asks for SHA-1, and an entity tag guards against accidents only.
    public string ETag => Convert.ToHexStringLower(SHA1.HashData(Content));
#pragma warning restore CA5350

    public void Write(string contentType, byte[] content, DateTime at)
    {
        (ContentType, Content, UpdatedAt) = (contentType, content, at);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<XapiDocument>
    {
        public void Configure(EntityTypeBuilder<XapiDocument> document)
        {
            document.ToTable("XapiDocuments");
            document.Property(d => d.Key).HasMaxLength(32);
            document.Property(d => d.Scope).HasMaxLength(32);
            document.Property(d => d.DocumentId).HasMaxLength(LongestId);
            document.Property(d => d.ContentType).HasMaxLength(200);
            document.Property(d => d.Version).IsConcurrencyToken();
            document.Ignore(d => d.ETag);
            document.HasIndex(d => d.Key).IsUnique();
            document.HasIndex(d => new { d.Scope, d.UpdatedAt });
            document.HasIndex(d => d.Agent);
        }
    }
}
