using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Lms.Web.Features.Xapi.Statements;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>A statement on its way to a consumer.</summary>
public sealed record OutgoingStatement(Guid Id, StatementRecord Record);

/// <summary>Turns statements into the body of a request.</summary>
internal static class OutgoingBatch
{
    public static async Task<HttpContent> ContentAsync(StatementConsumer consumer, IReadOnlyList<OutgoingStatement> statements, AttachmentStore attachments, CancellationToken ct)
    {
        var json = new ArrayBufferWriter<byte>(statements.Sum(s => s.Record.Json.Length + 128));
        for (var i = 0; i < statements.Count; i++)
        {
            json.Write(i == 0 ? "["u8 : ","u8);
            // A record store says itself when it stored a statement.
            if (consumer.Kind == ConsumerKind.Webhook) StatementOutput.WriteExact(json, statements[i].Record);
            else WriteReceived(json, statements[i].Record);
        }
        json.Write("]"u8);
        var body = ConsumerClient.Json(json.WrittenSpan.ToArray());
        return consumer.Kind == ConsumerKind.Xapi && statements.Any(s => MultipartAnswer.AttachmentsOf(s.Record.Json).Count > 0) ? await MultipartAsync(body, statements, attachments, ct) : body;
    }

    /// <summary>The same for the same statements, so that a receiver can tell a repetition.</summary>
    public static Guid IdOf(IReadOnlyList<OutgoingStatement> statements)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', statements.Select(s => s.Id))), hash);
        return new Guid(hash[..16]);
    }

    // Only what is missing is added: a statement without a timestamp happened when it was stored here, not when it is stored there. (Data 2.4.7)
    private static void WriteReceived(ArrayBufferWriter<byte> target, in StatementRecord record)
    {
        if (!record.HasTimestamp)
            target.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"timestamp\":\"{StatementOutput.StoredText(record.Sequence)}\",")));
        target.Write(record.HasTimestamp ? record.Json : record.Json.AsSpan(1));
    }

    private static async Task<HttpContent> MultipartAsync(HttpContent json, IReadOnlyList<OutgoingStatement> statements, AttachmentStore attachments, CancellationToken ct)
    {
        var boundary = Guid.NewGuid().ToString("N");
        var whole = new MultipartContent("mixed", boundary) { json };
        whole.Headers.ContentType = new MediaTypeHeaderValue("multipart/mixed") { Parameters = { new("boundary", boundary) } };
        var sent = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (sha2, type) in statements.SelectMany(s => MultipartAnswer.AttachmentsOf(s.Record.Json)))
        {
            if (!sent.Add(sha2) || await attachments.OpenAsync(sha2, ct) is not { } bytes) continue; // it is to be had at its fileUrl only
            var part = new StreamContent(bytes);
            part.Headers.TryAddWithoutValidation("Content-Type", type);
            part.Headers.TryAddWithoutValidation("Content-Transfer-Encoding", "binary");
            part.Headers.TryAddWithoutValidation("X-Experience-API-Hash", sha2);
            whole.Add(part);
        }
        return whole;
    }
}
