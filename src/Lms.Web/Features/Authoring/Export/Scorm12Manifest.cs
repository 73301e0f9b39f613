using System.Globalization;
using System.Xml.Linq;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Authoring.Export;

/// <summary><c>imsmanifest.xml</c> of SCORM 1.2: a content object for each lesson, and one for the assessment.</summary>
internal static class Scorm12Manifest
{
    private static readonly XNamespace s_cp = "http://www.imsproject.org/xsd/imscp_rootv1p1p2";
    private static readonly XNamespace s_adl = "http://www.adlnet.org/xsd/adlcp_rootv1p2";

    public static XElement Of(ExportedCourse course, IReadOnlyCollection<string> files) =>
        new(s_cp + "manifest", new XAttribute(XNamespace.Xmlns + "adlcp", s_adl), new XAttribute("identifier", $"course-{course.Content.Id}"), new XAttribute("version", course.Published.Row.Number),
            new XElement(s_cp + "metadata", new XElement(s_cp + "schema", "ADL SCORM"), new XElement(s_cp + "schemaversion", "1.2")),
            new XElement(s_cp + "organizations", new XAttribute("default", "organization"),
                new XElement(s_cp + "organization", new XAttribute("identifier", "organization"),
                    new XElement(s_cp + "title", course.Title),
                    course.Content.Modules.Select((module, at) => Module(course, module, at + 1)),
                    course.Content.Assessment is { } assessment ? Assessment(course, assessment) : null)),
            new XElement(s_cp + "resources", ManifestResources.Of(course, files, s_cp, s_adl + "scormtype")));

    private static XElement Module(ExportedCourse course, Manuscript.Module module, int number) =>
        new(s_cp + "item", new XAttribute("identifier", $"module-{number}"),
            new XElement(s_cp + "title", module.Title.In(course.Language)),
            module.Lessons.Select(lesson => Item(ExportedCourse.ItemOf(lesson), course.TextOf(lesson).Title)));

    private static XElement Assessment(ExportedCourse course, Manuscript.Assessment assessment)
    {
        var item = Item(ExportedCourse.AssessmentItem, assessment.Title.In(course.Language));
        item.Add(new XElement(s_adl + "masteryscore", assessment.Pass.ToString(CultureInfo.InvariantCulture)));
        return item;
    }

    private static XElement Item(string id, string title) =>
        new(s_cp + "item", new XAttribute("identifier", id), new XAttribute("identifierref", ManifestResources.ResourceOf(id)), new XElement(s_cp + "title", title));
}
