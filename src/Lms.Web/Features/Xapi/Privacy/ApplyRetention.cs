using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Privacy;

/// <summary>The next chunk of a retention rule is due.</summary>
public sealed record RetentionDue(Guid RuleId, int Step);

/// <summary>Applies a retention rule to what has grown old since the last night, a chunk a commit, and calls itself again.</summary>
public sealed class ApplyRetention(LmsDbContext db, KnownNames names, NameFinder finder, StatementCounting counting, AttachmentStore attachments, XapiAddresses addresses, Outbox outbox, TimeProvider time)
    : IJob<RetentionDue>
{
    public const int Chunk = 200;

    public async Task RunAsync(RetentionDue message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        var counted = (await counting.CursorAsync(ct)).Sequence;
        var committed = await db.TransactionAsync(() => ChunkAsync(message, counted, ct), ct);
        committed?.Invoke();
    }

    /// <returns>What is to be done after the commit; null when nothing was due.</returns>
    private async Task<Action?> ChunkAsync(RetentionDue message, long counted, CancellationToken ct)
    {
        var rule = await db.RetentionRules.SingleOrDefaultAsync(r => r.Id == message.RuleId, ct);
        if (rule is not { IsOn: true } || rule.Step != message.Step) return null;

        var now = time.GetUtcNow().UtcDateTime;
        // Only what is counted: what a statement has added to the counts is then known.
        var (after, limit) = (rule.Through, Math.Min(rule.LimitAt(now), counted + 1));
        var rows = await db.Statements.AsNoTracking().Where(s => s.CentreId == rule.CentreId && s.Sequence > after && s.Sequence < limit)
            .OrderBy(s => s.Sequence).Take(Chunk).ToListAsync(ct);
        var meant = await MeantAsync(rows, rule.ActivityType, ct);
        using var session = await StatementChanges.JoinAsync(db, names, ct);
        var agents = await AgentsAsync(meant, ct);
        if (rule.Action == RetentionAction.Delete) await DeleteAsync(session, meant, ct);
        var changed = rule.Action == RetentionAction.Delete ? meant.Count : Pseudonymise(session, meant, rule);

        rule.Advance(rows.Count == 0 ? after : rows[^1].Sequence, changed);
        if (rows.Count == Chunk) outbox.Add(new RetentionDue(rule.Id, rule.Step));
        await db.SaveChangesAsync(ct);
        await StatementChanges.DropUnusedAsync(db, names, agents, ct);
        return session.Committed;
    }

    /// <summary>Those whose object is an activity of the type.</summary>
    public async Task<List<StoredStatement>> MeantAsync(IReadOnlyList<StoredStatement> rows, string type, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (type.Length == 0) return [.. rows];
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        var meant = new List<StoredStatement>();
        foreach (var row in rows)
        {
            if (ObjectOf(row.Json) is not { } iri) continue;
            if (!known.TryGetValue(iri, out var fits)) known[iri] = fits = await IsOfTypeAsync(iri, type, ct);
            if (fits) meant.Add(row);
        }
        return meant;
    }

    private async Task DeleteAsync(StatementSession session, List<StoredStatement> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        await counting.ForgetAsync(rows, ct);
        await attachments.DroppedAsync(rows.Select(r => r.Json), outbox, time, ct);
        foreach (var row in rows) session.Delete(new StoredRow(row.Sequence, row.Id, row.CentreId, row.Json));
    }

    private int Pseudonymise(StatementSession session, List<StoredStatement> rows, RetentionRule rule)
    {
        var changed = 0;
        foreach (var row in rows)
        {
            // Who vouches for a statement is a system; that must stay true.
            var authority = AuthorityOf(row.Json);
            var pseudonyms = new Pseudonyms(addresses.Root, key => key == authority || Pseudonyms.IsOne(key, addresses.Root) ? null : Pseudonyms.Keyed(rule.Secret, key));
            if (pseudonyms.Rewrite(row.Json, withContent: false) is not { } json) continue;
            session.Rewrite(new StoredRow(row.Sequence, row.Id, row.CentreId, row.Json), row.Voided, json);
            changed++;
        }
        return changed;
    }

    private async Task<List<long>> AgentsAsync(List<StoredStatement> rows, CancellationToken ct)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            using var json = JsonDocument.Parse(row.Json);
            keys.UnionWith(StatementLinks.Of(json.RootElement).Agents.Select(a => a.Key));
        }
        var ids = new List<long>();
        foreach (var key in keys) if (await finder.AgentAsync(key, ct) is { } id) ids.Add(id);
        return ids;
    }

    private async Task<bool> IsOfTypeAsync(string iri, string type, CancellationToken ct)
    {
        if (await finder.ActivityAsync(iri, ct) is not { } id) return false;
        if (await db.XapiActivities.AsNoTracking().Where(a => a.Id == id).Select(a => a.Definition).SingleAsync(ct) is not { } definition) return false;
        using var json = JsonDocument.Parse(definition);
        return json.RootElement.TryGetProperty("type"u8, out var known) && known.ValueEquals(type);
    }

    private static string? ObjectOf(byte[] statement)
    {
        using var json = JsonDocument.Parse(statement);
        return StatementLinks.Of(json.RootElement).Activities.Where(a => a.IsDirect).Select(a => a.Id).FirstOrDefault();
    }

    private static string? AuthorityOf(byte[] statement)
    {
        using var json = JsonDocument.Parse(statement);
        return json.RootElement.TryGetProperty("authority"u8, out var authority) ? AgentKey.Of(authority) : null;
    }
}

/// <summary>In the night, when few are there: begins a round of each rule that is on.</summary>
public sealed class StartRetention(LmsDbContext db, Outbox outbox) : IJob<TimeCame>
{
    public async Task RunAsync(TimeCame message, CancellationToken ct)
    {
        foreach (var rule in await db.RetentionRules.AsNoTracking().Where(r => r.IsOn).Select(r => new { r.Id, r.Step }).ToListAsync(ct))
            outbox.Add(new RetentionDue(rule.Id, rule.Step));
        await db.SaveChangesAsync(ct);
    }
}
