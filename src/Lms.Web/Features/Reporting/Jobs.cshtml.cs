using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Lms.Web.Jobs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Reporting;

/// <summary>The outbox as an administrator sees it.</summary>
[Authorize(Policies.Administrator)]
public sealed class JobsModel(LmsDbContext db, OutboxSignal signal, TimeProvider clock, IStringLocalizer<ReportingText> text) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)] public JobState? State { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public IReadOnlyList<OutboxMessage> Jobs { get; private set; } = [];
    public IReadOnlyDictionary<JobState, int> Counts { get; private set; } = new Dictionary<JobState, int>();
    public int Total => State is { } state ? Counts.GetValueOrDefault(state) : Counts.Values.Sum();

    public async Task OnGetAsync(CancellationToken ct)
    {
        PageNumber = Pager.Number(PageNumber);
        Counts = await db.Outbox.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        Jobs = await db.Outbox.AsNoTracking().Where(m => State == null || m.State == State)
            .OrderByDescending(m => m.Id).Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(ct);
    }

    public async Task<IActionResult> OnPostRetryAsync(long id, CancellationToken ct)
    {
        if (await db.Outbox.SingleOrDefaultAsync(m => m.Id == id, ct) is { State: JobState.Failed } job)
        {
            job.Retry(clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(ct);
            signal.Set();
            TempData.Notify(text["The job runs again."], NoticeKind.Good);
        }
        return RedirectToPage(new { State });
    }
}
