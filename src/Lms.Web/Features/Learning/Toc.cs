using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Learning;

/// <summary>The list of a course's lessons beside the open one, drawn by <c>_Toc</c>.</summary>
public sealed record Toc(OpenLesson Open, string Language, LearnLinks Links)
{
    public string StateOf(Manuscript.Lesson lesson) =>
        lesson == Open.Lesson ? "now" : Open.Enrolment.HasDone(lesson.Id) ? "done" : Open.MissingFor(lesson).Count > 0 ? "locked" : "";

    public int Done => Open.Enrolment.Completions.Count + (Open.Enrolment is { HasAssessment: true, PassedAt: not null } ? 1 : 0);
    public int Total => Open.Enrolment.LessonCount + (Open.Enrolment.HasAssessment ? 1 : 0);
}
