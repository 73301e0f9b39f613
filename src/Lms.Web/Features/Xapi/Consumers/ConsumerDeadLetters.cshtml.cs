using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>What a consumer refused.</summary>
[Authorize(Policies.Manager)]
internal sealed class ConsumerDeadLettersModel(StatementConsumers consumers, DeadLetters letters, IStringLocalizer<XapiText> text) : PageModel
{
    private const int LongestReason = 500;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public long? Before { get; set; }
    public StatementConsumer Consumer { get; private set; } = null!;
    public DeadLetterPage Letters { get; private set; } = new([], null);

    public Pager Pager => new(
        Before is null ? null : Url.Page("ConsumerDeadLetters", new { Id, Before = (long?)null }),
        Letters.Next is null ? null : Url.Page("ConsumerDeadLetters", new { Id, Before = Letters.Next }), "");

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Letters = await letters.PageAsync(Consumer, Before, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRetryAsync(long sequence, CancellationToken ct)
    {
        if (!await FindAsync(ct) || !await letters.RetryAsync(Consumer, sequence, ct)) return NotFound();
        return Done(text["It is sent again."]);
    }

    public async Task<IActionResult> OnPostRetryAllAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        await letters.RetryAllAsync(Consumer, ct);
        return Done(text["They are sent again."]);
    }

    public async Task<IActionResult> OnPostDropAsync(long sequence, string? reason, CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (reason?.Trim() is not { Length: > 0 and <= LongestReason } why)
        {
            ModelState.AddModelError("", text["Say the reason, in at most {0} characters.", LongestReason]);
            Letters = await letters.PageAsync(Consumer, Before, ct);
            return Page();
        }
        return await letters.DropAsync(Consumer, sequence, why, User.PersonId(), ct) ? Done(text["It is dropped."]) : NotFound();
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await consumers.FindAsync(User, Id, ct) is not { } consumer) return false;
        Consumer = consumer;
        return true;
    }

    private RedirectToPageResult Done(string sentence)
    {
        TempData.Notify(sentence);
        return RedirectToPage(new { Id });
    }
}
