using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Xapi;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Learning;

/// <summary>Puts learners on course versions.</summary>
public sealed class EnrolmentService(
    LmsDbContext db, CourseLibrary library, StatementStore statements, LearningStatements say, TimeProvider clock)
{
    /// <summary>
    /// Enrols on the course's current version and returns the enrolment; somebody who is on it already keeps their place.
    /// Null when there is no such published course.
    /// </summary>
    public Task<Guid?> EnrolAsync(string slug, Guid learnerId, Guid centreId, CancellationToken ct) =>
        db.RetryAsync<Guid?>(async () =>
        {
            var current = await db.Courses.Where(c => c.Slug == slug).Select(c => new { c.Id, c.CurrentVersionId }).SingleOrDefaultAsync(ct);
            if (current?.CurrentVersionId is not { } versionId) return null;

            var existing = await db.Enrolments.FirstOrDefaultAsync(e => e.LearnerId == learnerId && e.CourseVersionId == versionId, ct);
            if (existing is not null) return existing.Id;

            var course = await library.GetAsync(versionId, ct);
            var enrolment = new Enrolment
            {
                LearnerId = learnerId,
                CentreId = centreId,
                CourseId = current.Id,
                CourseVersionId = versionId,
                LessonCount = course.Lessons.Count,
                HasAssessment = course.Content.Assessment is not null,
                EnrolledAt = clock.GetUtcNow().UtcDateTime,
            };
            db.Add(enrolment);
            await statements.AppendAsync(say.Registered(enrolment, course), centreId, ct);
            await db.SaveChangesAsync(ct);
            return enrolment.Id;
        });
}
