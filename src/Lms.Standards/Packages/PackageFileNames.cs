namespace Lms.Standards.Packages;

/// <summary>Finds a file of a package by a reference that may be in another case, another form of Unicode, or percent-encoded.</summary>
public sealed class PackageFileNames
{
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byKey = new(StringComparer.Ordinal);

    /// <summary>All files, as <see cref="PackagePath.Normalize"/> left them.</summary>
    public PackageFileNames(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (var path in paths)
        {
            _exact.Add(path);
            _byKey.TryAdd(KeyOf(path), path);
        }
    }

    /// <summary>How paths are compared where case does not count.</summary>
    public static string KeyOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.ToLowerInvariant();
    }

    /// <summary>The name that the file really has; null when there is none.</summary>
    public string? Find(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (_exact.Contains(reference)) return reference;
        if (PackagePath.Normalize(reference) is not { } path) return null;
        return Known(path) ?? (path.Contains('%', StringComparison.Ordinal) && PackagePath.Normalize(Uri.UnescapeDataString(path)) is { } decoded ? Known(decoded) : null);
    }

    private string? Known(string path) => _exact.Contains(path) ? path : _byKey.GetValueOrDefault(KeyOf(path));
}
