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
            await RunAsync("""
                INSERT INTO "StatementCounts" ("ActivityId", "CentreId", "Day", "VerbId", "Statements", "Registrations") VALUES ({0}, {1}, {2}, {3}, {4}, {5})
                ON CONFLICT ("ActivityId", "CentreId", "Day", "VerbId") DO UPDATE
                SET "Statements" = "StatementCounts"."Statements" + {4}, "Registrations" = "StatementCounts"."Registrations" + {5}
                """, ct, activity, db.DatabaseValue(centre), day, verb, statements, registrations);
        }
        foreach (var ((activity, centre, item), (right, wrong)) in _answers)
        {
            await RunAsync("""
                INSERT INTO "AnswerCounts" ("ActivityId", "CentreId", "ItemId", "Right", "Wrong") VALUES ({0}, {1}, {2}, {3}, {4})
                ON CONFLICT ("ActivityId", "CentreId", "ItemId") DO UPDATE SET "Right" = "AnswerCounts"."Right" + {3}, "Wrong" = "AnswerCounts"."Wrong" + {4}
                """, ct, activity, db.DatabaseValue(centre), item, right, wrong);
        }
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
        var known = await db.RegistrationSteps.IgnoreQueryFilters().AsNoTracking()
            .Where(s => s.ActivityId == activity && s.CentreId == centre && s.VerbId == verb && s.Registration == registration)
            .Select(s => new { s.Day, s.Statements }).SingleOrDefaultAsync(ct);
        var (before, after) = (known?.Statements ?? 0, (known?.Statements ?? 0) + change.Statements);
        var day = known?.Day ?? change.Day;
        if (before <= 0 && after > 0) Count(activity, centre, day, verb, 0, 1);
        if (before > 0 && after <= 0) Count(activity, centre, day, verb, 0, -1);
        object[] values = [activity, db.DatabaseValue(centre), verb, db.DatabaseValue(registration), day, after];
        if (after > 0)
            await RunAsync("""
                INSERT INTO "RegistrationSteps" ("ActivityId", "CentreId", "VerbId", "Registration", "Day", "Statements") VALUES ({0}, {1}, {2}, {3}, {4}, {5})
                ON CONFLICT ("ActivityId", "CentreId", "VerbId", "Registration") DO UPDATE SET "Statements" = {5}
                """, ct, values);
        else if (known is not null)
            await RunAsync("""DELETE FROM "RegistrationSteps" WHERE "ActivityId" = {0} AND "CentreId" = {1} AND "VerbId" = {2} AND "Registration" = {3}""", ct, values[..4]);
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

    private Task<int> RunAsync(string sql, CancellationToken ct, params object[] values) => db.Database.ExecuteSqlRawAsync(sql, values, ct);
}
