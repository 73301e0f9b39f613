using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>Finds the number of a name that statements use; null when none ever used it.</summary>
public sealed class NameFinder(LmsDbContext db, KnownNames known)
{
    public ValueTask<long?> AgentAsync(string key, CancellationToken ct) => FindAsync<XapiAgent>(known.Agents, key, ct);

    public ValueTask<long?> ActivityAsync(string iri, CancellationToken ct) => FindAsync<XapiActivity>(known.Activities, iri, ct);

    public ValueTask<long?> VerbAsync(string iri, CancellationToken ct) => FindAsync<XapiVerb>(known.Verbs, iri, ct);

    private async ValueTask<long?> FindAsync<T>(NameCache cache, string name, CancellationToken ct)
        where T : XapiName
    {
        if (cache.Find(name) is { } cached) return cached;
        for (var id = NameCache.FirstId(name); ; id++)
        {
            var holder = await db.Set<T>().AsNoTracking().Where(n => n.Id == id).Select(n => n.Name).SingleOrDefaultAsync(ct);
            if (holder is null) return null;
            if (holder != name) continue;
            cache.Remember(name, id);
            return id;
        }
    }
}
