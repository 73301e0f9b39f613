using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi.Counting;
using Microsoft.AspNetCore.Html;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>The charts of an activity, or of all: each drawn from counts.</summary>
public sealed class ActivityCharts(StatementFigures figures, StatementTexts texts, LmsDbContext db, TimeProvider time, IStringLocalizer<XapiText> text)
{
    /// <summary>Periods that can be chosen, in days.</summary>
    public static readonly IReadOnlyList<int> Periods = [7, 30, 90, 365];
    private const int MostVerbs = 12;
    private const int MostItems = 25;

    /// <summary>What there is to draw; empty when nothing is counted yet.</summary>
    public async Task<IReadOnlyList<IHtmlContent>> OfAsync(long activityId, int days, CancellationToken ct)
    {
        var charts = new List<IHtmlContent>();
        await AddVerbsAsync(charts, activityId, days, ct);
        if (activityId == 0) return charts;
        await AddFunnelAsync(charts, activityId, ct);
        await AddItemsAsync(charts, activityId, ct);
        return charts;
    }

    private async Task AddVerbsAsync(List<IHtmlContent> charts, long activityId, int days, CancellationToken ct)
    {
        var counts = await figures.ByDayAsync(activityId, days, ct);
        if (counts.Count == 0) return;
        var byVerb = counts.GroupBy(c => c.VerbId).Select(g => (Id: g.Key, Sum: g.Sum(c => c.Statements))).OrderByDescending(v => v.Sum).Take(MostVerbs).ToList();
        var ids = byVerb.ConvertAll(v => v.Id);
        var iris = await db.XapiVerbs.AsNoTracking().Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var names = await texts.OpenAsync(iris.Values, [], [], ct);
        charts.Add(Charts.Line(text["Statements per day"], PerDay(counts, days)));
        charts.Add(Charts.Bars(text["By verb, in {0} days", Numbers.Text(days)], [.. byVerb.Where(v => iris.ContainsKey(v.Id)).Select(v => new Bar(names.Verb(iris[v.Id], null).Text, v.Sum))]));
        foreach (var (id, _) in byVerb.Take(3).Where(v => iris.ContainsKey(v.Id)))
            charts.Add(Charts.Line(text["“{0}” per day", names.Verb(iris[id], null).Text], PerDay([.. counts.Where(c => c.VerbId == id)], days)));
    }

    private List<Bar> PerDay(IReadOnlyList<DayCount> counts, int days)
    {
        var sums = counts.GroupBy(c => c.Day).ToDictionary(g => g.Key, g => g.Sum(c => c.Statements));
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return [.. Enumerable.Range(0, days).Select(i => today.AddDays(i + 1 - days)).Select(day => new Bar(Dates.Text(day), sums.GetValueOrDefault(day)))];
    }

    private async Task AddFunnelAsync(List<IHtmlContent> charts, long activityId, CancellationToken ct)
    {
        var steps = await figures.FunnelAsync(activityId, ct);
        if (steps.Count == 0) return;
        var most = steps.Max(s => s.Registrations);
        var names = await texts.OpenAsync(steps.Select(s => s.Step.Id), [], [], ct);
        charts.Add(Charts.Bars(text["How far registrations came"], [.. steps.Select(s => new Bar(names.Verb(s.Step.Id, null).Text, s.Registrations,
            $"{Numbers.Text(s.Registrations)} · {Numbers.PercentText(s.Registrations / (double)most)}", s.Step.Id == Verbs.Earned.Id || s.Step.Id == Verbs.Passed.Id ? Tone.Good : Tone.Brand))]));
    }

    private async Task AddItemsAsync(List<IHtmlContent> charts, long activityId, CancellationToken ct)
    {
        var items = await figures.ItemsAsync(activityId, MostItems, ct);
        if (items.Count == 0) return;
        var ids = items.Select(i => i.ItemId).ToList();
        var iris = await db.XapiActivities.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var names = await texts.OpenAsync([], iris.Values, [], ct);
        charts.Add(Charts.Bars(text["Share of right answers, the hardest questions first"], [.. items.Where(i => iris.ContainsKey(i.ItemId)).Select(i => new Bar(
            names.Activity(iris[i.ItemId], null).Text, i.ShareRight, text["{0} of {1}", Numbers.PercentText(i.ShareRight), Numbers.Text(i.Right + i.Wrong)], i.ShareRight < .5 ? Tone.Bad : Tone.Good))], max: 1));
    }
}
