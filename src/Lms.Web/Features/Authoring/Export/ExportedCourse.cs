using Lms.Web.Features.Catalog;
using Lms.Web.Features.Xapi;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>A course on its way into a package: the names that its parts have there.</summary>
internal sealed record ExportedCourse(PublishedCourse Published, PackageFormat Format, string Language, XapiAddresses Addresses)
{
    public const string AssessmentItem = "item-assessment";
    public const string AssessmentPage = "assessment.html";

    public Manuscript.Course Content => Published.Content;
    public string Title => Content.Title.In(Language);

    public static string ItemOf(Manuscript.Lesson lesson) => $"item-{lesson.Id}";
    public static string PageOf(Manuscript.Lesson lesson) => $"lessons/{lesson.Slug}.html";

    /// <summary>What the lesson teaches, in a sentence.</summary>
    public string AboutOf(Manuscript.Lesson lesson) =>
        lesson.Objectives.Count == 0 ? TextOf(lesson).Title : string.Join("; ", lesson.Objectives.Select(o => o.Text.In(Language)));

    public Manuscript.LessonText TextOf(Manuscript.Lesson lesson) => lesson.Texts[Language];
}
