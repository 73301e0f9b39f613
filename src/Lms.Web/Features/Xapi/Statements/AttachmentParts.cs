using System.Security.Cryptography;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Protocol;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>The parts of a multipart/mixed request: the statements first, then each attachment once. (Communication 1.5.2)</summary>
internal sealed class AttachmentParts
{
    private const int LongestBoundary = 70; // RFC 2046 5.1.1
    private readonly Dictionary<string, byte[]> _bytes = new(StringComparer.Ordinal);

    /// <summary>The bytes of each attachment that came, by hash.</summary>
    public IReadOnlyDictionary<string, byte[]> Bytes => _bytes;

    public async Task ReadAsync(Stream body, MediaTypeHeaderValue type, Func<Stream, CancellationToken, Task> readStatements, CancellationToken ct)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > LongestBoundary) throw Fault("Content-Type", "The content type has no usable boundary.", "Write multipart/mixed; boundary=….", "XAPI-00131");
        try
        {
            var reader = new MultipartReader(boundary, body) { HeadersCountLimit = 16 };
            if (await reader.ReadNextSectionAsync(ct) is not { } first) throw Fault("body", "The body has no part.", "Send the statements as the first part.", "XAPI-00133");
            if (!MediaTypeHeaderValue.TryParse(first.ContentType, out var json) || !json.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
                throw Fault("parts[0].Content-Type", "The first part is no application/json.", "Send the statements as the first part, with that content type.", "XAPI-00134");
            await readStatements(first.Body, ct);
            for (var index = 1; await reader.ReadNextSectionAsync(ct) is { } part; index++) await TakeAsync(part, $"parts[{index}]", ct);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Fault("body", "The multipart body is broken or ends early.", "Separate the parts by the boundary and end with it.", "XAPI-00130");
        }
    }

    /// <summary>Refuses a request whose statements and parts don't fit together.</summary>
    public void ThrowUnlessMatched(IReadOnlyList<AttachmentNote> notes)
    {
        foreach (var note in notes)
        {
            // The hash says which bytes are meant; a stated length that differs is not refused, since the official suite sends one.
            if (!_bytes.ContainsKey(note.Sha2) && !note.HasFileUrl)
                throw Fault(note.Path, "Neither does the request have the attachment's bytes, nor the statement a fileUrl.", "Send them as a part with X-Experience-API-Hash, or give a fileUrl.", "XAPI-00129");
        }
        var known = notes.Select(n => n.Sha2).ToHashSet(StringComparer.Ordinal);
        if (_bytes.Keys.FirstOrDefault(hash => !known.Contains(hash)) is { } stray)
            throw Fault("body", $"No statement has the attachment with hash {XapiProblem.Cut(stray)}.", "Name it in a statement's attachments, or leave the part out.", "XAPI-00128");
    }

    private async Task TakeAsync(MultipartSection part, string where, CancellationToken ct)
    {
        var headers = part.Headers ?? [];
        if (!headers.TryGetValue("Content-Transfer-Encoding", out var encoding) || !string.Equals(encoding, "binary", StringComparison.OrdinalIgnoreCase))
            throw Fault($"{where}.Content-Transfer-Encoding", "An attachment is not said to be binary.", "Send Content-Transfer-Encoding: binary.", "XAPI-00135");
        if (!headers.TryGetValue("X-Experience-API-Hash", out var named) || named.ToString() is not { Length: > 0 } hash)
            throw Fault($"{where}.X-Experience-API-Hash", "An attachment has no hash.", "Send X-Experience-API-Hash with the statement's sha2.", "XAPI-00132");

        using var buffer = new MemoryStream();
        await part.Body.CopyToAsync(buffer, ct);
        var bytes = buffer.ToArray();
        hash = hash.ToLowerInvariant();
        if (HashLike(hash, bytes) != hash) throw Fault($"{where}.X-Experience-API-Hash", "The hash is not that of the bytes.", "Send the SHA-2 of the bytes in hex.", "XAPI-00132");
        _bytes[hash] = bytes;
    }

    private static string HashLike(string hash, byte[] bytes) => hash.Length switch
    {
        2 * Sha224.HashSizeInBytes => Convert.ToHexStringLower(Sha224.HashData(bytes)),
        64 => Convert.ToHexStringLower(SHA256.HashData(bytes)),
        96 => Convert.ToHexStringLower(SHA384.HashData(bytes)),
        128 => Convert.ToHexStringLower(SHA512.HashData(bytes)),
        _ => "",
    };

    private static XapiException Fault(string where, string message, string cure, string? requirement = null) => new(where, message, cure, requirement: requirement);
}
