using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Lms.Web.Features.Assessment;

/// <summary>All answers at a glance before they are submitted for good. (WCAG 2.2, 3.3.4)</summary>
public sealed class ReviewModel(AttemptService attempts) : SittingPage(attempts)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(submitted: false, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await LoadAsync(submitted: false, ct) is { } elsewhere) return elsewhere;
        await Attempts.SubmitAsync(AttemptId, User.PersonId(), ct);
        return Redirect($"{Root}/result");
    }
}
