namespace Lms.Standards.Packages;

/// <summary>What no archive may hold, wherever it comes from.</summary>
internal static class ArchiveRules
{
    // A hostile archive can offend a million times; its author needs a few.
    private const int MostOfAKind = 20;

    public static IEnumerable<PackageFinding> Check(IReadOnlyList<ZipEntry> entries, ZipLimits limits)
    {
        var each = entries.Where(e => !IsHarmlessJunk(e)).SelectMany(e => Check(e, limits)).GroupBy(f => f.Code).SelectMany(g => g.Take(MostOfAKind));
        return each.Concat(CheckAll(entries, limits));
    }

    private static IEnumerable<PackageFinding> Check(ZipEntry entry, ZipLimits limits)
    {
        var place = Shown(entry.Name);
        if (PackagePath.Normalize(entry.Name) is not { } path)
        {
            if (entry.Kind != ZipEntryKind.Folder || entry.Name.Trim('.', '/', '\\').Length > 0)
                yield return PackageFinding.Error("path-escape", place, "The path leads out of the package, or holds characters that no path may hold.", "Zip the folder again with paths beneath it.");
        }
        else if (path.Length > PackagePath.MostCharacters)
        {
            yield return PackageFinding.Error("path-too-long", place, $"The path is longer than {PackagePath.MostCharacters} characters.", "Shorten the names of folders.");
        }
        if (entry.Kind == ZipEntryKind.Link) yield return PackageFinding.Error("link", place, "The entry is a link or a device, not a file.", "Put the file itself in its place.");
        if (entry.Encrypted) yield return PackageFinding.Error("encrypted", place, "The entry is encrypted.", "Zip the folder again without a password.");
        else if (entry is { Kind: ZipEntryKind.File, Method: not (0 or 8) }) yield return PackageFinding.Error("zip-method", place, $"The entry is packed with method {entry.Method}, which is not read.", "Zip the folder again with the usual method, Deflate.");
        if (entry.Bytes >= limits.RatioFrom && entry.Bytes / limits.Ratio > entry.PackedBytes)
            yield return PackageFinding.Error("zip-bomb", place, $"The entry unpacks to {entry.Bytes} bytes, more than {limits.Ratio} times its packed size.", "Leave the file out: no course needs it.");
    }

    // A Mac's folder icon has a line feed in its name; it is left out, like all junk, and no reason to refuse a course.
    private static bool IsHarmlessJunk(ZipEntry entry) => entry is { Kind: ZipEntryKind.File, Bytes: 0 } && PackagePath.IsJunk(entry.Name) && !entry.Name.Contains("..", StringComparison.Ordinal);

    private static IEnumerable<PackageFinding> CheckAll(IReadOnlyList<ZipEntry> entries, ZipLimits limits)
    {
        var total = entries.Aggregate(0m, (sum, e) => sum + e.Bytes);
        if (total > limits.Bytes)
            yield return PackageFinding.Error("zip-bomb", "zip", $"The archive unpacks to {total} bytes; at most {limits.Bytes} are taken.", "Leave out what learners do not need, or split the package.");
        long end = 0;
        foreach (var entry in entries.Where(e => e.Kind == ZipEntryKind.File).OrderBy(e => e.Offset))
        {
            if (entry.Offset < end)
            {
                yield return PackageFinding.Error("zip-bomb", Shown(entry.Name), "Entries of the archive overlap.", "Zip the folder again.");
                yield break;
            }
            end = entry.Offset + 30 + entry.PackedBytes;
        }
    }

    private static string Shown(string name) => name.Length > 200 ? $"{name[..200]}…" : name;
}
