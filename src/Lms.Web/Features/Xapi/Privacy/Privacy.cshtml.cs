using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Privacy;

/// <summary>Erasures, and how long each centre keeps its statements.</summary>
[Authorize(Policies.Manager)]
public sealed class PrivacyModel(StatementPrivacy privacy, LmsDbContext db, IStringLocalizer<XapiText> text) : PageModel
{
    private const int LongestType = 1_000;

    [BindProperty] public Guid Centre { get; set; }
    [BindProperty] public string? ActivityType { get; set; }
    [BindProperty] public int Months { get; set; } = 36;
    [BindProperty] public RetentionAction Action { get; set; }
    [BindProperty] public Guid Rule { get; set; }
    [BindProperty] public bool Sure { get; set; }

    public IReadOnlyList<Centre> Centres { get; private set; } = [];
    public IReadOnlyList<(RetentionRule Rule, RetentionEstimate Estimate)> Rules { get; private set; } = [];
    public IReadOnlyList<Erasure> Erasures { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> People { get; private set; } = new Dictionary<Guid, string>();

    public string NameOf(Guid? centre) => centre is { } id ? Centres.FirstOrDefault(c => c.Id == id)?.Name ?? "" : text["All centres"];
    public string WhoIs(Guid person) => People.GetValueOrDefault(person, "–");

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!Centres.Any(c => c.Id == Centre)) return NotFound();
        ActivityType = ActivityType?.Trim() ?? "";
        if (Months is < 1 or > RetentionRule.MostMonths) ModelState.AddModelError("", text["Give a number of months from 1 to {0}.", RetentionRule.MostMonths]);
        if (ActivityType.Length > LongestType || (ActivityType.Length > 0 && !Uri.TryCreate(ActivityType, UriKind.Absolute, out _)))
            ModelState.AddModelError("", text["A type of activity is an address, for example {0}. Leave it empty for all.", Standards.Xapi.ActivityTypes.Interaction]);
        if (!ModelState.IsValid) return Page();
        if (await privacy.AddRuleAsync(Centre, ActivityType, Months, Action, User.PersonId(), ct)) return Done(text["The rule is made. Look at what it would do, then switch it on."]);
        ModelState.AddModelError("", text["There is a rule like this already."]);
        return Page();
    }

    public async Task<IActionResult> OnPostOnAsync(CancellationToken ct)
    {
        if (!Sure)
        {
            await LoadAsync(ct);
            ModelState.AddModelError("", text["Tick the box to confirm."]);
            return Page();
        }
        return await privacy.SwitchAsync(Rule, on: true, User, ct) ? Done(text["The rule is switched on."]) : NotFound();
    }

    public async Task<IActionResult> OnPostOffAsync(CancellationToken ct) =>
        await privacy.SwitchAsync(Rule, on: false, User, ct) ? Done(text["The rule is switched off."]) : NotFound();

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct) => await privacy.RemoveAsync(Rule, User, ct) ? Done(text["The rule is gone."]) : NotFound();

    private async Task LoadAsync(CancellationToken ct)
    {
        Centres = await privacy.CentresAsync(User, ct);
        var rules = new List<(RetentionRule, RetentionEstimate)>();
        foreach (var rule in await privacy.RulesAsync(User, ct)) rules.Add((rule, await privacy.EstimateAsync(rule, ct)));
        (Rules, Erasures) = (rules, await privacy.ErasuresAsync(ct));
        var ids = Erasures.Select(e => e.RequestedBy).Concat(rules.Select(r => r.Item1.ChangedBy)).Distinct().ToList();
        People = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
    }

    private RedirectResult Done(string sentence)
    {
        TempData.Notify(sentence);
        return Redirect("/statements/privacy");
    }
}
