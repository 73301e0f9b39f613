using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi;

/// <summary>Adds statements to the current unit of work, so that a statement and what it tells of are one commit.</summary>
public sealed class StatementStore(LmsDbContext db, XapiAddresses addresses, KnownNames known, TimeProvider clock)
{
    /// <summary>Completes a statement of this system with id, stored, authority and version, and adds it.</summary>
    public async Task AppendAsync(Statement statement, Guid centreId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var now = clock.GetUtcNow();
        statement = statement with
        {
            Id = statement.Id ?? Guid.CreateVersion7(),
            Timestamp = statement.Timestamp ?? now,
            Stored = now,
            Authority = addresses.System,
            Version = "1.0.3",
        };
        var row = new StoredStatement
        {
            Id = statement.Id.Value,
            CentreId = centreId,
            Verb = statement.Verb.Id,
            Registration = statement.Context?.Registration,
            Timestamp = statement.Timestamp.Value.UtcDateTime,
            Stored = now.UtcDateTime,
            Json = StatementWriter.Write(statement),
        };
        foreach (var (key, usage) in StatementNames.Agents(statement))
            row.Agents.Add(new StatementAgent { AgentId = await AgentAsync(key, ct), Usage = usage });
        foreach (var (activity, usage) in StatementNames.Activities(statement))
            row.Activities.Add(new StatementActivity { ActivityId = await ActivityAsync(activity, ct), Usage = usage });
        db.Statements.Add(row);
    }

    private Task<long> AgentAsync(string key, CancellationToken ct) => IdAsync(
        key, async id => (await db.XapiAgents.FindAsync([id], ct))?.Key, id => db.XapiAgents.Add(new XapiAgent { Id = id, Key = key }));

    private Task<long> ActivityAsync(Activity activity, CancellationToken ct) => IdAsync(
        activity.Id,
        async id => (await db.XapiActivities.FindAsync([id], ct))?.Iri,
        id => db.XapiActivities.Add(new XapiActivity
        {
            Id = id,
            Iri = activity.Id,
            Definition = activity.Definition is null ? null : StatementWriter.Write(activity.Definition),
        }));

    /// <summary>
    /// The id of a name is its hash, so two writers need no lock to agree on it; should two names ever share a hash, the later one
    /// takes the next free number.
    /// </summary>
    private async Task<long> IdAsync(string name, Func<long, Task<string?>> find, Action<long> add)
    {
        if (known.Find(name) is { } cached) return cached;
        for (var id = HashOf(name); ; id++)
        {
            var holder = await find(id);
            if (holder is null) { add(id); return id; }
            if (holder != name) continue;
            if (db.ChangeTracker.Entries().All(e => e.State != EntityState.Added || !Equals(e.Property("Id").CurrentValue, id))) known.Remember(name, id);
            return id;
        }
    }

    private static long HashOf(string name) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) & long.MaxValue;
}

/// <summary>Names that are in the database for good, kept to save a look-up for each use.</summary>
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
