using System.Globalization;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Export;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>The statements that somebody on the staff may see, newest first.</summary>
[Authorize(Policies.Staff)]
public sealed class StatementsModel(
    StatementWindow window, StatementFigures figures, StatementTexts texts, AgentSearch agents, StatementReader reader, CentreScope scope, StatementClock clock, TimeProvider time,
    IStringLocalizer<XapiText> text) : PageModel
{
    private const int MostVerbs = 100;

    [BindProperty(SupportsGet = true)] public string? Who { get; set; }
    [BindProperty(SupportsGet = true)] public string? Verb { get; set; }
    [BindProperty(SupportsGet = true)] public string? Activity { get; set; }
    [BindProperty(SupportsGet = true)] public string? Registration { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? Since { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? Until { get; set; }
    [BindProperty(SupportsGet = true)] public bool Related { get; set; }
    [BindProperty(SupportsGet = true)] public long? Before { get; set; }
    [BindProperty(SupportsGet = true)] public long? After { get; set; }

    public LinePage Found { get; private set; } = LinePage.Empty;
    public AgentFound Agent { get; private set; } = new(null, []);
    public IReadOnlyList<SelectListItem> Verbs { get; private set; } = [];
    public DateTime Now { get; private set; }
    public DateTime ConsistentThrough { get; private set; }
    public bool HasMoreFilters => Related || Activity is not null || Registration is not null || Since is not null || Until is not null;
    public bool IsFiltered => Who is not null || Verb is not null || HasMoreFilters;
    public Pager Pager => new(At("after", Found.Newer), At("before", Found.Older), "");

    /// <summary>The filters as the form to download what they find carries them on.</summary>
    public IEnumerable<(string Name, string Value)> Filters => Request.Query.Where(q => q.Key is "who" or "verb" or "activity" or "registration" or "since" or "until" or "related")
        .Select(q => (q.Key, q.Value.ToString())).Where(q => q.Item2.Length > 0);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Now = time.GetUtcNow().UtcDateTime;
        ConsistentThrough = await clock.ConsistentThroughAsync(ct);
        var query = await QueryAsync(ct);
        Verbs = await VerbsAsync(ct);
        if (query is not null) Found = await window.PageAsync(query, Before, After, StatementWindow.PageSize, ct);
    }

    /// <summary>All that the filters find, as a file.</summary>
    public async Task<IActionResult> OnGetExportAsync(string? format, string[]? columns, CancellationToken ct)
    {
        var chosen = StatementColumns.All.Where(c => columns?.Contains(c.Name) == true).ToList();
        var file = ExportFormats.Of(format, chosen.Count > 0 ? chosen : StatementColumns.All, NameBook.ReadersLanguages);
        if (file is null || !ModelState.IsValid || await QueryAsync(ct) is not { } query) return NotFound();
        await new StatementExport(reader, query with { Ascending = true }, StatementViewer.Of(scope), await clock.ConsistentThroughAsync(ct), file).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }

    public string Ago(StatementLine line) => texts.Ago((line ?? throw new ArgumentNullException(nameof(line))).At, Now);

    /// <summary>Null when the filters can match nothing.</summary>
    private async Task<StatementQuery?> QueryAsync(CancellationToken ct)
    {
        (Who, Verb, Activity, Registration) = (Tidy(Who), Tidy(Verb), Tidy(Activity), Tidy(Registration));
        if (Who is { } typed) Agent = await agents.FindAsync(typed, ct);
        var registration = Guid.TryParse(Registration, out var id) ? id : (Guid?)null;
        if ((Registration is not null && registration is null) || (Who is not null && Agent.Key is null)) return null;
        return new StatementQuery
        {
            Agent = Agent.Key, Verb = Verb, Activity = Activity, Registration = registration, RelatedActivities = Related, RelatedAgents = Related,
            After = Since is { } since ? since.ToDateTime(default).Ticks - 1 : 0,
            Before = Until is { } until && until < DateOnly.MaxValue ? until.AddDays(1).ToDateTime(default).Ticks : long.MaxValue,
        };
    }

    private async Task<IReadOnlyList<SelectListItem>> VerbsAsync(CancellationToken ct)
    {
        var known = await figures.VerbsAsync(MostVerbs, ct);
        var names = await texts.OpenAsync(known.Select(v => v.Name).Concat(Verb is { } asked ? [asked] : []), [], [], ct);
        var iris = known.Select(v => v.Name).Union(Verb is { } chosen ? [chosen] : []);
        return [new(text["All"], ""), .. iris.Select(iri => new SelectListItem(names.Verb(iri, null).Text, iri)).OrderBy(v => v.Text, StringComparer.CurrentCulture)];
    }

    private string? At(string end, long? sequence)
    {
        if (sequence is not { } place) return null;
        var query = new QueryBuilder(Request.Query.Where(q => q.Key is not ("before" or "after"))) { { end, place.ToString(CultureInfo.InvariantCulture) } };
        return Request.PathBase + Request.Path + query.ToQueryString();
    }

    private static string? Tidy(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
