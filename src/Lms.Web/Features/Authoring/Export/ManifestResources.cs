using System.Xml.Linq;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>The resources of a SCORM manifest: a page each, and what all of them share.</summary>
internal static class ManifestResources
{
    private const string Shared = "resource-shared";

    public static string ResourceOf(string item) => $"resource-{item}";

    /// <param name="type">The attribute that tells content objects from assets, which each version spells in its own way.</param>
    public static IEnumerable<XElement> Of(ExportedCourse course, IReadOnlyCollection<string> files, XNamespace cp, XName type)
    {
        foreach (var lesson in course.Published.Lessons) yield return Page(ExportedCourse.ItemOf(lesson), ExportedCourse.PageOf(lesson));
        if (course.Content.Assessment is not null) yield return Page(ExportedCourse.AssessmentItem, ExportedCourse.AssessmentPage);
        yield return Resource(Shared, "asset", null, files.Where(f => !f.EndsWith(".html", StringComparison.Ordinal)).Select(File));

        XElement Page(string item, string path) =>
            Resource(ResourceOf(item), "sco", path, [File(path), new XElement(cp + "dependency", new XAttribute("identifierref", Shared))]);

        XElement Resource(string id, string kind, string? path, IEnumerable<XElement> content) =>
            new(cp + "resource", new XAttribute("identifier", id), new XAttribute("type", "webcontent"), new XAttribute(type, kind), path is null ? null : new XAttribute("href", path), content);

        XElement File(string path) => new(cp + "file", new XAttribute("href", path));
    }
}
