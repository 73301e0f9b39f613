using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Packages;

/// <summary>What a SCORM manifest comes to once its files are known.</summary>
internal static class ScormContent
{
    public static (PackageContent?, IReadOnlyList<PackageFinding>) Of(ReadManifest reading, PackageFileNames files)
    {
        if (reading.Manifest is not { } manifest) return (null, reading.Findings);
        var organization = manifest.Organization();
        List<PackageFinding> findings = [.. reading.Findings];
        foreach (var dangling in Flat(organization.Root, 0).Where(a => a.Activity.Href?.Path is { } path && files.Find(path) is null))
            findings.Add(PackageFinding.Error("file-missing", $"imsmanifest.xml/resources/resource[@identifier='{dangling.Activity.Resource}']@href",
                $"“{dangling.Activity.Title}” starts {dangling.Activity.Href!.Path}, which is not in the package.", "Put the file into the package, or mend the reference."));
        foreach (var missing in manifest.Resources.SelectMany(r => r.Files.Where(f => files.Find(f) is null).Select(f => (Resource: r.Identifier, File: f))).Take(20))
            findings.Add(PackageFinding.Warning("file-missing", $"imsmanifest.xml/resources/resource[@identifier='{missing.Resource}']/file", $"{missing.File} is not in the package.", "Put it into the package if the course needs it."));
        if (manifest.Organizations.Count > 1)
            findings.Add(PackageFinding.Information("organizations-several", "imsmanifest.xml/organizations", $"The package has {manifest.Organizations.Count} organizations; “{manifest.Title}” is played.", "Name another one as the default to play that."));
        if (findings.Any(f => f.Severity == Severity.Error)) return (null, findings);
        var activities = organization.Root.Children.SelectMany(c => Flat(c, 0)).DefaultIfEmpty((organization.Root, 0)).Select((a, index) => Of(a.Item1, a.Item2, index));
        return (new PackageContent(manifest.Edition == ScormEdition.Scorm12 ? PackageStandard.Scorm12 : PackageStandard.Scorm2004, EditionOf(manifest.Edition),
            TitleOf(manifest), [], ManifestJson.Write(manifest), [.. activities]), findings);
    }

    private static PackageActivity Of(ActivityDefinition activity, int depth, int index) => new(
        index, activity.Identifier, activity.Title.Length > 0 ? activity.Title : activity.Identifier, activity.Href is not null, depth, TrackingOf(activity), PassMark(activity));

    private static ActivityTracking TrackingOf(ActivityDefinition activity) =>
        activity.Href is null ? ActivityTracking.RolledUp
        : activity.Href.Path is null ? ActivityTracking.Elsewhere
        : activity.Type == ScormType.Sco ? ActivityTracking.Reported
        : ActivityTracking.Opened;

    private static decimal? PassMark(ActivityDefinition activity) => activity.MasteryScore / 100;

    private static string TitleOf(ScormManifest manifest) =>
        new[] { manifest.Title, manifest.Organization().Root.Children is [var first, ..] ? first.Title : null, manifest.Identifier }.FirstOrDefault(t => !string.IsNullOrWhiteSpace(t)) ?? "SCORM";

    private static string EditionOf(ScormEdition edition) => edition switch
    {
        ScormEdition.Scorm12 => "1.2",
        ScormEdition.Scorm2004Second => "2nd Edition",
        ScormEdition.Scorm2004Third => "3rd Edition",
        _ => "4th Edition",
    };

    private static IEnumerable<(ActivityDefinition Activity, int Depth)> Flat(ActivityDefinition activity, int depth) =>
        activity.Children.SelectMany(c => Flat(c, depth + 1)).Prepend((activity, depth));
}
