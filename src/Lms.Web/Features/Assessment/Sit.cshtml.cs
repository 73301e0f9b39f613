using System.Globalization;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Assessment;

/// <summary>One question of a sitting.</summary>
public sealed class SitModel(AttemptService attempts, IStringLocalizer<AssessmentText> text) : SittingPage(attempts)
{
    [BindProperty(SupportsGet = true)] public int Position { get; set; }

    public AttemptAnswer Current => Sitting.Answers[Position - 1];
    public Question Question { get; private set; } = null!;
    public bool IsLast => Position == Sitting.Answers.Count;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadQuestionAsync(ct) ?? Page();

    /// <param name="go">Where to go next: a position, or <c>review</c>.</param>
    /// <param name="seq">The browser's number of this answer; absent without a script.</param>
    public async Task<IActionResult> OnPostAsync(string? go, long? seq, CancellationToken ct)
    {
        if (await LoadQuestionAsync(ct) is { } elsewhere) return elsewhere;
        var answer = Responses.Read(Question.Item, Current.Order, Request.Form);
        if (answer.Problem == AnswerProblem.Repeated)
        {
            Question = Question with { Problem = answer.Problem };
            return Page();
        }
        // The form is what the learner sees now, so it overtakes whatever is still on its way.
        long? sequence = seq > Current.Sequence ? seq : null;
        if (answer.Response.Count + Current.Response.Count > 0
            && await Attempts.AnswerAsync(AttemptId, User.PersonId(), Position, answer.Response, sequence, ct) == false)
        {
            TempData.Notify(text["Time is up. What you had answered was submitted."], NoticeKind.Wait);
            return Redirect($"{Root}/result");
        }
        return Redirect(int.TryParse(go, NumberStyles.None, CultureInfo.InvariantCulture, out var next) && next >= 1 && next <= Sitting.Answers.Count
            ? $"{Root}/{next}" : $"{Root}/review");
    }

    private async Task<IActionResult?> LoadQuestionAsync(CancellationToken ct)
    {
        if (await LoadAsync(submitted: false, ct) is { } elsewhere) return elsewhere;
        if (Position < 1 || Position > Sitting.Answers.Count) return NotFound();
        Question = Sitting.Question(Current, QuestionMode.Answer, heading: null);
        return null;
    }
}
