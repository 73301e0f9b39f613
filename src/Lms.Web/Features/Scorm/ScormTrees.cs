using System.Collections.Concurrent;
using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Scorm;

/// <summary>A package version ready to be played.</summary>
public sealed record ScormTree(Guid VersionId, Guid PackageId, ScormManifest Manifest, ActivityTree Activities)
{
    /// <summary>The activities in the order and by the index that the package's list of activities gives them: without the course itself.</summary>
    public IReadOnlyList<Activity> Listed { get; } = Activities.All.Count > 1 ? [.. Activities.All.Skip(1)] : Activities.All;

    public bool Is2004 => !Activities.IsScorm12;

    /// <summary>What learners can open.</summary>
    public IEnumerable<Activity> Launchable => Activities.All.Where(a => a.IsLeaf && a.Definition.Href is not null);
}

/// <summary>Keeps the versions that are being played in memory: they never change.</summary>
public sealed class ScormTrees
{
    private const int Most = 64;
    private readonly ConcurrentDictionary<Guid, ScormTree> _kept = new();

    public async Task<ScormTree> GetAsync(LmsDbContext db, Guid versionId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (_kept.TryGetValue(versionId, out var kept)) return kept;
        // Whoever holds a registration may play its package.
        var version = await db.PackageVersions.IgnoreQueryFilters().AsNoTracking().Where(v => v.Id == versionId).Select(v => new { v.PackageId, v.Structure }).SingleAsync(ct);
        var manifest = ManifestJson.Read(version.Structure);
        var tree = new ScormTree(versionId, version.PackageId, manifest, ActivityTree.Of(manifest));
        if (_kept.Count >= Most) _kept.Clear();
        return _kept[versionId] = tree;
    }
}
