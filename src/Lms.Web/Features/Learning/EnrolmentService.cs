using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Learning;

/// <summary>Puts learners on course versions, and moves them to newer ones when they ask.</summary>
public sealed class EnrolmentService(
    LmsDbContext db, CourseLibrary library, StatementStore statements, LearningStatements say, ProgressService progress, TimeProvider clock)
{
    /// <summary>
    /// Enrols on the course's current version and returns the enrolment. Somebody who is on its major version already keeps their
    /// place; somebody on an older major one starts anew, and the old enrolment stays as a record. Null when there is no such course.
    /// </summary>
    public Task<Guid?> EnrolAsync(string slug, Guid learnerId, Guid centreId, CancellationToken ct) =>
        db.RetryAsync<Guid?>(async () =>
        {
            var versionId = await db.Courses.Where(c => c.Slug == slug).Select(c => c.CurrentVersionId).SingleOrDefaultAsync(ct);
            if (versionId is null) return null;
            var course = await library.GetAsync(versionId.Value, ct);

            var earlier = await EarlierAsync(course.Row, learnerId, ct);
            if (earlier.Find(e => e.Major == course.Row.Major) is { } same) return same.Enrolment.Id;

            var now = clock.GetUtcNow().UtcDateTime;
            foreach (var old in earlier) old.Enrolment.Replace(now);
            var enrolment = new Enrolment
            {
                LearnerId = learnerId,
                CentreId = centreId,
                CourseId = course.Row.CourseId,
                CourseVersionId = course.Row.Id,
                LessonCount = course.Lessons.Count,
                HasAssessment = course.Content.Assessment is not null,
                EnrolledAt = now,
            };
            db.Add(enrolment);
            await statements.AppendAsync(say.Registered(enrolment, course), centreId, ct);
            await db.SaveChangesAsync(ct);
            return enrolment.Id;
        });

    /// <summary>
    /// Moves a learner who is under way to the course's current minor version. False when there is none newer, when the course is
    /// completed, or when this is nobody's enrolment.
    /// </summary>
    public Task<bool> MoveAsync(Guid enrolmentId, Guid learnerId, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var enrolment = await db.Enrolments.SingleOrDefaultAsync(e => e.Id == enrolmentId && e.LearnerId == learnerId, ct);
            if (enrolment is null || !await MoveAsync(enrolment, ct)) return false;
            await db.SaveChangesAsync(ct);
            return true;
        });

    /// <summary>Moves an enrolment to its course's current minor version, if it is under way, in the caller's unit of work.</summary>
    public async Task MoveToCurrentAsync(Guid enrolmentId, CancellationToken ct) =>
        await MoveAsync(await db.Enrolments.IgnoreQueryFilters().SingleAsync(e => e.Id == enrolmentId, ct), ct);

    private async Task<bool> MoveAsync(Enrolment enrolment, CancellationToken ct)
    {
        if (enrolment is { CompletedAt: not null } or { ReplacedAt: not null }) return false;
        var currentId = await db.Courses.Where(c => c.Id == enrolment.CourseId).Select(c => c.CurrentVersionId).SingleAsync(ct);
        // A package that was removed has left the catalogue.
        if (currentId is null) return false;
        var from = await library.GetAsync(enrolment.CourseVersionId, ct);
        var to = await library.GetAsync(currentId.Value, ct);
        if (to.Row.Major != from.Row.Major || to.Row.Minor <= from.Row.Minor) return false;

        var lessons = to.Lessons.Select(l => l.Id).ToHashSet();
        var step = enrolment.MoveTo(to.Row.Id, lessons, to.Content.Assessment is not null, clock.GetUtcNow().UtcDateTime);
        await statements.AppendAsync(say.Registered(enrolment, to), enrolment.CentreId, ct);
        await progress.RecordAsync(enrolment, to, step, ct);
        return true;
    }

    private async Task<List<Earlier>> EarlierAsync(CourseVersion current, Guid learnerId, CancellationToken ct) =>
        await db.Enrolments.Where(e => e.LearnerId == learnerId && e.CourseId == current.CourseId)
            .Join(db.CourseVersions, e => e.CourseVersionId, v => v.Id, (e, v) => new Earlier(e, v.Major)).ToListAsync(ct);

    private sealed record Earlier(Enrolment Enrolment, int Major);
}
