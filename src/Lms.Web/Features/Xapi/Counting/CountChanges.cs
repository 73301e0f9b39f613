using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Counting;

/// <summary>What some statements add to the counts, or take from them, summed up before it is written.</summary>
internal sealed class CountChanges(LmsDbContext db, NameFinder names)
{
    // More than this many activities around one statement are no course's doing.
    private const int MostWholes = 10;
    private static readonly HashSet<string> OfTheCourseItself = [Verbs.Registered.Id, Verbs.Initialized.Id, Verbs.Progressed.Id, Verbs.Completed.Id];
    private static readonly HashSet<string> OfAPartToo = [Verbs.Passed.Id, Verbs.Earned.Id];

    private readonly Dictionary<(long Activity, Guid Centre, int Day, long Verb), (long Statements, long Registrations)> _counts = [];
    private readonly Dictionary<(long Activity, Guid Centre, long Item), (long Right, long Wrong)> _answers = [];
    private readonly Dictionary<(long Activity, Guid Centre, long Verb, Guid Registration), (int Day, long Statements)> _steps = [];

    /// <param name="sign">1 for a statement that is counted from now on, -1 for one that no longer is.</param>
    public async Task AddAsync(long sequence, Guid centreId, JsonElement statement, int sign, CancellationToken ct)
    {
        var links = StatementLinks.Of(statement);
        if (await names.VerbAsync(links.VerbId, ct) is not { } verb) return;
        var day = DayOf(sequence);
        Count(0, centreId, day, verb, sign, 0);
        var target = await IdAsync(links.Activities.Where(a => a.IsDirect), ct);
        if (target is [var direct]) Count(direct, centreId, day, verb, sign, 0);
        var around = await IdAsync(links.Activities.Where(a => a is { InSubStatement: false, Usage: ActivityUsage.Parent or ActivityUsage.Grouping }), ct);
        AddSteps(links, centreId, verb, day, sign, target, around);
        if (target is [var item] && SuccessOf(statement) is { } right) AddAnswer(statement, links.VerbId, centreId, item, right, sign, around);
    }

