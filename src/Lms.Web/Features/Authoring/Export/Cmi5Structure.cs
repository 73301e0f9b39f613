using System.Globalization;
using System.Xml.Linq;
using Lms.Standards.Xapi;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Authoring.Export;

/// <summary><c>cmi5.xml</c>: an assignable unit for each lesson, to be completed, and one for the assessment, to be completed and passed. The units have the names that the site itself gives them.</summary>
internal static class Cmi5Structure
{
    private static readonly XNamespace s_ns = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd";

    public static XElement Of(ExportedCourse course)
    {
        var (id, addresses) = (course.Content.Id, course.Addresses);
        return new(s_ns + "courseStructure",
            new XElement(s_ns + "course", new XAttribute("id", addresses.Course(id)), Text("title", course.Title), Text("description", course.Content.Summary.In(course.Language))),
            course.Content.Modules.Select((module, at) => new XElement(s_ns + "block", new XAttribute("id", $"{addresses.Course(id)}/modules/{at + 1}"),
                Text("title", module.Title.In(course.Language)),
                Text("description", string.Join("; ", module.Lessons.Select(l => course.TextOf(l).Title))),
                module.Lessons.Select(lesson => Unit(addresses.Lesson(id, lesson.Id), "Completed", ActivityTypes.Lesson, null, course.TextOf(lesson).Title, course.AboutOf(lesson), ExportedCourse.PageOf(lesson))))),
            course.Content.Assessment is { } assessment ? Assessment(course, assessment) : null);

        XElement Unit(string unit, string moveOn, string type, decimal? mastery, string title, string about, string page) =>
            new(s_ns + "au", new XAttribute("id", unit), new XAttribute("launchMethod", "AnyWindow"), new XAttribute("moveOn", moveOn), new XAttribute("activityType", type),
                mastery is { } mark ? new XAttribute("masteryScore", mark.ToString("0.##", CultureInfo.InvariantCulture)) : null,
                Text("title", title), Text("description", about), new XElement(s_ns + "url", page));

        XElement Assessment(ExportedCourse of, Manuscript.Assessment assessment)
        {
            var title = assessment.Title.In(of.Language);
            return Unit(addresses.Assessment(id), "CompletedAndPassed", ActivityTypes.Assessment, assessment.Pass / 100m, title, title, ExportedCourse.AssessmentPage);
        }

        XElement Text(string name, string text) => new(s_ns + name, new XElement(s_ns + "langstring", new XAttribute("lang", course.Language), text));
    }
}
