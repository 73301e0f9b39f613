using Lms.Standards.Cmi5;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using LaunchMode = Lms.Standards.Cmi5.LaunchMode;

namespace Lms.Web.Features.Cmi5;

/// <summary>The units and sessions of a registration, for staff: what each asks for, what is known, why it is not done, and waiving it.</summary>
[Authorize(Policies.Staff)]
internal sealed class UnitsModel(UnitOverview overview, UnitSessions sessions, LmsDbContext db, IStringLocalizer<Cmi5Text> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    public CourseOverview Course { get; private set; } = null!;
    public IReadOnlyList<UnitSession> Sessions { get; private set; } = [];
    public string Learner { get; private set; } = "";

    /// <summary>The same people may as by the HTTP API.</summary>
    public bool MayWaive => Course.CanWaive && User.Has(Policies.Packages, Course.Registration.CentreId);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostWaiveAsync(int unit, string? reason, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (!MayWaive) return Forbid();
        return await sessions.WaiveAsync(Id, unit, reason ?? "", User.PersonId(), ct) is null
            ? Done(text["The unit is waived."])
            : Refused(text["The unit can’t be waived: it was before, or the reason is missing or longer than {0} characters.", UnitRecord.LongestReason]);
    }

    public async Task<IActionResult> OnPostAbandonAsync(Guid session, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (!MayWaive) return Forbid();
        return await sessions.AbandonAsync(Id, session, ct) is null ? Done(text["The session is abandoned."]) : Refused(text["The session has ended already."]);
    }

    public string Asks(UnitView unit) => unit?.MoveOn switch
    {
        MoveOn.Completed => text["To be completed"],
        MoveOn.Passed => text["To be passed"],
        MoveOn.CompletedAndPassed => text["To be completed and passed"],
        MoveOn.CompletedOrPassed => text["To be completed or passed"],
        _ => text["Nothing"],
    };

    /// <summary>Why a unit is not done, in plain words.</summary>
    public string Missing(UnitView unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (!unit.Started) return text["It was never opened."];
        var standing = unit.Record?.Standing ?? default;
        return unit.MoveOn switch
        {
            MoveOn.CompletedAndPassed when standing.Completed => text["It has not said that it was passed."],
            MoveOn.CompletedAndPassed when standing.Passed => text["It has not said that it was completed."],
            MoveOn.Completed => text["It has not said that it was completed."],
            MoveOn.Passed => text["It has not said that it was passed."],
            _ => text["It has said neither that it was completed nor that it was passed."],
        };
    }

    public string TitleOf(UnitSession session) =>
        Course.Sections.SelectMany(s => s.Units).FirstOrDefault(u => u.PublisherId == session?.PublisherId)?.Title ?? session?.PublisherId ?? "";

    public string ModeOf(UnitSession session) => session?.Mode switch { LaunchMode.Browse => text["Looking around"], LaunchMode.Review => text["Looking again"], _ => text["For record"] };

    public string SaidIn(UnitSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var said = new List<string>();
        if (session.Said.HasFlag(AuVerbs.Initialized)) said.Add(text["it is ready"]);
        if (session.Said.HasFlag(AuVerbs.Completed)) said.Add(text["it was completed"]);
        if (session.Said.HasFlag(AuVerbs.Passed)) said.Add(text["it was passed"]);
        if (session.Said.HasFlag(AuVerbs.Failed)) said.Add(text["it was not passed"]);
        if (session.Said.HasFlag(AuVerbs.Terminated)) said.Add(text["it has ended"]);
        return said.Count > 0 ? string.Join(", ", said) : session.HeardAt is null ? text["Nothing"] : text["Statements of its own"];
    }

    public string EndOf(UnitSession session) => session?.End switch { SessionEnd.Terminated => text["Ended by the unit"], SessionEnd.Abandoned => text["Abandoned"], _ => text["Open"] };

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await overview.OfSeenAsync(Id, ct) is not { } course || !User.Has(Policies.Staff, course.Registration.CentreId)) return false;
        Course = course;
        Sessions = await overview.SessionsAsync(Id, ct);
        var learner = RegisteredLearner.Of(course.Registration);
        Learner = await db.People.Where(p => p.Id == course.Registration.LearnerId).Select(p => p.Name).SingleOrDefaultAsync(ct) ?? learner.Agent.Name ?? learner.Id;
        return true;
    }

    private RedirectToPageResult Done(string sentence)
    {
        TempData.Notify(sentence);
        return RedirectToPage(new { Id });
    }

    private PageResult Refused(string sentence)
    {
        ModelState.AddModelError("", sentence);
        return Page();
    }
}
