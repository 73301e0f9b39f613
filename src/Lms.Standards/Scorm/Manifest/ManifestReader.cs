using System.Xml.Linq;
using Lms.Standards.Packages;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>What was read of a manifest.</summary>
/// <param name="Manifest">Null when it was refused.</param>
/// <param name="Findings">What its author should know; an error where it was refused.</param>
public sealed record ReadManifest(ScormManifest? Manifest, IReadOnlyList<PackageFinding> Findings);

/// <summary>
/// Reads an <c>imsmanifest.xml</c> of SCORM 1.2 or SCORM 2004. It forgives what authoring tools get wrong and what has one meaning all the same; what
/// has none is an error that names its place and its cure. It never throws on bad content. (CAM 3.4, 5.1, 5.2)
/// </summary>
public static class ManifestReader
{
    /// <summary>Reads a manifest.</summary>
    public static ReadManifest Read(XDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var findings = new ManifestFindings();
        if (document.Root is not { } root || !root.Is("manifest"))
            return new ReadManifest(null, [PackageFinding.Error("manifest-root", "imsmanifest.xml", "The outermost element is not a manifest.", "Export the package again, as SCORM.")]);

        var edition = EditionDetection.Detect(root);
        var resources = new ResourceReader(findings).Read(root);
        var sequencing = new SequencingReader(findings, Collections(root, findings));
        var items = new ItemReader(edition, findings, resources, sequencing, SubManifests(root));
        var named = ReadOrganizations(root, items, findings);
        if (findings.Refused) return new ReadManifest(null, findings.All);

        var chosen = Default(root, named, findings);
        return new ReadManifest(new ScormManifest
        {
            Edition = edition,
            Identifier = root.Get("identifier") ?? chosen.Root.Identifier,
            Title = chosen.Root.Title,
            Organizations = [.. named.Select(n => n.Organization)],
            DefaultOrganization = chosen.Root.Identifier,
            Resources = [.. resources.Values.Select(r => r.Resource)],
        }, findings.All);
    }

    private static List<(string? Name, ScormOrganization Organization)> ReadOrganizations(XElement root, ItemReader items, ManifestFindings findings)
    {
        var container = root.Child("organizations");
        var elements = container?.Children("organization").ToList() ?? [];
        if (elements.Count == 0)
        {
            findings.Error("organization-missing", container ?? root, null, "There is no organization, so nothing says what to play.", "Add an organization with an item for each thing to launch.");
            return [];
        }
        var playable = elements.Select(e => (Name: e.Get("identifier"), Organization: items.ReadOrganization(e))).Where(o => HasLaunch(o.Organization.Root)).ToList();
        if (playable.Count == 0 && !findings.Refused)
            findings.Error("item-missing", elements[0], null, "No organization has an item that launches anything.", "Add an item whose identifierref names a resource.");

        foreach (var twice in playable.GroupBy(o => o.Organization.Root.Identifier).Where(g => g.Count() > 1))
            findings.Error("identifier-duplicate", container!, null, $"Two organizations are called “{ManifestFindings.Cut(twice.Key)}”.", "Give each organization an identifier of its own.");
        return playable;
    }

    private static ScormOrganization Default(XElement root, List<(string? Name, ScormOrganization Organization)> organizations, ManifestFindings findings)
    {
        var container = root.Child("organizations")!;
        var index = container.Get("default") is { } name ? organizations.FindIndex(o => o.Name == name) : 0;
        if (index >= 0) return organizations[index].Organization;
        findings.Warning("organization-default", container, "default", "The organization named has nothing to play, so the first one that has is played.", "Name one of the organizations.");
        return organizations[0].Organization;
    }

    private static bool HasLaunch(ActivityDefinition activity) => activity.Href is not null || activity.Children.Any(HasLaunch);

    private static Dictionary<string, XElement> Collections(XElement root, ManifestFindings findings)
    {
        var byId = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var sequencing in root.Descendants().Where(e => e.Is("sequencingCollection")).SelectMany(c => c.Children("sequencing")))
        {
            if (sequencing.Get("ID") is not { } id) continue;
            if (!byId.TryAdd(id, sequencing))
                findings.Error("identifier-duplicate", sequencing, "ID", $"“{ManifestFindings.Cut(id)}” names two elements of the collection.", "Give each an ID of its own.");
        }
        return byId;
    }

    private static Dictionary<string, XElement> SubManifests(XElement root)
    {
        var byId = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var manifest in root.Descendants().Where(e => e.Is("manifest")))
            if (manifest.Get("identifier") is { } id) byId.TryAdd(id, manifest);
        return byId;
    }
}
