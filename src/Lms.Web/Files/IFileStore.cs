namespace Lms.Web.Files;

/// <summary>Content-addressed, write-once files: a name is the SHA-256 of the bytes in lower-case hex.</summary>
public interface IFileStore
{
    /// <summary>Stores the bytes durably and returns their name. Storing the same bytes again is free.</summary>
    Task<string> PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Opens a file for reading, or returns null when there is none of that name.</summary>
    Stream? Open(string name);

    /// <summary>All names, for backups.</summary>
    IEnumerable<string> Names();
}
