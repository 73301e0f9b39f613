using System.Text;

namespace Lms.Standards.Packages;

/// <summary>Paths within a package.</summary>
public static class PackagePath
{
    /// <summary>The longest path, in characters; with the id of its package it fits into a key of every database.</summary>
    public const int MostCharacters = 800;

    private static readonly HashSet<string> s_junk = new(StringComparer.OrdinalIgnoreCase) { "__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", "Icon\r" };

    /// <summary>
    /// Forward slashes, no empty or single-dot part, Unicode normal form C; null for one that leaves the package: with a part <c>..</c>, from the root,
    /// or with a drive.
    /// </summary>
    public static string? Normalize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Any(char.IsControl) || name.Any(c => c == '\uFFFE')) return null;
        var path = name.Replace('\\', '/');
        if (path.StartsWith('/') || path is [_, ':', ..] && char.IsAsciiLetter(path[0])) return null;
        var parts = path.Split('/').Where(p => p.Length > 0 && p != ".").ToList();
        if (parts.Count == 0 || parts.Contains("..")) return null;
        var joined = string.Join('/', parts);
        return joined.IsNormalized() ? joined : Compose(joined);
    }

    /// <summary>What systems leave in archives and nobody means, by its path as the archive writes it.</summary>
    public static bool IsJunk(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('/', '\\');
        return parts.Any(s_junk.Contains) || parts[^1].StartsWith("._", StringComparison.Ordinal);
    }

    private static string? Compose(string path)
    {
        try
        {
            return path.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return null; // Half a surrogate pair.
        }
    }
}
