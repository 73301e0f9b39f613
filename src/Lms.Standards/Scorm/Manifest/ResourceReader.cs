using System.Xml.Linq;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>A resource together with what an item needs to launch it with parameters of its own.</summary>
internal sealed record ResourceEntry(ScormResource Resource, XElement Element, string Base);

/// <summary>Reads the resources of a manifest and of its sub-manifests, which share one space of identifiers.</summary>
internal sealed class ResourceReader(ManifestFindings findings)
{
    private readonly AddressResolver _addresses = new(findings);
    private readonly Dictionary<string, ResourceEntry> _resources = new(StringComparer.Ordinal);

    public Dictionary<string, ResourceEntry> Read(XElement manifest)
    {
        var typed = manifest.DescendantsAndSelf().SelectMany(e => e.Attributes()).Any(a => a.IsNamespaceDeclaration && a.Value.Contains("adlcp", StringComparison.OrdinalIgnoreCase));
        ReadManifest(manifest, "", typed);
        foreach (var (_, entry) in _resources)
            foreach (var dependency in entry.Element.Children("dependency"))
                if (dependency.Get("identifierref") is not { } id || !_resources.ContainsKey(id))
                    findings.Warning("dependency-dangling", dependency, "identifierref", "The dependency names no resource.", "Name a resource by its identifier, or leave the dependency out.");
        return _resources;
    }

    private void ReadManifest(XElement manifest, string around, bool typed)
    {
        var bases = AddressResolver.Base(around, manifest);
        foreach (var container in manifest.Children("resources"))
        {
            var inner = AddressResolver.Base(bases, container);
            foreach (var resource in container.Children("resource")) ReadResource(resource, AddressResolver.Base(inner, resource), typed);
        }
        foreach (var sub in manifest.Children("manifest")) ReadManifest(sub, bases, typed);
    }

    private void ReadResource(XElement element, string bases, bool typed)
    {
        if (element.Get("identifier") is not { } id)
        {
            findings.Warning("identifier-missing", element, "identifier", "The resource has no identifier, so nothing can use it.", "Give it an identifier.");
            return;
        }
        var resource = new ScormResource
        {
            Identifier = id,
            Type = TypeOf(element, typed),
            Href = element.Get("href") is { } href ? _addresses.Resolve(bases, element, href) : null,
            Files = [.. element.Children("file").Select(f => f.Get("href") is { } path ? _addresses.Resolve(bases, f, path)?.Path : null).OfType<string>()],
            Dependencies = [.. element.Children("dependency").Select(d => d.Get("identifierref")).OfType<string>()],
        };
        if (!_resources.TryAdd(id, new ResourceEntry(resource, element, bases)))
            findings.Error("identifier-duplicate", element, "identifier", $"“{ManifestFindings.Cut(id)}” names two resources.", "Give each resource an identifier of its own.");
    }

    // Where a package speaks of SCORM at all but not of this resource's type, it may well want to be tracked.
    private static ScormType? TypeOf(XElement element, bool typed) => element.Get("scormType")?.ToUpperInvariant() switch
    {
        "SCO" => ScormType.Sco,
        "ASSET" => ScormType.Asset,
        _ => typed ? null : ScormType.Asset,
    };
}
