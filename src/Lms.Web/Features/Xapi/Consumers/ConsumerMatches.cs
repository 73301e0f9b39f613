using System.Collections.Frozen;
using System.Data.Common;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Store;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>
/// Decides which consumers get a statement. The consumers are kept in memory and read anew when one changes: where there are none, a
/// statement costs nothing more.
/// </summary>
public sealed class ConsumerMatches(RawDatabase database, XapiAddresses addresses)
{
    private const string Version = $"""SELECT "Version" FROM "StatementCursors" WHERE "Name" = '{StatementCursor.Consumers}'""";
    private const string Hub = $"""SELECT "Id" FROM "Centres" WHERE "Kind" = '{nameof(CentreKind.Hub)}'""";
    private const string All = """SELECT "Number", "CentreId", "Filter" FROM "StatementConsumers" """;
    private volatile Known? _known;

    /// <summary>The consumers as last read; none before <see cref="LoadAsync"/>.</summary>
    internal ConsumerMatch[] Current => _known?.All ?? [];

    /// <summary>The consumers, read from the database when nobody has yet.</summary>
    internal async ValueTask<ConsumerMatch[]> LoadAsync(CancellationToken ct)
    {
        if (_known is null) await ReloadAsync(ct);
        return Current;
    }

    /// <summary>Reads them again, after one was added, changed or removed.</summary>
    public async Task ReloadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        _known = await ReadAsync(connection, null, ct);
    }

    /// <summary>Sees to it that they are as new as <paramref name="version"/>, for a writer whose transaction has read it.</summary>
    internal async ValueTask ExpectAsync(int version, DbTransaction transaction, CancellationToken ct)
    {
        // On the writer's own connection: writers who each wait for a second one may wait for each other.
        if (!(_known?.Version >= version)) _known = await ReadAsync(transaction.Connection!, transaction, ct);
    }

    internal ConsumerMatch Of(int number, Guid? onlyCentre, ConsumerFilter filter) => new(
        number, onlyCentre ?? filter.CentreId, filter.Verbs.Count == 0 ? null : filter.Verbs.ToFrozenSet(StringComparer.Ordinal), filter.ActivityPrefix,
        filter.Course is { } slug ? addresses.Course(slug) : null);

    // The version first: what changes after it is read is read again for the next writer.
    private async Task<Known> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        var version = await QueryAsync(Version, reader => reader.GetInt32(0));
        var hub = await QueryAsync(Hub, reader => reader.GetGuid(0));
        var all = await QueryAsync(All, reader => (Number: reader.GetInt32(0), CentreId: reader.GetGuid(1), Filter: JsonColumn.Read<ConsumerFilter>(reader.GetString(2))));
        return new Known(version.FirstOrDefault(), [.. all.Select(c => Of(c.Number, hub.Contains(c.CentreId) ? null : c.CentreId, c.Filter))]);

        async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read)
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var rows = new List<T>();
            while (await reader.ReadAsync(ct)) rows.Add(read(reader));
            return rows;
        }
    }

    private sealed record Known(int Version, ConsumerMatch[] All);
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
