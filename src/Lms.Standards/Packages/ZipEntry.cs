namespace Lms.Standards.Packages;

/// <summary>An entry as the archive's table of contents has it.</summary>
/// <param name="Name">As decoded, otherwise as it is.</param>
/// <param name="Method">0 stored, 8 deflated; others are not read.</param>
/// <param name="Crc">Checksum of the unpacked bytes.</param>
/// <param name="PackedBytes">Length in the archive.</param>
/// <param name="Bytes">Length unpacked.</param>
/// <param name="Offset">Where its local header begins.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Encrypted">Whether its bytes, or its name, are.</param>
public sealed record ZipEntry(string Name, int Method, uint Crc, long PackedBytes, long Bytes, long Offset, ZipEntryKind Kind, bool Encrypted);

/// <summary>What an entry is.</summary>
public enum ZipEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link, device, pipe or socket: it would lead out of the package.</summary>
    Link,
}
