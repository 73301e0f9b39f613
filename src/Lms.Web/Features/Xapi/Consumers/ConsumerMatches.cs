using System.Collections.Frozen;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>
/// Decides which consumers get a statement. The consumers are kept in memory and read anew when one changes: where there are none, a
/// statement costs nothing more.
/// </summary>
public sealed class ConsumerMatches(IServiceScopeFactory scopes, XapiAddresses addresses) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile ConsumerMatch[]? _all;

    /// <summary>The consumers as last read; none before <see cref="LoadAsync"/>.</summary>
    internal ConsumerMatch[] Current => _all ?? [];

    /// <summary>The consumers, read from the database when nobody has yet.</summary>
    internal async ValueTask<ConsumerMatch[]> LoadAsync(CancellationToken ct)
    {
        if (_all is null) await ReloadAsync(ct);
        return Current;
    }

    /// <summary>Reads them again, after one was added, changed or removed.</summary>
    public async Task ReloadAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
            var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
            var hub = await db.Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).FirstOrDefaultAsync(ct);
            var rows = await db.StatementConsumers.AsNoTracking().Select(c => new { c.Number, c.CentreId, c.Filter }).ToListAsync(ct);
            _all = [.. rows.Select(c => Of(c.Number, c.CentreId == hub ? null : c.CentreId, c.Filter))];
        }
        finally
        {
            _reading.Release();
        }
    }

    internal ConsumerMatch Of(int number, Guid? onlyCentre, ConsumerFilter filter) => new(
        number, onlyCentre ?? filter.CentreId, filter.Verbs.Count == 0 ? null : filter.Verbs.ToFrozenSet(StringComparer.Ordinal), filter.ActivityPrefix,
        filter.Course is { } slug ? addresses.Course(slug) : null);

    public void Dispose() => _reading.Dispose();
}

/// <summary>The condition on which a consumer gets a statement.</summary>
/// <param name="CentreId">The only centre whose statements it gets; null for every centre's.</param>
internal sealed record ConsumerMatch(int Number, Guid? CentreId, FrozenSet<string>? Verbs, string? ActivityPrefix, string? Course)
{
    /// <param name="voided">What the statement says that this one voids: whoever has that one must learn of it.</param>
    public bool Takes(Guid centreId, Facts facts, Facts? voided = null) =>
        (CentreId is null || CentreId == centreId) && (Takes(facts) || (voided is not null && Takes(voided)));

    private bool Takes(Facts facts) =>
        Verbs?.Contains(facts.Verb) != false
        && (ActivityPrefix is null || Any(facts.Activities, ActivityPrefix, static (iri, prefix) => iri.StartsWith(prefix, StringComparison.Ordinal)))
        && (Course is null || Any(facts.Activities, Course, static (iri, course) => iri.StartsWith(course, StringComparison.Ordinal) && (iri.Length == course.Length || iri[course.Length] == '/')));

    private static bool Any(IReadOnlyList<ActivityFact> activities, string asked, Func<string, string, bool> matches)
    {
        foreach (var activity in activities)
            if (matches(activity.Iri, asked)) return true;
        return false;
    }
}
