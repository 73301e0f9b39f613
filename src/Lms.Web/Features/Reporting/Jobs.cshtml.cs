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
public sealed class JobsModel(LmsDbContext db, JobRegistry registry, OutboxSignal signal, TimeProvider clock, IStringLocalizer<ReportingText> text) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)] public JobState? State { get; set; }
    [BindProperty(SupportsGet = true)] public JobQueue? Queue { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public IReadOnlyList<OutboxMessage> Jobs { get; private set; } = [];
    public IReadOnlyList<(JobRegistration Job, DateTime? Last, DateTime Next)> Recurring { get; private set; } = [];
    public int Total => Count(State, Queue);

    private List<(JobState State, JobQueue Queue, int Jobs)> _counts = [];

    /// <summary>How many there are; null stands for any.</summary>
    public int Count(JobState? state, JobQueue? queue) => _counts.Where(c => (state ?? c.State) == c.State && (queue ?? c.Queue) == c.Queue).Sum(c => c.Jobs);

    public async Task OnGetAsync(CancellationToken ct)
    {
        PageNumber = Pager.Number(PageNumber);
        var counts = await db.Outbox.GroupBy(m => new { m.State, m.Queue }).Select(g => new { g.Key.State, g.Key.Queue, Count = g.Count() }).ToListAsync(ct);
        _counts = counts.ConvertAll(c => (c.State, c.Queue, c.Count));
        Jobs = await db.Outbox.AsNoTracking().Where(m => (State == null || m.State == State) && (Queue == null || m.Queue == Queue))
            .OrderByDescending(m => m.Id).Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        var runs = await db.RecurringRuns.ToDictionaryAsync(r => r.Job, r => r.LastAt, ct);
        Recurring = [.. registry.Recurring.Select(job => (job, runs.TryGetValue(job.Name, out var last) ? last : (DateTime?)null, job.Schedule!.NextAt(clock.GetUtcNow().UtcDateTime)))];
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
        return RedirectToPage(new { State, Queue });
    }
}
