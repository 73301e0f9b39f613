using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>One consumer: how it fares, and what can be done about it.</summary>
[Authorize(Policies.Manager)]
internal sealed class EditConsumerModel(StatementConsumers consumers, ConsumerList list, ConsumerSentences sentences, Centres centres, IStringLocalizer<XapiText> text) : PageModel
{
    private IReadOnlyList<Centre> _managed = [];

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public ConsumerForm Input { get; set; } = new();
    public ConsumerRow Row { get; private set; } = null!;

    public ConsumerFields Fields => new(Input,
        _managed.Any(c => c.Id == Row.Consumer.CentreId && c.Kind == CentreKind.Hub) ? [.. _managed.Where(c => c.Kind != CentreKind.Hub).Select(c => (c.Id, c.Name))] : [],
        HasSecret: Row.Consumer.Secret is not null);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostChangeAsync(CancellationToken ct)
    {
        if (await consumers.ChangeAsync(User, Id, Input.Details, ct) is not { } problems) return NotFound();
        if (problems.Count == 0) return Done(text["Saved."]);
        ModelState.Add(problems);
        var asked = Input;
        if (!await LoadAsync(ct)) return NotFound();
        (asked.Kind, Input) = (Row.Consumer.Kind, asked);
        return Page();
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken ct)
    {
        if (await consumers.ProbeAsync(User, Id, ct) is not { } answer) return NotFound();
        TempData.Notify(sentences.Of(answer), answer.Outcome switch { ConsumerOutcome.Taken => NoticeKind.Good, ConsumerOutcome.Refused => NoticeKind.Wait, _ => NoticeKind.Bad });
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostPauseAsync(bool paused, CancellationToken ct) =>
        await consumers.SetPausedAsync(User, Id, paused, ct) ? Done(paused ? text["Paused. What it would get waits."] : text["It is sent statements again."]) : NotFound();

    public async Task<IActionResult> OnPostReplayAsync(DateTime? from, CancellationToken ct)
    {
        if (from is not { } time)
        {
            ModelState.AddModelError("", text["Choose a date and a time."]);
            return await LoadAsync(ct) ? Page() : NotFound();
        }
        return await consumers.ReplayAsync(User, Id, DateTime.SpecifyKind(time, DateTimeKind.Utc), ct) ? Done(text["The replay has begun."]) : NotFound();
    }

    public async Task<IActionResult> OnPostDeleteAsync(bool sure, CancellationToken ct)
    {
        if (!sure)
        {
            ModelState.AddModelError("", text["Tick the box to confirm."]);
            return await LoadAsync(ct) ? Page() : NotFound();
        }
        if (!await consumers.DeleteAsync(User, Id, ct)) return NotFound();
        TempData.Notify(text["The consumer is removed."]);
        return RedirectToPage("Consumers");
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await list.FindAsync(User, Id, ct) is not { } row) return false;
        (Row, Input) = (row, ConsumerForm.Of(row.Consumer));
        _managed = await centres.ManagedAsync(User, ct);
        return true;
    }

    private RedirectToPageResult Done(string sentence)
    {
        TempData.Notify(sentence);
        return RedirectToPage();
    }
}
