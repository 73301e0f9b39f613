using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Lms.Web.Features.Assessment;

/// <summary>Takes answers as they are given: <c>part</c> is the question's position, <c>seq</c> only grows.</summary>
public sealed class SaveModel(AttemptService attempts) : SittingPage(attempts)
{
    public IActionResult OnGet() => Redirect($"{Root}/1");

    public async Task<IActionResult> OnPostAsync(int part, long seq, CancellationToken ct)
    {
        if (await Attempts.FindAsync(EnrolmentId, AttemptId, User.PersonId(), ct) is not { } sitting) return NotFound();
        if (part < 1 || part > sitting.Answers.Count) return NotFound();
        var current = sitting.Answers[part - 1];
        var answer = Responses.Read(sitting.Items[current.Item], current.Order, Request.Form);
        if (answer.Problem == AnswerProblem.Repeated) return new UnprocessableEntityResult();
        return await Attempts.AnswerAsync(AttemptId, User.PersonId(), part, answer.Response, seq, ct) switch
        {
            true => new JsonResult(new { saved = true }),
            false => new ConflictResult(),
            null => NotFound(),
        };
    }
}
