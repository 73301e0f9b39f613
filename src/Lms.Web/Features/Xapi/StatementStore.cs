using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
            Json = StatementWriter.ToUtf8(statement),
        };
        await LinkAsync(row, ct);
        db.Statements.Add(row);
    }

    private async Task LinkAsync(StoredStatement row, CancellationToken ct)
    {
        using var json = JsonDocument.Parse(row.Json);
        var links = StatementLinks.Of(json.RootElement);
        foreach (var agent in links.Agents.DistinctBy(a => (a.Key, a.Usage, a.IsDirect)))
            row.Agents.Add(new StatementAgent { AgentId = await AgentIdAsync(agent.Key, ct), Usage = agent.Usage, IsDirect = agent.IsDirect });
        foreach (var activity in links.Activities.DistinctBy(a => (a.Id, a.Usage, a.IsDirect)))
            row.Activities.Add(new StatementActivity { ActivityId = await ActivityIdAsync(activity, ct), Usage = activity.Usage, IsDirect = activity.IsDirect });
    }

    private async Task<long> AgentIdAsync(string key, CancellationToken ct)
    {
        if (known.Find(key) is { } cached) return cached;
        for (var id = HashOf(key); ; id++)
        {
            var holder = await db.XapiAgents.FindAsync([id], ct);
            if (holder is null) db.XapiAgents.Add(new XapiAgent { Id = id, Key = key });
            else if (holder.Key != key) continue;
            else if (db.Entry(holder).State == EntityState.Unchanged) known.Remember(key, id);
            return id;
        }
    }

    private async Task<long> ActivityIdAsync(ActivityLink activity, CancellationToken ct)
    {
        if (known.Find(activity.Id) is { } cached) return cached;
        for (var id = HashOf(activity.Id); ; id++)
        {
            var holder = await db.XapiActivities.FindAsync([id], ct);
            if (holder is null) db.XapiActivities.Add(new XapiActivity { Id = id, Iri = activity.Id, Definition = DefinitionOf(activity.Json) });
            else if (holder.Iri != activity.Id) continue;
            else if (db.Entry(holder).State == EntityState.Unchanged) known.Remember(activity.Id, id);
            return id;
        }
    }

    private static byte[]? DefinitionOf(JsonElement activity) =>
        activity.TryGetProperty("definition", out var definition) ? JsonSerializer.SerializeToUtf8Bytes(definition) : null;

    /// <summary>
    /// A name's id is its hash, so two writers agree on it without a lock; should two names ever share a hash, the later one takes
    /// the next free number.
    /// </summary>
    private static long HashOf(string name) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) & long.MaxValue;
}
