using System.Globalization;
using System.Xml.Linq;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>
/// <c>imsmanifest.xml</c> of SCORM 2004 4th Edition: a content object for each lesson, and one for the assessment. A learner may go on and
/// choose; the course is completed when all of them are, and passed when the assessment is.
/// </summary>
internal static class Scorm2004Manifest
{
    private static readonly XNamespace s_cp = "http://www.imsglobal.org/xsd/imscp_v1p1";
    private static readonly XNamespace s_adl = "http://www.adlnet.org/xsd/adlcp_v1p3";
    private static readonly XNamespace s_adlSequencing = "http://www.adlnet.org/xsd/adlseq_v1p3";
    private static readonly XNamespace s_sequencing = "http://www.imsglobal.org/xsd/imsss";

    public static XElement Of(ExportedCourse course, IReadOnlyCollection<string> files) =>
        new(s_cp + "manifest",
            new XAttribute(XNamespace.Xmlns + "adlcp", s_adl), new XAttribute(XNamespace.Xmlns + "adlseq", s_adlSequencing), new XAttribute(XNamespace.Xmlns + "imsss", s_sequencing),
            new XAttribute("identifier", $"course-{course.Content.Id}"), new XAttribute("version", course.Published.Row.Number),
            new XElement(s_cp + "metadata", new XElement(s_cp + "schema", "ADL SCORM"), new XElement(s_cp + "schemaversion", "2004 4th Edition")),
            new XElement(s_cp + "organizations", new XAttribute("default", "organization"),
                new XElement(s_cp + "organization", new XAttribute("identifier", "organization"), new XAttribute(s_adlSequencing + "objectivesGlobalToSystem", false),
                    new XElement(s_cp + "title", course.Title),
                    course.Content.Modules.Select((module, at) => Module(course, module, at + 1)),
                    course.Content.Assessment is { } assessment ? Assessment(course, assessment) : null,
                    Sequencing(Flow()))),
            new XElement(s_cp + "resources", ManifestResources.Of(course, files, s_cp, s_adl + "scormType")));

    private static XElement Module(ExportedCourse course, Manuscript.Module module, int number) =>
        new(s_cp + "item", new XAttribute("identifier", $"module-{number}"),
            new XElement(s_cp + "title", module.Title.In(course.Language)),
            module.Lessons.Select(lesson => Item(ExportedCourse.ItemOf(lesson), course.TextOf(lesson).Title, Sequencing(OnlyCompletion(), ByContent()))),
            Sequencing(Flow(), OnlyCompletion()));

    private static XElement Assessment(ExportedCourse course, Manuscript.Assessment assessment)
    {
        var mark = (assessment.Pass / 100m).ToString("0.##", CultureInfo.InvariantCulture);
        return Item(ExportedCourse.AssessmentItem, assessment.Title.In(course.Language), Sequencing(
            new XElement(s_sequencing + "objectives",
                new XElement(s_sequencing + "primaryObjective", new XAttribute("objectiveID", "assessment"), new XAttribute("satisfiedByMeasure", true),
                    new XElement(s_sequencing + "minNormalizedMeasure", mark))),
            ByContent()));
    }

    private static XElement Item(string id, string title, XElement sequencing) =>
        new(s_cp + "item", new XAttribute("identifier", id), new XAttribute("identifierref", ManifestResources.ResourceOf(id)), new XElement(s_cp + "title", title), sequencing);

    private static XElement Sequencing(params XElement[] rules) => new(s_sequencing + "sequencing", rules);

    private static XElement Flow() => new(s_sequencing + "controlMode", new XAttribute("choice", true), new XAttribute("flow", true));

    // A lesson is done, never passed: it has no say in whether the course is.
    private static XElement OnlyCompletion() => new(s_sequencing + "rollupRules", new XAttribute("rollupObjectiveSatisfied", false), new XAttribute("objectiveMeasureWeight", 0));

    private static XElement ByContent() => new(s_sequencing + "deliveryControls", new XAttribute("completionSetByContent", true), new XAttribute("objectiveSetByContent", true));
}
