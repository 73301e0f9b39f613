using System.Globalization;
using Lms.Manuscripts.Questions;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Learning;

[KeptPage]
public sealed class LessonModel(LessonReader reader, ProgressService progress, CheckService checks, ILogger<LessonModel> log) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid EnrolmentId { get; set; }
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true, Name = "lang")] public string? Lang { get; set; }

    public OpenLesson Open { get; private set; } = null!;
    public string Language { get; private set; } = "";
    public LearnLinks Links { get; private set; } = null!;
    /// <summary>The check whose answer could not be kept, as it was sent.</summary>
    public Check? Refused { get; private set; }
    public Manuscript.LessonText Text => Open.Lesson.Texts[Language];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var opens = Open.Missing.Count == 0 && Open.Enrolment.LastLesson != Open.Lesson.Id && Open.Enrolment.ReplacedAt is null;
        if (opens) await NoteAsync(ct);
        // A page whose reading changes something is not one to be kept.
        else HttpContext.Features.Set(new PageState(EnrolmentId, Open.Enrolment.LearnerId, Open.Enrolment.Version));
        return Page();
    }

    public async Task<IActionResult> OnPostCompleteAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (Open.Missing.Count > 0) return Redirect(Links.Lesson(Open.Lesson));
        var step = await progress.CompleteLessonAsync(EnrolmentId, User.PersonId(), Slug, Language, ct);
        return step switch
        {
            null => NotFound(),
            Progress.Course => Redirect(Links.Done),
            _ => Redirect(NextUrl()),
        };
    }

    public async Task<IActionResult> OnPostAnswerAsync(string item, int seen, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || Text.Blocks.FirstOrDefault(b => b.Check?.Id == item)?.Check is not { } check) return NotFound();
        var fragment = Request.Headers.ContainsKey("X-Fragment");
        var answer = Responses.Read(check, ItemOrder.InLesson(check), Request.Form);
        if (answer.Problem != AnswerProblem.None)
        {
            Refused = CheckOf(check, QuestionMode.Answer) with { Problem = answer };
            return fragment ? Partial("_Check", Refused) : Page();
        }
        var kept = await checks.AnswerAsync(EnrolmentId, User.PersonId(), Open.Lesson, Language, item, answer.Response, seen, ct);
        if (kept is null) return NotFound();
        if (!fragment) return Redirect($"{Links.Lesson(Open.Lesson)}#q-{item}");
        Response.Headers["X-Saved-At"] = Shared.Dates.Machine(kept.AnsweredAt);
        return Partial("_Check", CheckOf(check, QuestionMode.Feedback) with { Response = kept.Response, Seen = kept.Tries });
    }

    /// <summary>A check as the learner left it.</summary>
    public Check CheckFor(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (Refused?.Item.Id == item.Id) return Refused;
        return Open.Answers.TryGetValue(item.Id, out var answer)
            ? CheckOf(item, QuestionMode.Feedback) with { Response = answer.Response, Seen = answer.Tries }
            : CheckOf(item, QuestionMode.Answer);
    }

    private Check CheckOf(Item item, QuestionMode mode) =>
        new(item, mode, Language, $"{Links.Form(Open.Lesson, "Answer")}&item={Uri.EscapeDataString(item.Id)}");

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await reader.FindAsync(EnrolmentId, User.PersonId(), Slug, ct) is not { } open) return false;
        Open = open;
        var wanted = open.Course.LanguageFor(Lang ?? CultureInfo.CurrentUICulture.Name);
        Language = open.Lesson.Texts.ContainsKey(wanted) ? wanted : open.Course.Content.Language;
        Links = new LearnLinks(EnrolmentId, Lang is null ? null : Language);
        return true;
    }

    // A lesson can be read even where nothing can be written.
    private async Task NoteAsync(CancellationToken ct)
    {
        try
        {
            await progress.OpenLessonAsync(EnrolmentId, Open.Lesson, Language, ct);
        }
        catch (DbUpdateException failure)
        {
            log.LogError(failure, "Opening lesson {Lesson} of enrolment {Enrolment} could not be recorded", Slug, EnrolmentId);
        }
    }

    private string NextUrl()
    {
        var (enrolment, lessons) = (Open.Enrolment, Open.Course.Lessons);
        if (Open.Number < lessons.Count) return Links.Lesson(lessons[Open.Number]);
        if (lessons.FirstOrDefault(l => l != Open.Lesson && !enrolment.HasDone(l.Id)) is { } left) return Links.Lesson(left);
        return enrolment.CompletedAt is not null ? Links.Done : Links.Assessment;
    }
}

/// <summary>A knowledge check with its form, drawn by <c>_Check</c>.</summary>
/// <param name="Action">Where its answer is sent.</param>
public sealed record Check(Item Item, QuestionMode Mode, string Language, string Action)
{
    public IReadOnlyList<string> Response { get; init; } = [];
    /// <summary>Answers kept before this page was made: a form sent twice is known by it.</summary>
    public int Seen { get; init; }
    public Answer? Problem { get; init; }

    public Question Question(string heading, string button) => new(Item, ItemOrder.InLesson(Item), Mode)
    {
        Response = Problem?.Response ?? Response,
        Problem = Problem?.Problem ?? AnswerProblem.None,
        Heading = heading,
        Button = button,
        Language = Language,
    };
}
