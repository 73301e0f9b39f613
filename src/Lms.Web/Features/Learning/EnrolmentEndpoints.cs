using System.Security.Claims;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Learning;

/// <summary>What is asked for: a course for a person, who is oneself when absent.</summary>
public sealed record EnrolmentRequest(string Course, Guid? Person);

/// <summary>An enrolment as other systems see it. <c>id</c> is also its xAPI registration.</summary>
public sealed record EnrolmentDto(
    Guid Id, Guid Person, string Course, string Version, int Percent, DateTime EnrolledAt, DateTime? CompletedAt, double? Score);

internal static class EnrolmentEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        var enrolments = Api.Group(app).MapGroup("/enrolments").WithTags("Enrolments");
        enrolments.MapGet("/", ListAsync).WithSummary("Enrolments that the caller may see, the newest first, 50 a page.");
        enrolments.MapPost("/", EnrolAsync).WithSummary("Enrols on the course's current version; who is on it already keeps their place.");
    }

    private static async Task<Ok<List<EnrolmentDto>>> ListAsync(Guid? person, string? course, int? page, LmsDbContext db, CancellationToken ct)
    {
        var rows = await (
            from enrolment in db.Enrolments.AsNoTracking()
            join of in db.Courses on enrolment.CourseId equals of.Id
            join version in db.CourseVersions on enrolment.CourseVersionId equals version.Id
            where (person == null || enrolment.LearnerId == person) && (course == null || of.Slug == course)
            orderby enrolment.EnrolledAt descending, enrolment.Id
            select new { enrolment, of.Slug, version.Major, version.Minor })
            .Skip((Pager.Number(page) - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return TypedResults.Ok(rows.ConvertAll(r => Dto(r.enrolment, r.Slug, $"{r.Major}.{r.Minor}")));
    }

    private static async Task<Results<Ok<EnrolmentDto>, NotFound, ForbidHttpResult>> EnrolAsync(
        EnrolmentRequest request, EnrolmentService enrolments, LmsDbContext db, ClaimsPrincipal user, CancellationToken ct)
    {
        var id = request.Person ?? user.PersonId();
        var person = await db.People.Where(p => p.Id == id).Select(p => new { p.Id, p.CentreId }).SingleOrDefaultAsync(ct);
        if (person is null) return TypedResults.NotFound();
        if (person.Id != user.PersonId() && !user.Has(Policies.Manager, person.CentreId)) return TypedResults.Forbid();
        if (await enrolments.EnrolAsync(request.Course, person.Id, person.CentreId, ct) is not { } enrolled) return TypedResults.NotFound();

        var row = await db.Enrolments.AsNoTracking().SingleAsync(e => e.Id == enrolled, ct);
        var version = await db.CourseVersions.AsNoTracking().SingleAsync(v => v.Id == row.CourseVersionId, ct);
        return TypedResults.Ok(Dto(row, request.Course, version.Number));
    }

    private static EnrolmentDto Dto(Enrolment e, string course, string version) =>
        new(e.Id, e.LearnerId, course, version, e.Percent, e.EnrolledAt, e.CompletedAt, e.Score);
}
