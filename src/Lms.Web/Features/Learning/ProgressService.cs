using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Learning;

/// <summary>A course was completed: everything that follows from it hangs on this message.</summary>
public sealed record CourseCompleted(Guid EnrolmentId);

/// <summary>The one way progress is recorded, whatever player it came from.</summary>
public sealed class ProgressService(
    LmsDbContext db, CourseLibrary library, StatementStore statements, LearningStatements say, Outbox outbox, TimeProvider clock)
{
    /// <summary>Records that a lesson is done. Null when the learner has no such enrolment or the course no such lesson.</summary>
    public Task<Progress?> CompleteLessonAsync(Guid enrolmentId, Guid learnerId, string slug, string language, CancellationToken ct) =>
        db.RetryAsync<Progress?>(async () =>
        {
            var enrolment = await db.Enrolments.SingleOrDefaultAsync(e => e.Id == enrolmentId && e.LearnerId == learnerId, ct);
            if (enrolment is null) return null;
            var course = await library.GetAsync(enrolment.CourseVersionId, ct);
            // A package says itself when it is done.
            if (course.LessonAt(slug) is not { Package: null } lesson) return null;

            var progress = await CompleteAsync(enrolment, course, lesson, language, ct);
            if (progress != Progress.Unchanged) await db.SaveChangesAsync(ct);
            return progress;
        });

    /// <summary>Completes the packaged lesson of an enrolment, in the caller's unit of work: the caller saves, and repeats all of it after a lost race.</summary>
    public async Task<Progress> CompletePackageAsync(Guid enrolmentId, CancellationToken ct)
    {
        // The package's own token lets it in: nobody may be signed in.
        var enrolment = await db.Enrolments.IgnoreQueryFilters().SingleAsync(e => e.Id == enrolmentId, ct);
        var course = await library.GetAsync(enrolment.CourseVersionId, ct);
        return await CompleteAsync(enrolment, course, course.Lessons.Single(l => l.Package is not null), course.Content.Language, ct);
    }

    private async Task<Progress> CompleteAsync(Enrolment enrolment, PublishedCourse course, Manuscript.Lesson lesson, string language, CancellationToken ct)
    {
        var progress = enrolment.Complete(lesson.Id, Now);
        if (progress == Progress.Unchanged) return progress;
        await statements.AppendAsync(say.LessonCompleted(enrolment, course, lesson, language), enrolment.CentreId, ct);
        await RecordAsync(enrolment, course, progress, ct);
        return progress;
    }

    /// <summary>
    /// Notes where the learner is, so that they can go on from there, and says so the first time that they open a lesson. Nothing is
    /// written while they stay on it.
    /// </summary>
    public Task OpenLessonAsync(Guid enrolmentId, Manuscript.Lesson lesson, string language, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var enrolment = await db.Enrolments.SingleAsync(e => e.Id == enrolmentId, ct);
            if (enrolment.LastLesson == lesson.Id) return false;
            var course = await library.GetAsync(enrolment.CourseVersionId, ct);
            var first = enrolment.Open(lesson.Id, Now);

            var launched = say.Launched(enrolment, course, lesson, language);
            // The learner may not see statements, and nobody sees this look.
            if (!await db.Statements.IgnoreQueryFilters().AnyAsync(s => s.Id == launched.Id, ct))
            {
                await statements.AppendAsync(launched, enrolment.CentreId, ct);
                if (first) await statements.AppendAsync(say.Initialized(enrolment, course, language), enrolment.CentreId, ct);
                await statements.AppendAsync(say.Experienced(enrolment, course, lesson, language), enrolment.CentreId, ct);
            }
            await db.SaveChangesAsync(ct);
            return true;
        });

    /// <summary>Adds what a step means for the course to the caller's unit of work: progressed, or completed and all that follows.</summary>
    public async Task RecordAsync(Enrolment enrolment, PublishedCourse course, Progress progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        switch (progress)
        {
            case Progress.Lesson:
                await statements.AppendAsync(say.Progressed(enrolment, course), enrolment.CentreId, ct);
                break;
            case Progress.Course:
                await statements.AppendAsync(say.CourseCompleted(enrolment, course), enrolment.CentreId, ct);
                outbox.Add(new CourseCompleted(enrolment.Id));
                break;
            case Progress.Unchanged:
                break;
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
