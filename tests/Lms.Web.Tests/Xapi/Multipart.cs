using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi;

/// <summary>Writes multipart/mixed bodies to the letter, so that a test can break one in one place.</summary>
internal sealed class Multipart
{
    public const string Type = "multipart/mixed; boundary=abc";

    private readonly ArrayBufferWriter<byte> _body = new();

    public static string Sha2(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The entry of an attachment in a statement.</summary>
    public static JsonObject Attachment(byte[] bytes, string contentType = "text/plain", string? fileUrl = null)
    {
        var attachment = new JsonObject
        {
            ["usageType"] = "https://example.org/usages/note", ["display"] = new JsonObject { ["en"] = "Note" },
            ["contentType"] = contentType, ["length"] = bytes.Length, ["sha2"] = Sha2(bytes),
        };
        if (fileUrl is not null) attachment["fileUrl"] = fileUrl;
        return attachment;
    }

    public static JsonObject StatementWith(params JsonObject[] attachments)
    {
        var statement = Sample.Statement();
        statement["attachments"] = new JsonArray([.. attachments]);
        return statement;
    }

    /// <summary>The whole body of a statement and its attachments.</summary>
    public static HttpContent Of(JsonNode statements, params byte[][] attachments)
    {
        var body = new Multipart().Statements(statements);
        foreach (var bytes in attachments) body.Bytes(bytes);
        return body.End();
    }

    public Multipart Statements(JsonNode statements) => Part("Content-Type: application/json", Encoding.UTF8.GetBytes(statements.ToJsonString()));

    public Multipart Bytes(byte[] bytes) => Part($"Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {Sha2(bytes)}", bytes);

    /// <summary>One part with its headers, each on a line.</summary>
    public Multipart Part(string headers, byte[] bytes)
    {
        Text($"{(_body.WrittenCount > 0 ? "\r\n" : "")}--abc\r\n{headers}\r\n\r\n");
        _body.Write(bytes);
        return this;
    }

    public Multipart Text(string text)
    {
        _body.Write(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public HttpContent End(string end = "\r\n--abc--\r\n", string type = Type) => Lrs.Bytes(Text(end)._body.WrittenSpan.ToArray(), type);
}
