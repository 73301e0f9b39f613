namespace Lms.Standards.Scorm.Manifest;

/// <summary>The edition of SCORM that a package was made for.</summary>
public enum ScormEdition
{
    /// <summary>SCORM 1.2.</summary>
    Scorm12,

    /// <summary>SCORM 2004, first or second edition (<c>CAM 1.3</c>).</summary>
    Scorm2004Second,

    /// <summary>SCORM 2004 3rd Edition.</summary>
    Scorm2004Third,

    /// <summary>SCORM 2004 4th Edition.</summary>
    Scorm2004Fourth,
}

/// <summary>What a resource is to the run-time environment.</summary>
public enum ScormType
{
    /// <summary>Talks to the run-time environment.</summary>
    Sco,

    /// <summary>Is only shown.</summary>
    Asset,
}

/// <summary>A package as its <c>imsmanifest.xml</c> describes it. (CAM 3.4)</summary>
public sealed record ScormManifest
{
    /// <summary>Edition that the manifest declares, or else that it looks like.</summary>
    public ScormEdition Edition { get; init; }

    /// <summary>Identifier of the package.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>Title of the organization that is played.</summary>
    public string Title { get; init; } = "";

    /// <summary>All organizations that have something to play, in the manifest's order; at least one.</summary>
    public IReadOnlyList<ScormOrganization> Organizations { get; init; } = [];

    /// <summary>Identifier of the organization that is played.</summary>
    public string DefaultOrganization { get; init; } = "";

    /// <summary>All resources, those of sub-manifests too.</summary>
    public IReadOnlyList<ScormResource> Resources { get; init; } = [];

    /// <summary>The organization that is played.</summary>
    public ScormOrganization Organization() => Organizations.First(o => o.Root.Identifier == DefaultOrganization);
}

/// <summary>One way to go through a package: a tree of activities. (CAM 3.4.1.5)</summary>
public sealed record ScormOrganization
{
    /// <summary>The organization itself, which is the root of the activity tree.</summary>
    public required ActivityDefinition Root { get; init; }

    /// <summary>Whether global objectives live as long as the learner, not just as one registration.</summary>
    public bool ObjectivesGlobalToSystem { get; init; } = true;

    /// <summary>Whether shared data buckets live as long as the learner, not just as one registration.</summary>
    public bool SharedDataGlobalToSystem { get; init; } = true;
}

/// <summary>A resource: what is launched, and the files that it needs. (CAM 3.4.1.20)</summary>
public sealed record ScormResource
{
    /// <summary>Identifier that items and other resources use.</summary>
    public required string Identifier { get; init; }

    /// <summary>SCO or asset; null when neither is said and nothing tells.</summary>
    public ScormType? Type { get; init; }

    /// <summary>Address of what is launched, relative to the package's root; null when nothing of it is launched.</summary>
    public PackageAddress? Href { get; init; }

    /// <summary>Paths in the package of the files named, decoded.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Identifiers of the resources that this one needs.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];
}

/// <summary>An address that a manifest gives, with every <c>xml:base</c> resolved.</summary>
/// <param name="Url">What a browser opens: relative to the package's root, with query and fragment; or absolute when it lies elsewhere.</param>
/// <param name="Path">Path in the package, decoded; null when it lies elsewhere.</param>
public sealed record PackageAddress(string Url, string? Path);
