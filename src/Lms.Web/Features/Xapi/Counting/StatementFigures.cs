using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Counting;

/// <summary>A verb's statements on one day.</summary>
public sealed record DayCount(DateOnly Day, long VerbId, long Statements);

/// <summary>A question, and how it was answered.</summary>
public sealed record ItemFigure(long ItemId, long Right, long Wrong)
{
    public double ShareRight => Right / (double)Math.Max(1, Right + Wrong);
}

/// <summary>The counts as somebody may see them. Each question is a range of one key, however many statements there are.</summary>
public sealed class StatementFigures(LmsDbContext db, NameFinder names, CentreScope scope, TimeProvider time)
{
    private const int MostRows = 20_000;
    private static readonly Verb[] Steps = [Verbs.Registered, Verbs.Initialized, Verbs.Progressed, Verbs.Completed, Verbs.Passed, Verbs.Earned];

    private Guid[] Centres => StatementViewer.Of(scope).Centres?.ToArray() ?? [StatementCount.Network];

    /// <param name="activityId">0 for all activities.</param>
    /// <param name="days">How many days back, today included.</param>
    public async Task<IReadOnlyList<DayCount>> ByDayAsync(long activityId, int days, CancellationToken ct)
    {
        var (first, centres) = (Today - days + 1, Centres);
        var rows = await db.StatementCounts.AsNoTracking().Where(c => c.ActivityId == activityId && centres.Contains(c.CentreId) && c.Day >= first && c.Statements > 0)
            .Select(c => new { c.Day, c.VerbId, c.Statements }).Take(MostRows).ToListAsync(ct);
        return [.. rows.GroupBy(r => (r.Day, r.VerbId)).Select(g => new DayCount(DateOnly.FromDayNumber(g.Key.Day), g.Key.VerbId, g.Sum(r => r.Statements)))];
    }

    /// <summary>How many registrations came to each step of a course; empty when nothing is known of it.</summary>
    public async Task<IReadOnlyList<(Verb Step, long Registrations)>> FunnelAsync(long activityId, CancellationToken ct)
    {
        var centres = Centres;
        var sums = await db.StatementCounts.AsNoTracking().Where(c => c.ActivityId == activityId && centres.Contains(c.CentreId))
            .GroupBy(c => c.VerbId).Select(g => new { g.Key, Sum = g.Sum(c => c.Registrations) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
        var steps = new List<(Verb, long)>();
        foreach (var step in Steps)
            steps.Add((step, await names.VerbAsync(step.Id, ct) is { } id ? sums.GetValueOrDefault(id) : 0));
        return steps.Exists(s => s.Item2 > 0) ? steps : [];
    }

    /// <summary>The questions of an activity, the hardest first.</summary>
    public async Task<IReadOnlyList<ItemFigure>> ItemsAsync(long activityId, int most, CancellationToken ct)
    {
        var centres = Centres;
        var rows = await db.AnswerCounts.AsNoTracking().Where(c => c.ActivityId == activityId && centres.Contains(c.CentreId))
            .Select(c => new { c.ItemId, c.Right, c.Wrong }).Take(MostRows).ToListAsync(ct);
        return [.. rows.GroupBy(r => r.ItemId).Select(g => new ItemFigure(g.Key, g.Sum(r => r.Right), g.Sum(r => r.Wrong)))
            .Where(i => i.Right + i.Wrong > 0).OrderBy(i => i.ShareRight).ThenBy(i => i.ItemId).Take(most)];
    }

    /// <summary>The verbs that were said of late, the most frequent first.</summary>
    public async Task<IReadOnlyList<XapiVerb>> VerbsAsync(int most, CancellationToken ct)
    {
        var days = await ByDayAsync(0, 366, ct);
        var ids = days.GroupBy(d => d.VerbId).OrderByDescending(g => g.Sum(d => d.Statements)).Take(most).Select(g => g.Key).ToList();
        var known = await db.XapiVerbs.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
        return [.. known.OrderBy(v => ids.IndexOf(v.Id))];
    }

    private int Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;
}
