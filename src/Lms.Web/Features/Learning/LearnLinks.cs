using Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Learning;

/// <summary>Addresses of a learner's own pages. A language chosen by hand goes along.</summary>
public sealed record LearnLinks(Guid EnrolmentId, string? Language)
{
    public string Course => $"/learn/{EnrolmentId}";
    public string Done => $"/learn/{EnrolmentId}/done";
    public string Assessment => With($"/learn/{EnrolmentId}/assessment");
    public string Lesson(Lesson lesson) => With($"/learn/{EnrolmentId}/{lesson.Slug}");

    /// <summary>The same lesson in another language.</summary>
    public string Lesson(Lesson lesson, string language) => (this with { Language = language }).Lesson(lesson);

    /// <summary>Where a form of the lesson is sent.</summary>
    public string Form(Lesson lesson, string handler) => $"/learn/{EnrolmentId}/{lesson.Slug}?handler={handler}{(Language is null ? "" : $"&lang={Language}")}";

    private string With(string path) => Language is null ? path : $"{path}?lang={Language}";
}
