using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Assessment;

/// <summary>What the pages of one sitting share: whose it is, and that one which is over has only a result.</summary>
public abstract class SittingPage(AttemptService attempts) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid EnrolmentId { get; set; }
    [BindProperty(SupportsGet = true)] public Guid AttemptId { get; set; }

    public OpenSitting Sitting { get; private set; } = null!;
    public string Root => $"/learn/{EnrolmentId}/assessment/{AttemptId}";
    protected AttemptService Attempts { get; } = attempts;

    /// <summary>Null when the page may go on with <see cref="Sitting"/>.</summary>
    protected async Task<IActionResult?> LoadAsync(bool submitted, CancellationToken ct)
    {
        if (await Attempts.FindAsync(EnrolmentId, AttemptId, User.PersonId(), ct) is not { } sitting) return NotFound();
        Sitting = sitting;
        if (sitting.Attempt.SubmittedAt is null == !submitted) return null;
        return Redirect(submitted ? $"{Root}/1" : $"{Root}/result");
    }
}
