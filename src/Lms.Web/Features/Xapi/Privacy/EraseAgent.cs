using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lms.Web.Features.Xapi.Privacy;

/// <summary>The next chunk of an erasure is due.</summary>
public sealed record ErasureDue(Guid ErasureId, int Step);

/// <summary>
/// Takes an agent out of the statements, a chunk a commit. The chunk, how far it came and the message for the next one are saved
/// together; one that was done already is not done again.
/// </summary>
public sealed class EraseAgent(LmsDbContext db, KnownNames names, NameFinder finder, AttachmentStore attachments, XapiAddresses addresses, Outbox outbox, TimeProvider time) : IJob<ErasureDue>
{
    public const int Chunk = 200;

    public async Task RunAsync(ErasureDue message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        var committed = await db.TransactionAsync(() => ChunkAsync(message, ct), ct);
        committed?.Invoke();
    }

    /// <returns>What is to be done after the commit; null when nothing was due.</returns>
    private async Task<Action?> ChunkAsync(ErasureDue message, CancellationToken ct)
    {
        var erasure = await db.Erasures.SingleOrDefaultAsync(e => e.Id == message.ErasureId, ct);
        if (erasure is not { DoneAt: null, AgentKey: { } key } || erasure.Step != message.Step) return null;

        var agent = await finder.AgentAsync(key, ct);
        using var session = await StatementChanges.JoinAsync(db, names, ct);
        var rows = await NextAsync(erasure, agent ?? 0, ct);
        var pseudonyms = new Pseudonyms(addresses.Root, found => found == key ? erasure.Pseudonym : null);
        var rewritten = new List<byte[]>();
        foreach (var row in rows)
        {
            if (pseudonyms.Rewrite(row.Json, erasure.WithContent) is not { } json) continue;
            session.Rewrite(new StoredRow(row.Sequence, row.Id, row.CentreId, row.Json), row.Voided, json);
            rewritten.Add(row.Json);
        }
        if (erasure.WithContent) await attachments.DroppedAsync(rewritten, outbox, time, ct);
        erasure.Advance(rows.Count, rows.Count == 0 ? 0 : rows[^1].Sequence, isLast: rows.Count < Chunk);

        var isOver = erasure.Walk == ErasureWalk.Over;
        if (isOver) erasure.Finish(await DeleteDocumentsAsync(key, erasure.CentreId, ct), time.GetUtcNow().UtcDateTime);
        else outbox.Add(new ErasureDue(erasure.Id, erasure.Step));
        await db.SaveChangesAsync(ct);
        if (isOver && agent is { } id) await StatementChanges.DropUnusedAsync(db, names, [id], ct);
        return () =>
        {
            session.Committed();
            if (isOver) names.Agents.Forget(key);
        };
    }

    private Task<List<StoredStatement>> NextAsync(Erasure erasure, long agent, CancellationToken ct)
    {
        var position = erasure.Position;
        var isDirect = erasure.Walk == ErasureWalk.Direct;
        var found = erasure.Walk == ErasureWalk.Voided
            ? db.VoidedAgents.Where(a => a.AgentId == agent && a.Sequence > position).Select(a => a.Sequence)
            : db.StatementAgents.Where(a => a.AgentId == agent && a.IsDirect == isDirect && a.Sequence > position && a.Origin == 0).Select(a => a.Sequence);
        var statements = found.Join(db.Statements.AsNoTracking(), sequence => sequence, s => s.Sequence, (_, s) => s);
        if (erasure.CentreId is { } centre) statements = statements.Where(s => s.CentreId == centre);
        return statements.OrderBy(s => s.Sequence).Take(Chunk).ToListAsync(ct);
    }

    private Task<int> DeleteDocumentsAsync(string key, Guid? centreId, CancellationToken ct) =>
        db.DocumentsOf(key).Where(d => centreId == null || d.CentreId == centreId).ExecuteDeleteAsync(ct);
}

/// <summary>What erasing and retention share.</summary>
internal static class StatementChanges
{
    /// <summary>A session that writes within the transaction that is open on the context.</summary>
    public static async Task<StatementSession> JoinAsync(LmsDbContext db, KnownNames names, CancellationToken ct)
    {
        var hub = await db.Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).FirstAsync(ct);
        var session = new StatementSession(db, names, hub);
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        await names.BeginErasingAsync(transaction, ct);
        session.Join(transaction);
        return session;
    }

    /// <summary>The files of these statements' attachments are to go, when it is certain that no other statement has them.</summary>
    public static async Task DroppedAsync(this AttachmentStore attachments, IEnumerable<byte[]> statements, Outbox outbox, TimeProvider time, CancellationToken ct)
    {
        if (await attachments.FilesOfAsync(statements, ct) is { Count: > 0 } files) outbox.Add(new AttachmentsDropped(files), time.GetUtcNow().UtcDateTime + DeleteAttachments.Wait);
    }

    /// <summary>Deletes the names of agents who stand in no statement any more, at the end of the transaction that is open on the context.</summary>
    public static async Task DropUnusedAsync(LmsDbContext db, KnownNames names, IEnumerable<long> agents, CancellationToken ct)
    {
        await names.HoldAsync(db.Database.CurrentTransaction!.GetDbTransaction(), ct);
        var dropped = 0;
        foreach (var id in agents.Distinct())
        {
            if (await db.StatementAgents.AnyAsync(a => a.AgentId == id && a.IsDirect, ct) || await db.StatementAgents.AnyAsync(a => a.AgentId == id && !a.IsDirect, ct)
                || await db.VoidedAgents.AnyAsync(a => a.AgentId == id, ct)) continue;
            if (await db.XapiAgents.Where(a => a.Id == id).Select(a => a.Name).SingleOrDefaultAsync(ct) is { } name) names.Agents.Forget(name);
            dropped += await db.XapiAgents.Where(a => a.Id == id).ExecuteDeleteAsync(ct);
        }
        if (dropped > 0) await db.RaiseAsync(StatementCursor.Names, ct);
    }
}
