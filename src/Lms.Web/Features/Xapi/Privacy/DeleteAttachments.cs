using System.Text.Json;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Privacy;

/// <summary>Statements that had attachments in these files have them no more.</summary>
/// <param name="Files">Names of files.</param>
/// <param name="Since">When the search for others that have them began; null before.</param>
/// <param name="After">The sequence behind which it goes on.</param>
public sealed record AttachmentsDropped(IReadOnlyCollection<string> Files, DateTime? Since = null, long After = 0);

/// <summary>
/// Deletes the files of attachments that no statement has any more. It looks through all statements, a piece a run, since nothing else says which
/// files they name. A crash leaves a file too many at most, and the message by which the next run finds it.
/// </summary>
public sealed class DeleteAttachments(LmsDbContext db, AttachmentStore attachments, StatementClock order, Outbox outbox, TimeProvider time) : IJob<AttachmentsDropped>
{
    /// <summary>The bytes of an attachment come before the statement that names them, by less than this.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromHours(1);
    public const int Piece = 1_000;
    private const int MostGathered = 1_000;

    public async Task RunAsync(AttachmentsDropped message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Since is { } since) await SearchAsync(message, since, ct);
        else await GatherAsync(message, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Makes one search of all that wait, so that an erasure of a thousand chunks does not mean a thousand.</summary>
    private async Task GatherAsync(AttachmentsDropped message, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var files = message.Files.ToHashSet(StringComparer.Ordinal);
        var waiting = await db.Outbox.Where(m => m.Job == nameof(DeleteAttachments) && m.State == JobState.Pending && m.DueAt <= now).OrderBy(m => m.DueAt).Take(MostGathered).ToListAsync(ct);
        foreach (var row in waiting)
        {
            var other = JsonSerializer.Deserialize<AttachmentsDropped>(row.Payload)!;
            if (other.Since is not null) continue;
            files.UnionWith(other.Files);
            db.Remove(row);
        }
        outbox.Add(new AttachmentsDropped(files, now));
    }

    private async Task SearchAsync(AttachmentsDropped message, DateTime since, CancellationToken ct)
    {
        var (after, complete) = (message.After, (await order.ConsistentThroughAsync(ct)).Ticks);
        var rows = await db.Statements.AsNoTracking().Where(s => s.Sequence > after && s.Sequence <= complete)
            .OrderBy(s => s.Sequence).Take(Piece).Select(s => new { s.Sequence, s.Json }).ToListAsync(ct);
        var left = message.Files.Except(await attachments.FilesOfAsync(rows.Select(r => r.Json), ct)).ToList();
        if (left.Count == 0) return;
        if (rows.Count == Piece)
        {
            outbox.Add(message with { Files = left, After = rows[^1].Sequence });
            return;
        }
        // Whose bytes came again meanwhile may belong to a statement that is still on its way.
        var fresh = new List<string>();
        foreach (var file in left)
            if (!await attachments.DeleteAsync(file, since - Wait, ct)) fresh.Add(file);
        if (fresh.Count > 0) outbox.Add(new AttachmentsDropped(fresh), time.GetUtcNow().UtcDateTime + Wait);
    }
}
