using System.Globalization;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Policy = Lms.Manuscripts.Courses.Assessment;

namespace Lms.Web.Features.Assessment;

/// <summary>The rules of the final assessment, and the button that starts it.</summary>
public sealed class IntroModel(LessonReader reader, AttemptService attempts, IStringLocalizer<AssessmentText> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid EnrolmentId { get; set; }
    [BindProperty(SupportsGet = true, Name = "lang")] public string? Lang { get; set; }

    public Enrolment Enrolment { get; private set; } = null!;
    public PublishedCourse Course { get; private set; } = null!;
    public Policy Policy => Course.Content.Assessment!;
    public IReadOnlyList<Sitting> Sittings { get; private set; } = [];
    public AttemptRules Rules { get; private set; } = null!;
    public string Language { get; private set; } = "";
    public int Questions => Policy.Blueprint.Values.Sum();
    public bool HasCritical => Course.Content.Bank[Course.Content.Language].Any(i => i.Critical && Policy.Blueprint.ContainsKey(i.Objective));
    public int LessonsLeft => Enrolment.LessonCount - Enrolment.Completions.Count;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await attempts.CloseOverdueAsync(EnrolmentId, User.PersonId(), ct);
        if (await reader.FindAsync(EnrolmentId, User.PersonId(), ct) is not var (enrolment, course) || course.Content.Assessment is null) return NotFound();
        (Enrolment, Course) = (enrolment, course);
        Sittings = await attempts.SittingsAsync(EnrolmentId, ct);
        Rules = await attempts.RulesAsync(enrolment, Policy, Sittings, ct);
        Language = course.LanguageFor(Lang ?? CultureInfo.CurrentUICulture.Name);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string language, CancellationToken ct)
    {
        if (await attempts.StartAsync(EnrolmentId, User.PersonId(), language ?? CultureInfo.CurrentUICulture.Name, ct) is { } id)
            return Redirect($"/learn/{EnrolmentId}/assessment/{id}/1");
        if (await reader.FindAsync(EnrolmentId, User.PersonId(), ct) is not var (_, course) || course.Content.Assessment is null) return NotFound();
        TempData.Notify(text["You can't start an attempt now. Read why below."], NoticeKind.Wait);
        return Redirect($"/learn/{EnrolmentId}/assessment");
    }
}
