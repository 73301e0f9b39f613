using System.Collections.Concurrent;

namespace Lms.Web.Features.Xapi;

/// <summary>Names of agents and activities that are in the database for good, kept to save a look-up for each use.</summary>
public sealed class KnownNames
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, long> _ids = new(StringComparer.Ordinal);

    public long? Find(string name) => _ids.TryGetValue(name, out var id) ? id : null;

    public void Remember(string name, long id)
    {
        if (_ids.Count >= Most) _ids.Clear();
        _ids[name] = id;
    }
}
