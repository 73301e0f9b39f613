using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Reporting;

/// <summary>A course with the people on it whom the viewer may see.</summary>
public sealed record TaughtCourse(string Slug, CourseCard Card, int Enrolled, int Completed);

/// <summary>A learner's place in a course.</summary>
public sealed record LearnerRow(
    Guid EnrolmentId, Guid LearnerId, string Name, string Version, int Percent, string? LastLesson, DateTime EnrolledAt, DateTime? CompletedAt, double? Score);

public enum LearnerFilter { All, Studying, Completed }

/// <summary>Who is where in a course. Every query passes the centre filter.</summary>
public sealed class TeachingService(LmsDbContext db)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<TaughtCourse> Courses, int Total)> CoursesAsync(int page, CancellationToken ct)
    {
        var published = db.Courses.AsNoTracking().Where(c => c.CurrentVersionId != null);
        var total = await published.CountAsync(ct);
        var courses = await published.OrderBy(c => c.Slug).Skip((page - 1) * PageSize).Take(PageSize)
            .Select(c => new { c.Id, c.Slug, c.Card }).ToListAsync(ct);
        var ids = courses.Select(c => c.Id).ToList();
        var counts = await db.Enrolments.Where(e => ids.Contains(e.CourseId))
            .GroupBy(e => e.CourseId)
            .Select(g => new { g.Key, Enrolled = g.Count(), Completed = g.Count(e => e.CompletedAt != null) })
            .ToDictionaryAsync(g => g.Key, ct);
        return ([.. courses.Select(c => counts.TryGetValue(c.Id, out var count)
            ? new TaughtCourse(c.Slug, c.Card, count.Enrolled, count.Completed)
            : new TaughtCourse(c.Slug, c.Card, 0, 0))], total);
    }

    public Task<Course?> CourseAsync(string slug, CancellationToken ct) =>
        db.Courses.AsNoTracking().SingleOrDefaultAsync(c => c.Slug == slug && c.CurrentVersionId != null, ct);

    public async Task<(IReadOnlyList<LearnerRow> Learners, int Total)> LearnersAsync(Guid courseId, LearnerFilter filter, int page, CancellationToken ct)
    {
        var enrolments = db.Enrolments.AsNoTracking().Where(e => e.CourseId == courseId);
        enrolments = filter switch
        {
            LearnerFilter.Studying => enrolments.Where(e => e.CompletedAt == null),
            LearnerFilter.Completed => enrolments.Where(e => e.CompletedAt != null),
            _ => enrolments,
        };
        var total = await enrolments.CountAsync(ct);
        var rows = await enrolments.OrderByDescending(e => e.EnrolledAt).Skip((page - 1) * PageSize).Take(PageSize)
            .Join(db.People, e => e.LearnerId, p => p.Id, (e, p) => new { e, p.Name })
            .Join(db.CourseVersions, r => r.e.CourseVersionId, v => v.Id, (r, v) => new { r.e, r.Name, v.Major, v.Minor })
            .OrderByDescending(r => r.e.EnrolledAt)
            .ToListAsync(ct);
        return ([.. rows.Select(r => new LearnerRow(
            r.e.Id, r.e.LearnerId, r.Name, $"{r.Major}.{r.Minor}", r.e.Percent, r.e.LastLesson, r.e.EnrolledAt, r.e.CompletedAt, r.e.Score))], total);
    }

    /// <summary>How many learners have done each lesson: lesson id to count.</summary>
    public async Task<IReadOnlyDictionary<string, int>> LessonCountsAsync(Guid courseVersionId, CancellationToken ct) =>
        await db.Enrolments.Where(e => e.CourseVersionId == courseVersionId)
            .SelectMany(e => e.Completions).GroupBy(c => c.Lesson)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
}
