using System.Text;
using System.Text.Json;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>Statements with the bytes of their attachments, each once, as multipart/mixed. (Communication 1.5.2)</summary>
internal sealed class MultipartAnswer(ReadOnlyMemory<byte> json, IReadOnlyList<StatementRecord> records, AttachmentStore attachments) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, ct) = (httpContext.Response, httpContext.RequestAborted);
        var boundary = Guid.NewGuid().ToString("N");
        response.ContentType = $"multipart/mixed; boundary={boundary}";
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;

        await WriteAsync($"--{boundary}\r\nContent-Type: application/json\r\n\r\n");
        await response.Body.WriteAsync(json, ct);
        var sent = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (sha2, type) in records.SelectMany(r => AttachmentsOf(r.Json)))
        {
            if (!sent.Add(sha2)) continue;
            await using var bytes = await attachments.OpenAsync(sha2, ct);
            if (bytes is null) continue; // it is to be had at its fileUrl only
            await WriteAsync($"\r\n--{boundary}\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\n");
            await bytes.CopyToAsync(response.Body, ct);
        }
        await WriteAsync($"\r\n--{boundary}--\r\n");

        Task WriteAsync(string text) => response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ct).AsTask();
    }

    /// <summary>True where the statement may have attachments; only a look at its whole JSON would say so for certain.</summary>
    public static bool MayHaveAttachments(ReadOnlySpan<byte> json) => json.IndexOf("\"attachments\""u8) >= 0 || json.IndexOf("\\u"u8) >= 0;

    /// <summary>The attachments that a statement names.</summary>
    public static List<(string Sha2, string Type)> AttachmentsOf(byte[] json)
    {
        var found = new List<(string, string)>();
        if (!MayHaveAttachments(json)) return found;
        using var document = JsonDocument.Parse(json);
        Add(document.RootElement);
        Add(document.RootElement.GetProperty("object"u8));
        return found;

        void Add(JsonElement holder)
        {
            if (!holder.TryGetProperty("attachments"u8, out var list)) return;
            foreach (var attachment in list.EnumerateArray())
                found.Add((attachment.GetProperty("sha2"u8).GetString()!, attachment.GetProperty("contentType"u8).GetString()!));
        }
    }
}
