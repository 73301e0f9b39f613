using Lms.Web.Data;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>Finds the number of a name that statements use; null when none ever used it.</summary>
public sealed class NameFinder(RawDatabase database, KnownNames known)
{
    public ValueTask<long?> AgentAsync(string key, CancellationToken ct) => FindAsync(known.Agents, "XapiAgents", key, ct);

    public ValueTask<long?> ActivityAsync(string iri, CancellationToken ct) => FindAsync(known.Activities, "XapiActivities", iri, ct);

    public ValueTask<long?> VerbAsync(string iri, CancellationToken ct) => FindAsync(known.Verbs, "XapiVerbs", iri, ct);

    private ValueTask<long?> FindAsync(NameCache cache, string table, string name, CancellationToken ct) =>
        cache.Find(NameCache.Storable(name)) is { } cached ? new(cached) : new(LookUpAsync(cache, table, NameCache.Storable(name), ct));

    private async Task<long?> LookUpAsync(NameCache cache, string table, string name, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        for (var id = NameCache.FirstId(name); ; id++)
        {
            await using var command = new SqlText().Add($"""SELECT "Name" FROM "{table}" WHERE "Id" =""", id).ToCommand(connection);
            if (await command.ExecuteScalarAsync(ct) is not string holder) return null;
            if (holder != name) continue;
            cache.Remember(name, id);
            return id;
        }
    }
}
