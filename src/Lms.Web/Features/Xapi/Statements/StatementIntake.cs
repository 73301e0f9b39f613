using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Store;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>
/// Takes statements one after the other, each of them validated and turned into what is stored before the next is looked at, so that a body of
/// ten thousand never stands in memory as a whole document.
/// </summary>
/// <param name="sender">Who sends them.</param>
/// <param name="version">The version of the request.</param>
/// <param name="refusal">The status of the answer where one is no good.</param>
internal sealed class StatementIntake(StatementSender sender, XapiVersion version, int refusal = StatusCodes.Status400BadRequest)
{
    /// <summary>More than this in one body is refused.</summary>
    public const int Most = 20_000;

    private readonly HashSet<Guid> _ids = [];
    private readonly List<Violation> _violations = [];

    public List<StatementEntry> Entries { get; } = [];
    public List<AttachmentNote> Attachments { get; } = [];

    public void Add(JsonElement statement, string path, Guid? id = null)
    {
        if (Entries.Count == Most) throw new XapiException(path, $"There are more than {Most} statements in one body.", "Send them in several requests.", StatusCodes.Status413PayloadTooLarge);
        if (_violations.Count >= StatementValidator.MaxViolations) return;
        var found = StatementValidator.Validate(statement, version, path);
        _violations.AddRange(found.Take(StatementValidator.MaxViolations - _violations.Count));
        if (found.Count > 0) return;

        if (id is { } asked && statement.TryGetProperty("id"u8, out var own) && own.GetGuid() != asked)
        {
            Report($"{path}.id", "The statement's id is not the statementId of the request.", "Leave the id out, or make them equal.", "XAPI-00142");
            return;
        }
        var entry = StatementEntry.Of(statement, sender, version, id);
        if (entry.HasOwnId && !_ids.Add(entry.Id)) Report($"{path}.id", $"The id {entry.Id} occurs twice in one request.", "Give each statement its own id.", "XAPI-00028");
        Entries.Add(entry);
        AddAttachments(statement, path, Entries.Count - 1);
    }

    /// <summary>Refuses the request when a statement was no good.</summary>
    public void ThrowIfInvalid()
    {
        if (_violations.Count > 0) throw new XapiException(XapiProblem.Of(_violations, refusal));
    }

    private void Report(string path, string message, string cure, string requirement) => _violations.Add(new(path, "id", message, cure, requirement));

    private void AddAttachments(JsonElement statement, string path, int entry)
    {
        Note(statement, path);
        if (statement.TryGetProperty("object"u8, out var target) && target.TryGetProperty("attachments"u8, out _)) Note(target, $"{path}.object");

        void Note(JsonElement holder, string at)
        {
            if (!holder.TryGetProperty("attachments"u8, out var list)) return;
            var index = 0;
            foreach (var attachment in list.EnumerateArray())
                Attachments.Add(AttachmentNote.Of(attachment, $"{at}.attachments[{index++}]", entry));
        }
    }
}

/// <summary>What a statement says of one of its attachments. (Data 2.4.11)</summary>
/// <param name="Path">Where it says so.</param>
/// <param name="Entry">Index of the statement in the request.</param>
/// <param name="Sha2">The hash of the bytes, lower case.</param>
/// <param name="HasFileUrl">Whether the bytes may be fetched elsewhere.</param>
/// <param name="IsSignature">Whether it signs the statement. (Data 2.6)</param>
internal sealed record AttachmentNote(string Path, int Entry, string Sha2, bool HasFileUrl, bool IsSignature)
{
    public static AttachmentNote Of(JsonElement attachment, string path, int entry) => new(
        path, entry, attachment.GetProperty("sha2"u8).GetString()!.ToLowerInvariant(), attachment.TryGetProperty("fileUrl"u8, out _),
        attachment.GetProperty("usageType"u8).ValueEquals(AttachmentUsages.Signature));
}
