using System.Security.Cryptography;
using Lms.Web.Data;
using Lms.Web.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>Where the bytes of an attachment are whose hash is not the one that files are named by.</summary>
public sealed class XapiAttachment
{
    /// <summary>SHA-224, SHA-384 or SHA-512 in lower-case hex.</summary>
    public required string Sha2 { get; init; }
    public required string File { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<XapiAttachment>
    {
        public void Configure(EntityTypeBuilder<XapiAttachment> attachment)
        {
            attachment.ToTable("XapiAttachments").HasKey(a => a.Sha2);
            attachment.Property(a => a.Sha2).HasMaxLength(128);
            attachment.Property(a => a.File).HasMaxLength(64);
        }
    }
}

/// <summary>The bytes of attachments, each stored once.</summary>
public sealed class AttachmentStore(Lazy<LmsDbContext> db, [FromKeyedServices(IFileStore.Attachments)] IFileStore files)
{
    private const int Sha256Letters = SHA256.HashSizeInBytes * 2;

    /// <summary>Stores them durably; before the statements that name them, so that each one named is there.</summary>
    public async Task KeepAsync(IReadOnlyDictionary<string, byte[]> attachments, CancellationToken ct)
    {
        foreach (var (sha2, bytes) in attachments)
        {
            var file = await files.PutAsync(bytes, ct);
            if (sha2.Length != Sha256Letters)
                await db.Value.RetryAsync(async () =>
                {
                    if (await db.Value.Set<XapiAttachment>().AnyAsync(a => a.Sha2 == sha2, ct)) return false;
                    db.Value.Add(new XapiAttachment { Sha2 = sha2, File = file });
                    await db.Value.SaveChangesAsync(ct);
                    return true;
                });
        }
    }

    /// <summary>The names of the files in which the attachments of some statements are.</summary>
    public async Task<HashSet<string>> FilesOfAsync(IEnumerable<byte[]> statements, CancellationToken ct)
    {
        var hashes = statements.SelectMany(json => MultipartAnswer.AttachmentsOf(json)).Select(a => a.Sha2.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        var others = hashes.Where(h => h.Length != Sha256Letters).ToList();
        hashes.ExceptWith(others);
        if (others.Count > 0) hashes.UnionWith(await db.Value.Set<XapiAttachment>().Where(a => others.Contains(a.Sha2)).Select(a => a.File).ToListAsync(ct));
        return hashes;
    }

    /// <summary>Deletes a file, unless somebody has sent its bytes since. False when somebody has.</summary>
    public Task<bool> DeleteAsync(string file, DateTime unlessSince, CancellationToken ct) => files.DeleteAsync(file, unlessSince, ct);

    /// <summary>Opens an attachment; null when its bytes never came here.</summary>
    public async Task<Stream?> OpenAsync(string sha2, CancellationToken ct)
    {
        sha2 = sha2.ToLowerInvariant();
        var file = sha2.Length == Sha256Letters ? sha2 : await db.Value.Set<XapiAttachment>().Where(a => a.Sha2 == sha2).Select(a => a.File).SingleOrDefaultAsync(ct);
        return file is null ? null : await files.OpenAsync(file, ct);
    }
}
