using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Protocol;
using Microsoft.Net.Http.Headers;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>Reads the body of a request to store statements: JSON, or JSON with attachments.</summary>
internal static class StatementBody
{
    // Up to here a body is parsed in one piece, which is quicker; a larger one is read statement by statement.
    private const int InOnePiece = 1 << 20;
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = StatementValidator.MaxDepth };
    private static readonly JsonSerializerOptions StreamOptions = new() { MaxDepth = StatementValidator.MaxDepth + 1 };

    /// <param name="id">For PUT: the id of the one statement.</param>
    public static async Task<StatementIntake> ReadAsync(HttpRequest request, StatementIntake intake, AttachmentParts parts, Guid? id, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            throw new XapiException("Content-Type", "The request has no content type.", "Send application/json, or multipart/mixed with attachments.");
        if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            await ReadJsonAsync(request.BodyReader, request.ContentLength, intake, id, ct);
        }
        else if (type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            await parts.ReadAsync(request.Body, type, (json, token) => ReadJsonAsync(PipeReader.Create(json), null, intake, id, token), ct);
        }
        else
        {
            throw new XapiException("Content-Type", $"Statements don't come as “{XapiProblem.Cut(request.ContentType!)}”.", "Send application/json, or multipart/mixed with attachments.");
        }
        intake.ThrowIfInvalid();
        return intake;
    }

    private static async Task ReadJsonAsync(PipeReader body, long? length, StatementIntake intake, Guid? id, CancellationToken ct)
    {
        try
        {
            if (await WholeAsync(body, length, ct) is { } whole)
            {
                AddWhole(body, whole, intake, id);
                return;
            }
            // Only an array can be read piece by piece.
            if (id is not null || !await IsArrayAsync(body, ct))
                throw new XapiException("body", "The statement is too large.", "Send large content as attachments.", StatusCodes.Status413PayloadTooLarge, "XAPI-00328");
            var index = 0;
            await foreach (var statement in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body, StreamOptions, ct)) intake.Add(statement, $"$[{index++}]");
        }
        catch (JsonException broken)
        {
            throw new XapiException("body", $"The body is no JSON, or is nested deeper than {StatementValidator.MaxDepth} (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}).",
                "Send a statement, or an array of them, as well-formed JSON.", requirement: "XAPI-00014");
        }
    }

    private static void Add(JsonElement root, StatementIntake intake, Guid? id)
    {
        if (root.ValueKind != JsonValueKind.Array) intake.Add(root, "$", id);
        else if (id is not null) throw new XapiException("body", "PUT stores one statement, and the body has an array.", "Send one statement, or POST the array.");
        else
        {
            var index = 0;
            foreach (var statement in root.EnumerateArray()) intake.Add(statement, $"$[{index++}]");
        }
    }

    private static void AddWhole(PipeReader body, ReadOnlySequence<byte> whole, StatementIntake intake, Guid? id)
    {
        try
        {
            using var document = JsonDocument.Parse(whole, DocumentOptions);
            Add(document.RootElement, intake, id);
        }
        finally
        {
            // A body that is left half read costs the connection, and with it whatever the client sends next.
            body.AdvanceTo(whole.End);
        }
    }

    private static async Task<bool> IsArrayAsync(PipeReader body, CancellationToken ct)
    {
        while (true)
        {
            var read = await body.ReadAsync(ct);
            var (first, at) = FirstOf(read.Buffer);
            body.AdvanceTo(at);
            if (first is not null || read.IsCompleted) return first == (byte)'[';
        }
    }

    /// <summary>The first octet that is no blank, and where it is.</summary>
    private static (byte? First, SequencePosition At) FirstOf(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.AdvancePastAny(" \t\r\n"u8);
        return (reader.TryPeek(out var first) ? first : null, reader.Position);
    }

    /// <summary>The body in one piece, or null when it is a large one.</summary>
    private static async Task<ReadOnlySequence<byte>?> WholeAsync(PipeReader body, long? length, CancellationToken ct)
    {
        if (length > InOnePiece) return null;
        while (true)
        {
            var read = await body.ReadAsync(ct);
            if (read.IsCompleted) return read.Buffer;
            if (read.Buffer.Length > InOnePiece)
            {
                body.AdvanceTo(read.Buffer.Start);
                return null;
            }
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
