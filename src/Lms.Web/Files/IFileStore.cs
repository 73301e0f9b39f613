namespace Lms.Web.Files;

/// <summary>
/// Content-addressed, write-once files: a name is the SHA-256 of the bytes in lower-case hex. What a site publishes is kept for good; attachments of
/// statements, which may have to go, are in a store of their own, <see cref="Attachments"/>.
/// </summary>
public interface IFileStore
{
    /// <summary>The service key of the store of attachments.</summary>
    const string Attachments = "attachments";

    /// <summary>Stores the bytes durably and returns their name. Storing the same bytes again is free.</summary>
    Task<string> PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Takes many files, however large, that are to be kept together or not at all.</summary>
    IFileStage Stage();

    /// <summary>Opens a file for reading, or returns null when there is none of that name.</summary>
    Stream? Open(string name);

    /// <summary>Deletes a file, unless its bytes were stored, anew or again, at that time or later. False when they were; true when it is gone.</summary>
    bool Delete(string name, DateTime unlessSince);

    /// <summary>All names, for backups.</summary>
    IEnumerable<string> Names();
}

/// <summary>Files on their way into the store: nobody sees them before <see cref="KeepAsync"/>, and disposing drops what was not kept.</summary>
public interface IFileStage : IDisposable
{
    /// <summary>Writes the stream as it is read and returns its name.</summary>
    Task<string> AddAsync(Stream content, CancellationToken ct);

    /// <summary>Puts all of them into the store, durably.</summary>
    Task KeepAsync(CancellationToken ct);
}
