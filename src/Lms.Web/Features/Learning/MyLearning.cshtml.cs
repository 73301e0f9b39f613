using Lms.Manuscripts.Courses;
using Lms.Web.Data;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Learning;

public sealed class MyLearningModel(LmsDbContext db, EnrolmentService enrolments, IRenewals renewals, IStringLocalizer<LearningText> text) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "page")] public int Number { get; set; } = 1;
    public IReadOnlyList<MyCourse> Courses { get; private set; } = [];
    public Pager? Pager { get; private set; }
    public IEnumerable<MyCourse> UnderWay => Courses.Where(c => c.Enrolment is { CompletedAt: null, ReplacedAt: null });
    public IEnumerable<MyCourse> Completed => Courses.Where(c => c.Enrolment is { CompletedAt: not null, ReplacedAt: null });
    public IEnumerable<MyCourse> Earlier => Courses.Where(c => c.Enrolment.ReplacedAt is not null);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var me = User.PersonId();
        Number = Pager.Number(Number);
        Courses = await (
            from enrolment in db.Enrolments.AsNoTracking()
            where enrolment.LearnerId == me
            join course in db.Courses on enrolment.CourseId equals course.Id
            join mine in db.CourseVersions on enrolment.CourseVersionId equals mine.Id
            join newest in db.CourseVersions on course.CurrentVersionId equals newest.Id
            orderby enrolment.EnrolledAt descending
            select new MyCourse(enrolment, course.Slug, course.Card.Title, new(mine.Major, mine.Minor), new(newest.Major, newest.Minor)))
            .Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        var renewable = await renewals.OpenAsync([.. Completed.Select(c => c.Enrolment.Id)], ct);
        Courses = [.. Courses.Select(c => c with { CanRenew = renewable.ContainsKey(c.Enrolment.Id) })];
        var total = Number > 1 || Courses.Count == PageSize ? await db.Enrolments.CountAsync(e => e.LearnerId == me, ct) : Courses.Count;
        if (total > PageSize) Pager = Pager.For(Request, Number, PageSize, total);
    }

    public async Task<IActionResult> OnPostMoveAsync(Guid enrolmentId, CancellationToken ct)
    {
        if (await enrolments.MoveAsync(enrolmentId, User.PersonId(), ct)) TempData.Notify(text["You are on the newest version. What you had done still counts."]);
        return Redirect("/learn");
    }
}

/// <summary>A course that somebody is or was enrolled on.</summary>
public sealed record MyCourse(Enrolment Enrolment, string Slug, LanguageMap Title, CourseNumber Version, CourseNumber Newest)
{
    /// <summary>Whether the certificate expires soon, or has, and may be renewed by passing again.</summary>
    public bool CanRenew { get; init; }
    public bool CanMove => Enrolment is { CompletedAt: null, ReplacedAt: null } && Newest.Major == Version.Major && Newest.Minor > Version.Minor;
    public bool CanStartAnew => Enrolment.ReplacedAt is null && Newest.Major > Version.Major;
    public int Done => Enrolment.Completions.Count + (Enrolment is { HasAssessment: true, PassedAt: not null } ? 1 : 0);
    public int Total => Enrolment.LessonCount + (Enrolment.HasAssessment ? 1 : 0);
}
