using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Microsoft.EntityFrameworkCore;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Learning;

/// <summary>A lesson in a learner's hands.</summary>
public sealed record OpenLesson(
    Enrolment Enrolment, PublishedCourse Course, Manuscript.Lesson Lesson, IReadOnlyDictionary<string, CheckAnswer> Answers)
{
    /// <summary>Lessons to be studied first that are not done.</summary>
    public IReadOnlyList<Manuscript.Lesson> Missing => MissingFor(Lesson);

    public int Number { get; } = Course.Lessons.Index().First(l => l.Item == Lesson).Index + 1;
    public Manuscript.Lesson? Previous => Number > 1 ? Course.Lessons[Number - 2] : null;
    public DateTime? SavedAt => Enrolment.Completions.Select(c => (DateTime?)c.At).Concat(Answers.Values.Select(a => (DateTime?)a.AnsweredAt)).Max();
    public bool IsDone => Enrolment.HasDone(Lesson.Id);
    public int MinutesLeft => Course.Lessons.Where(l => !Enrolment.HasDone(l.Id)).Sum(l => l.Minutes);

    public IReadOnlyList<Manuscript.Lesson> MissingFor(Manuscript.Lesson lesson) =>
        lesson.Prerequisites.Count == 0 || Enrolment.HasDone(lesson.Id) ? [] : [.. Course.Lessons.Where(l => lesson.Prerequisites.Contains(l.Id) && !Enrolment.HasDone(l.Id))];
}

/// <summary>Finds what a lesson page shows: one look at the enrolment, one at its answers where the lesson asks something.</summary>
public sealed class LessonReader(LmsDbContext db, CourseLibrary library)
{
    private static readonly Func<LmsDbContext, Guid, Guid, CancellationToken, Task<Enrolment?>> FindEnrolment =
        EF.CompileAsyncQuery((LmsDbContext db, Guid id, Guid learner, CancellationToken ct) =>
            db.Enrolments.AsNoTracking().SingleOrDefault(e => e.Id == id && e.LearnerId == learner));

    private static readonly Func<LmsDbContext, Guid, IAsyncEnumerable<CheckAnswer>> FindAnswers =
        EF.CompileAsyncQuery((LmsDbContext db, Guid enrolment) => db.CheckAnswers.AsNoTracking().Where(a => a.EnrolmentId == enrolment));

    /// <summary>Null when the learner has no such enrolment or the course no such lesson.</summary>
    public async Task<OpenLesson?> FindAsync(Guid enrolmentId, Guid learnerId, string slug, CancellationToken ct)
    {
        var enrolment = await FindEnrolment(db, enrolmentId, learnerId, ct);
        if (enrolment is null) return null;
        var course = await library.GetAsync(enrolment.CourseVersionId, ct);
        if (course.LessonAt(slug) is not { } lesson) return null;

        var answers = new Dictionary<string, CheckAnswer>();
        var asks = lesson.Texts.Values.Any(t => t.Blocks.Any(b => b.Check is not null));
        if (asks) await foreach (var answer in FindAnswers(db, enrolmentId).WithCancellation(ct)) answers[answer.Item] = answer;
        return new OpenLesson(enrolment, course, lesson, answers);
    }

    /// <summary>An enrolment of the learner with its course; null when there is none of that id.</summary>
    public async Task<(Enrolment Enrolment, PublishedCourse Course)?> FindAsync(Guid enrolmentId, Guid learnerId, CancellationToken ct) =>
        await FindEnrolment(db, enrolmentId, learnerId, ct) is { } enrolment
            ? (enrolment, await library.GetAsync(enrolment.CourseVersionId, ct)) : null;

    /// <summary>Where the learner goes on: the lesson last open unless done, else the first that is not done, else the assessment.</summary>
    public static string ContinueUrl(Enrolment enrolment, PublishedCourse course, LearnLinks links)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(links);
        if (enrolment.CompletedAt is not null) return links.Done;
        var open = course.Lessons.Where(l => !enrolment.HasDone(l.Id)).ToList();
        if ((open.Find(l => l.Id == enrolment.LastLesson) ?? open.FirstOrDefault()) is { } lesson) return links.Lesson(lesson);
        return links.Assessment;
    }
}
