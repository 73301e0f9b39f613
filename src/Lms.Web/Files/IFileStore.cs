namespace Lms.Web.Files;

/// <summary>
/// Content-addressed, write-once files: a name is the SHA-256 of the bytes in lower-case hex. What a site publishes is kept for good; attachments of
/// statements, which may have to go, are in a store of their own, <see cref="Attachments"/>.
/// </summary>
public interface IFileStore
{
    /// <summary>The service key of the store of attachments.</summary>
    const string Attachments = "attachments";

    /// <summary>Makes a place for the files of a new site.</summary>
    Task PrepareAsync(CancellationToken ct);

    /// <summary>Whether the store is there, for those who watch the site; a store on the disk of the data folder is as ready as that disk.</summary>
    Task<bool> AnswersAsync(CancellationToken ct);

    /// <summary>Stores the bytes durably and returns their name. Storing the same bytes again is free.</summary>
    Task<string> PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Takes many files, however large, that are to be kept together or not at all.</summary>
    IFileStage Stage();

    /// <summary>Opens a file for reading from any place in it, or returns null when there is none of that name.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken ct);

    /// <summary>Deletes a file, unless its bytes were stored, anew or again, at that time or later. False when they were; true when it is gone.</summary>
    Task<bool> DeleteAsync(string name, DateTime unlessSince, CancellationToken ct);

    /// <summary>All names, for backups.</summary>
    IAsyncEnumerable<string> NamesAsync(CancellationToken ct);
}

/// <summary>Files on their way into the store: nobody sees them before <see cref="KeepAsync"/>, and disposing drops what was not kept.</summary>
public interface IFileStage : IDisposable
{
    /// <summary>Writes the stream as it is read and returns its name.</summary>
    Task<string> AddAsync(Stream content, CancellationToken ct);

    /// <summary>Puts all of them into the store, durably.</summary>
    Task KeepAsync(CancellationToken ct);
}

/// <summary>What files are called.</summary>
internal static class FileName
{
    public static bool IsValid(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);
}