    /// <summary>Writes the changes within the transaction that is open on the context.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        foreach (var (key, change) in _steps) await SaveStepAsync(key, change, ct);
        foreach (var ((activity, centre, day, verb), (statements, registrations)) in _counts)
        {
            if (statements == 0 && registrations == 0) continue;
            await AddAsync("StatementCounts", [("ActivityId", activity), ("CentreId", db.DatabaseValue(centre)), ("Day", day), ("VerbId", verb)],
                [("Statements", statements), ("Registrations", registrations)], ct);
        }
        foreach (var ((activity, centre, item), (right, wrong)) in _answers)
            await AddAsync("AnswerCounts", [("ActivityId", activity), ("CentreId", db.DatabaseValue(centre)), ("ItemId", item)], [("Right", right), ("Wrong", wrong)], ct);
    }

    public static int DayOf(long sequence) => (int)(sequence / TimeSpan.TicksPerDay);

    private void AddSteps(StatementLinks links, Guid centreId, long verb, int day, int sign, List<long> target, List<long> around)
    {
        if (links.Registration is not { } registration) return;
        var wholes = OfTheCourseItself.Contains(links.VerbId) ? target : OfAPartToo.Contains(links.VerbId) ? target.Union(around) : [];
        foreach (var whole in wholes)
        {
            var key = (whole, centreId, verb, registration);
            var known = _steps.GetValueOrDefault(key, (day, 0));
            _steps[key] = (known.Day, known.Statements + sign);
        }
    }

    private void AddAnswer(JsonElement statement, string verb, Guid centreId, long item, bool right, int sign, List<long> around)
    {
        var isInteraction = statement.GetProperty("object"u8).TryGetProperty("definition"u8, out var definition)
            && definition.TryGetProperty("type"u8, out var type) && type.ValueEquals(ActivityTypes.Interaction);
        if (!isInteraction && verb != Verbs.Answered.Id) return;
        foreach (var whole in around.Append(item).Distinct())
            foreach (var centre in new[] { centreId, StatementCount.Network })
            {
                var known = _answers.GetValueOrDefault((whole, centre, item));
                _answers[(whole, centre, item)] = (known.Right + (right ? sign : 0), known.Wrong + (right ? 0 : sign));
            }
    }

    /// <summary>A registration counts once for each step, on the day when it first came to it.</summary>
    private async Task SaveStepAsync((long Activity, Guid Centre, long Verb, Guid Registration) key, (int Day, long Statements) change, CancellationToken ct)
    {
        var (activity, centre, verb, registration) = key;
        var row = db.RegistrationSteps.IgnoreQueryFilters().AsNoTracking()
            .Where(s => s.ActivityId == activity && s.CentreId == centre && s.VerbId == verb && s.Registration == registration);
        var known = await row.Select(s => new { s.Day, s.Statements }).SingleOrDefaultAsync(ct);
        var (before, after) = (known?.Statements ?? 0, (known?.Statements ?? 0) + change.Statements);
        var day = known?.Day ?? change.Day;
        if (before <= 0 && after > 0) Count(activity, centre, day, verb, 0, 1);
        if (before > 0 && after <= 0) Count(activity, centre, day, verb, 0, -1);
        if (known is null && after > 0)
        {
            await InsertAsync("RegistrationSteps", [("ActivityId", activity), ("CentreId", db.DatabaseValue(centre)), ("VerbId", verb),
                ("Registration", db.DatabaseValue(registration)), ("Day", day), ("Statements", after)], ct);
        }
        else if (known is not null && after > 0) await row.ExecuteUpdateAsync(set => set.SetProperty(s => s.Statements, after), ct);
        else if (known is not null) await row.ExecuteDeleteAsync(ct);
    }

    private void Count(long activity, Guid centreId, int day, long verb, int statements, int registrations)
    {
        foreach (var centre in new[] { centreId, StatementCount.Network })
        {
            var known = _counts.GetValueOrDefault((activity, centre, day, verb));
            _counts[(activity, centre, day, verb)] = (known.Statements + statements, known.Registrations + registrations);
        }
    }

    private async Task<List<long>> IdAsync(IEnumerable<ActivityLink> links, CancellationToken ct)
    {
        var ids = new List<long>();
        foreach (var iri in links.Select(l => l.Id).Distinct().Take(MostWholes))
            if (await names.ActivityAsync(iri, ct) is { } id) ids.Add(id);
        return ids;
    }

    private static bool? SuccessOf(JsonElement statement) =>
        statement.TryGetProperty("result"u8, out var result) && result.TryGetProperty("success"u8, out var success) ? success.GetBoolean() : null;

#pragma warning disable EF1002 // What is put together are names of tables and columns, from above.
    /// <summary>Adds to the row of the key, or makes it. Nobody else does meanwhile: whoever changes counts holds the row of the cursor.</summary>
    private async Task AddAsync(string table, (string Column, object Value)[] key, (string Column, object Value)[] added, CancellationToken ct)
    {
        var sums = added.Select((a, i) => $"\"{a.Column}\" = \"{a.Column}\" + {{{i}}}");
        var conditions = key.Select((k, i) => $"\"{k.Column}\" = {{{added.Length + i}}}");
        var values = added.Concat(key).Select(v => v.Value).ToArray();
        if (await db.Database.ExecuteSqlRawAsync($"UPDATE \"{table}\" SET {string.Join(", ", sums)} WHERE {string.Join(" AND ", conditions)}", values, ct) == 0)
            await InsertAsync(table, [.. key, .. added], ct);
    }

    private Task<int> InsertAsync(string table, (string Column, object Value)[] row, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        $"INSERT INTO \"{table}\" ({string.Join(", ", row.Select(r => $"\"{r.Column}\""))}) VALUES ({string.Join(", ", row.Select((_, i) => $"{{{i}}}"))})",
        row.Select(r => r.Value), ct);
#pragma warning restore EF1002
}
