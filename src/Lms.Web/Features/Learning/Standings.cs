using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Learning;

/// <summary>Tells the catalogue how far a learner has come.</summary>
internal sealed class Standings(LmsDbContext db) : IStandings
{
    public async Task<IReadOnlyDictionary<Guid, Standing>> OfAsync(Guid learnerId, IReadOnlyCollection<Guid> courseIds, CancellationToken ct)
    {
        var enrolments = await db.Enrolments.AsNoTracking()
            .Where(e => e.LearnerId == learnerId && e.ReplacedAt == null && courseIds.Contains(e.CourseId))
            .OrderBy(e => e.EnrolledAt).ToListAsync(ct);
        return enrolments.GroupBy(e => e.CourseId).ToDictionary(g => g.Key, g => Of(g.Last()));
    }

    private static Standing Of(Enrolment enrolment) => new(
        enrolment.Percent,
        enrolment.Completions.Count + (enrolment is { HasAssessment: true, PassedAt: not null } ? 1 : 0),
        enrolment.LessonCount + (enrolment.HasAssessment ? 1 : 0),
        enrolment.CompletedAt is not null,
        $"/learn/{enrolment.Id}");
}
