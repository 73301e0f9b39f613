using System.Xml.Linq;
using Lms.Standards.Packages;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5.TinCan;

/// <summary>A plain xAPI package: what its <c>tincan.xml</c> says.</summary>
/// <param name="Activities">Its activities; the first is the package as a whole.</param>
public sealed record TinCanPackage(IReadOnlyList<TinCanActivity> Activities)
{
    /// <summary>Indexes of the activities that can be launched.</summary>
    public IEnumerable<int> Launchable => Enumerable.Range(0, Activities.Count).Where(a => Activities[a].Launch is not null);

    /// <summary>The package as a course: what can be launched is satisfied by being completed or passed, the rest by itself.</summary>
    public CourseStructure AsCourse() => new()
    {
        Id = Activities[0].Id,
        Title = Activities[0].Name,
        Description = Activities[0].Description,
        Units =
        [
            .. Activities.Select(a => new AssignableUnit
            {
                Id = a.Id,
                Title = a.Name,
                Description = a.Description,
                Url = a.Launch ?? "",
                File = a.File,
                MoveOn = a.Launch is null ? MoveOn.NotApplicable : MoveOn.CompletedOrPassed,
                ActivityType = a.Type,
            }),
        ],
    };
}

/// <summary>An activity of a plain xAPI package.</summary>
public sealed record TinCanActivity
{
    /// <summary>The publisher's IRI, which its statements use.</summary>
    public required string Id { get; init; }

    /// <summary>IRI of its type.</summary>
    public string? Type { get; init; }

    /// <summary>Name by language tag; <c>und</c> where no language is said.</summary>
    public required IReadOnlyDictionary<string, string> Name { get; init; }

    /// <summary>Description by language tag.</summary>
    public required IReadOnlyDictionary<string, string> Description { get; init; }

    /// <summary>Where it starts, as written; null for an activity that is only named.</summary>
    public string? Launch { get; init; }

    /// <summary>The file of the package that <see cref="Launch"/> names; null where it is absolute.</summary>
    public string? File { get; init; }
}

/// <summary>What a reader made of a <c>tincan.xml</c>.</summary>
/// <param name="Package">The package; null where an error refuses it.</param>
/// <param name="Findings">What its author should know.</param>
public sealed record TinCanReading(TinCanPackage? Package, IReadOnlyList<PackageFinding> Findings);

/// <summary>Reads a <c>tincan.xml</c>. There is no schema that tools keep: names are read in any namespace. No input makes it throw.</summary>
public static class TinCanReader
{
    /// <summary>The name that the file has in a package.</summary>
    public const string FileName = "tincan.xml";

    /// <summary>Reads a package.</summary>
    /// <param name="document">As <see cref="PackageXml"/> loaded it.</param>
    /// <param name="findFile">The file of the package at a path, by the name that it really has.</param>
    public static TinCanReading Read(XDocument document, Func<string, string?> findFile)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(findFile);
        var notes = new StructureNotes(FileName, "tincan-");
        var activities = (document.Root is { } root ? Named(root.DescendantsAndSelf(), "activity") : []).Select(a => Activity(a, notes, findFile)).ToList();
        if (activities.All(a => a.Launch is null))
            notes.Error("launch", (XObject?)document.Root ?? document, "No activity can be launched.", "Give one activity a launch element with the file that it starts.");
        return new TinCanReading(notes.Failed ? null : new TinCanPackage(activities), notes.Findings);
    }

    private static TinCanActivity Activity(XElement element, StructureNotes notes, Func<string, string?> findFile)
    {
        var id = element.Attribute("id")?.Value.Trim() ?? "";
        if (!XapiFormats.IsIri(id))
            notes.Error("id", (XObject?)element.Attribute("id") ?? element, $"“{id}” is no full IRI.", "Give the activity an id with a scheme, for example https://example.org/course/1.");
        var launch = Named(element.Elements(), "launch").FirstOrDefault(l => l.Value.Trim().Length > 0);
        var type = element.Attribute("type")?.Value.Trim();
        return new TinCanActivity
        {
            Id = id,
            Type = type is not null && XapiFormats.IsIri(type) ? type : null,
            Name = Text(element, "name"),
            Description = Text(element, "description"),
            Launch = launch?.Value.Trim(),
            File = launch is null ? null : UnitUrl.Check(launch, launch.Value.Trim(), notes, findFile),
        };
    }

    private static Dictionary<string, string> Text(XElement element, string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in Named(element.Elements(), name))
        {
            var tag = text.Attribute("lang")?.Value.Trim();
            texts.TryAdd(tag is not null && LanguageTag.IsValid(tag) ? tag : "und", text.Value.Trim());
        }
        return texts;
    }

    private static IEnumerable<XElement> Named(IEnumerable<XElement> elements, string name) =>
        elements.Where(e => e.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase));
}
