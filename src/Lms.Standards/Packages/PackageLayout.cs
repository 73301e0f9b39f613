namespace Lms.Standards.Packages;

/// <summary>A file of a package.</summary>
/// <param name="Path">From the folder of the manifest, normalised.</param>
/// <param name="Entry">Its place in the archive.</param>
public sealed record LaidOutFile(string Path, ZipEntry Entry);

/// <summary>The manifest files that decide the standard.</summary>
public enum PackageManifest
{
    /// <summary><c>cmi5.xml</c>.</summary>
    Cmi5,

    /// <summary><c>imsmanifest.xml</c>.</summary>
    Scorm,

    /// <summary><c>tincan.xml</c>.</summary>
    TinCan,
}

/// <summary>What an archive holds once the rules of archives were applied: which files count, from where, and by which manifest.</summary>
/// <param name="Manifest">Null when there is none; then a finding says so.</param>
/// <param name="ManifestPath">As the archive writes it, from the folder of the manifest.</param>
/// <param name="Files">Every file beneath the folder of the manifest.</param>
/// <param name="Findings">What its author should know.</param>
public sealed record PackageLayout(PackageManifest? Manifest, string ManifestPath, IReadOnlyList<LaidOutFile> Files, IReadOnlyList<PackageFinding> Findings)
{
    private static readonly Dictionary<string, PackageManifest> s_manifests = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cmi5.xml"] = PackageManifest.Cmi5,
        ["imsmanifest.xml"] = PackageManifest.Scorm,
        ["tincan.xml"] = PackageManifest.TinCan,
    };

    private static readonly HashSet<string> s_aicc = new(StringComparer.OrdinalIgnoreCase) { ".au", ".crs", ".cst", ".des" };

    /// <summary>Whether nothing refuses the package so far.</summary>
    public bool Ok => Findings.All(f => f.Severity != Severity.Error);

    /// <summary>Applies the rules to a table of contents. All that refuses the package is found at once.</summary>
    public static PackageLayout Of(IReadOnlyList<ZipEntry> entries, ZipLimits limits)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(limits);
        var findings = new List<PackageFinding>(ArchiveRules.Check(entries, limits));
        var files = Named(entries, findings);
        var candidates = files.Keys.Where(p => s_manifests.ContainsKey(NameOf(p))).ToList();
        if (candidates.Count == 0)
        {
            if (findings.All(f => f.Severity != Severity.Error)) findings.Add(NoManifest(files.Keys));
            return new PackageLayout(null, "", [], findings);
        }

        // A manifest nearer to the root is the package's; those deeper belong to packages within it.
        var depth = candidates.Min(DepthOf);
        var folders = candidates.Where(p => DepthOf(p) == depth).GroupBy(FolderOf, StringComparer.Ordinal).ToList();
        if (folders.Count > 1)
            findings.Add(PackageFinding.Error("manifest-several", folders[1].First(), $"The archive holds several packages: {string.Join(", ", folders.Select(f => f.Key))}.", "Zip each of them alone."));
        return Under(folders[0].Key, [.. folders[0].OrderBy(p => s_manifests[NameOf(p)])], files, findings);
    }

    private static PackageLayout Under(string folder, List<string> manifests, Dictionary<string, ZipEntry> files, List<PackageFinding> findings)
    {
        foreach (var other in manifests.Skip(1))
            findings.Add(PackageFinding.Warning("manifest-other", other, $"The package also has {NameOf(other)}; {NameOf(manifests[0])} is the one that is used.", "Nothing is to be done where both describe the same course."));
        var inside = files.Where(f => f.Key.StartsWith(folder, StringComparison.Ordinal)).Select(f => new LaidOutFile(f.Key[folder.Length..], f.Value)).ToList();
        if (inside.Count < files.Count)
            findings.Add(PackageFinding.Warning("files-outside", folder, $"{files.Count - inside.Count} files lie outside the folder of the manifest and are left out.", "Put them beneath it when the course needs them."));
        return new PackageLayout(s_manifests[NameOf(manifests[0])], manifests[0][folder.Length..], inside, findings);
    }

    private static Dictionary<string, ZipEntry> Named(IReadOnlyList<ZipEntry> entries, List<PackageFinding> findings)
    {
        var files = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e.Kind == ZipEntryKind.File))
        {
            // One that leaves the package was refused by the rules of archives.
            if (PackagePath.Normalize(entry.Name) is not { } path || PackagePath.IsJunk(path)) continue;
            if (!files.TryAdd(path, entry))
            {
                files[path] = entry;
                findings.Add(PackageFinding.Warning("file-twice", path, "The archive holds this file twice; the later one is used.", "Zip the folder again."));
            }
        }
        return files;
    }

    private static PackageFinding NoManifest(IEnumerable<string> paths) =>
        paths.Any(p => s_aicc.Contains(Path.GetExtension(p)))
            ? PackageFinding.Error("aicc", paths.First(p => s_aicc.Contains(Path.GetExtension(p))),
                "This is an AICC package. AICC lets anybody who knows the address of the results write them, so it is not played.", "Export the course as cmi5 or SCORM 2004 4th Edition.")
            : PackageFinding.Error("manifest-missing", "zip", "There is no imsmanifest.xml, cmi5.xml or tincan.xml.", "Zip the folder that holds one, or choose SCORM, cmi5 or xAPI when you export.");

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
    private static int DepthOf(string path) => path.Count(c => c == '/');
}
