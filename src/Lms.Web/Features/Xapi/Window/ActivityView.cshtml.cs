using System.Text.Json;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>What is known of an activity, for whoever sees a statement in which it stands.</summary>
[Authorize(Policies.Staff)]
public sealed class ActivityViewModel(StatementWindow window, StatementTexts texts, ActivityCharts charts, LmsDbContext db, TimeProvider time) : PageModel
{
    private const int Days = 90;
    private const int Recent = 10;
    private static readonly string[] Components = ["choices", "scale", "source", "target", "steps"];

    [BindProperty(SupportsGet = true)] public long Id { get; set; }

    public XapiActivity Activity { get; private set; } = null!;
    public ShownName Name { get; private set; } = null!;
    public NameBook Names { get; private set; } = null!;
    public JsonElement? Definition { get; private set; }
    public LinePage Statements { get; private set; } = LinePage.Empty;
    public IReadOnlyList<IHtmlContent> Charts { get; private set; } = [];
    public DateTime Now { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await db.XapiActivities.AsNoTracking().SingleOrDefaultAsync(a => a.Id == Id, ct) is not { } activity) return NotFound();
        Statements = await window.PageAsync(new StatementQuery { Activity = activity.Name, RelatedActivities = true }, null, null, Recent, ct);
        // What another centre called it is nobody's business here.
        if (Statements.Lines.Count == 0) return NotFound();
        (Activity, Now) = (activity, time.GetUtcNow().UtcDateTime);
        Definition = activity.Definition is { } json ? NameBook.Parse(json) : null;
        Names = await texts.OpenAsync([], [activity.Name], [], ct);
        Name = Names.Activity(activity.Name, null);
        Charts = await charts.OfAsync(Id, Days, ct);
        return Page();
    }

    public string? Word(string property) =>
        Definition is { } whole && whole.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? ShownText.Of(value.GetString(), 400) : null;

    /// <summary>The parts of an interaction: choices, steps and so on, with their descriptions.</summary>
    public IEnumerable<(string Id, string Text)> Parts() =>
        Components.Where(c => Definition is { } whole && whole.TryGetProperty(c, out _)).SelectMany(c => Definition!.Value.GetProperty(c).EnumerateArray())
            .Select(c => (ShownText.Of(c.GetProperty("id"u8).GetString()), ShownText.Of(Names.TextIn(c, "description")))).Take(100);

    public IEnumerable<string> RightResponses() =>
        Definition is { } whole && whole.TryGetProperty("correctResponsesPattern"u8, out var patterns) ? patterns.EnumerateArray().Select(p => ShownText.Of(p.GetString(), 400)).Take(20) : [];
}
