using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text;
using Lms.Standards.Xapi;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>Content types, and statements with attachments. (Communication 1.5, 2.1.3)</summary>
[Collection<LrsCollection>]
public sealed class ContentTypeTests(LrsSite site)
{
    private static readonly byte[] Note = "A note.\r\n--ab\0"u8.ToArray();
    private static readonly string Hash = Multipart.Sha2(Note);

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=abc")]
    [InlineData("multipart/related; boundary=abc")]
    [Requirement("XAPI-00127", "XAPI-00138")]
    public async Task Statements_come_as_JSON_or_multipart_mixed(string? type)
    {
        foreach (var lrs in site.Both)
        {
            var body = Encoding.UTF8.GetBytes(Sample.Statement().ToJsonString());
            (await lrs.SendAsync(HttpMethod.Post, "statements", Lrs.Bytes(body, type))).Expect(400);
            (await lrs.SendAsync(HttpMethod.Put, $"statements?statementId={Sample.NewId()}", Lrs.Bytes(body, type))).Expect(400);
            (await lrs.SendAsync(HttpMethod.Post, "statements", Lrs.Bytes(body, "Application/JSON; charset=utf-8"))).Expect(200);
        }
    }

    /// <summary>What is wrong with a body of a statement and its attachment, and the body.</summary>
    private static readonly (string Requirement, Func<HttpContent> Body)[] Broken =
    [
        ("XAPI-00128", () => Multipart.Of(Sample.Statement(), Note)),
        ("XAPI-00128", () => Multipart.Of(Multipart.StatementWith(Multipart.Attachment(Note)), Note, "Another."u8.ToArray())),
        ("XAPI-00128", () => WithNote().Bytes(Note).Bytes("Hello"u8.ToArray()).End()),
        ("XAPI-00129", () => Multipart.Of(Multipart.StatementWith(Multipart.Attachment(Note)))),
        ("XAPI-00129", () => Multipart.Of(Multipart.StatementWith(Multipart.Attachment(Note), Multipart.Attachment([1])), Note)),
        ("XAPI-00130", () => Multipart.StatementWith(Multipart.Attachment(Note)) is var s ? new Multipart().Statements(s).Text($"\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {Hash}\r\n\r\nA note.").End() : null!),
        ("XAPI-00130", () => Lrs.Bytes(Encoding.UTF8.GetBytes($"Content-Type: application/json\r\n\r\n{Sample.Statement().ToJsonString()}"), Multipart.Type)),
        ("XAPI-00131", () => WithNote().Bytes(Note).End(type: "multipart/mixed")),
        ("XAPI-00130", () => WithNote().Bytes(Note).End(type: "multipart/mixed; boundary=other")),
        ("XAPI-00132", () => WithNote().Part("Content-Type: text/plain\r\nContent-Transfer-Encoding: binary", Note).End()),
        ("XAPI-00132", () => WithNote().Part($"Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {Hash}", [.. Note, 1]).End()),
        ("XAPI-00132", () => WithNote().Part("Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: abc", Note).End()),
        ("XAPI-00133", () => WithNote().Bytes(Note).Statements(Sample.Statement()).End()),
        ("XAPI-00133", () => new Multipart().Bytes(Note).Statements(Multipart.StatementWith(Multipart.Attachment(Note))).End()),
        ("XAPI-00134", () => new Multipart().Part("Content-Type: text/plain", Encoding.UTF8.GetBytes(Sample.Statement().ToJsonString())).End()),
        ("XAPI-00134", () => new Multipart().Part("X-Nothing: 1", Encoding.UTF8.GetBytes(Sample.Statement().ToJsonString())).End()),
        ("XAPI-00135", () => WithNote().Part($"Content-Type: text/plain\r\nX-Experience-API-Hash: {Hash}", Note).End()),
        ("XAPI-00135", () => WithNote().Part($"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\nX-Experience-API-Hash: {Hash}", Note).End()),
    ];

    public static TheoryData<int, string> BrokenRows { get; } = [.. Broken.Select((b, i) => (i, b.Requirement))];

    [Theory]
    [MemberData(nameof(BrokenRows))]
    public async Task A_multipart_body_that_breaks_the_standard_is_refused_with_its_requirement(int index, string requirement)
    {
        foreach (var lrs in site.Both)
        {
            var finding = (await lrs.SendAsync(HttpMethod.Post, "statements", Broken[index].Body())).Expect(400).Node["findings"]![0]!;
            // Statements in a further part, or parts run together, are found out by what else they break.
            if (requirement is not ("XAPI-00130" or "XAPI-00133") && (string?)finding["requirement"] is { } named) Assert.Equal(requirement, named);
            (await lrs.SendAsync(HttpMethod.Put, $"statements?statementId={Sample.NewId()}", Broken[index].Body())).Expect(400);
        }
    }

    /// <summary>
    /// MIME-Version (137) was removed from the list: HTTP is not MIME, and 1.0.3 asks for no such header. So a body is taken with it and without.
    /// </summary>
    [Theory]
    [InlineData("")]
    [InlineData("\r\nMIME-Version: 1.0")]
    [Requirement("XAPI-00137")]
    public async Task A_MIME_version_is_not_asked_for(string header)
    {
        foreach (var lrs in site.Both)
        {
            var body = new Multipart().Part($"Content-Type: application/json{header}", Encoding.UTF8.GetBytes(Multipart.StatementWith(Multipart.Attachment(Note)).ToJsonString())).Bytes(Note).End();
            (await lrs.SendAsync(HttpMethod.Post, "statements", body)).Expect(200);
        }
    }

    [Fact]
    [Requirement("XAPI-00129", "XAPI-00161", "XAPI-00167")]
    public async Task Attachments_come_back_byte_for_byte_only_when_they_are_asked_for()
    {
        foreach (var lrs in site.Both)
        {
            var image = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
            var sent = Multipart.StatementWith(Multipart.Attachment(Note), Multipart.Attachment(image, "image/png"), Multipart.Attachment([7], fileUrl: "https://example.org/f"));
            var id = (string)(await lrs.SendAsync(HttpMethod.Post, "statements", Multipart.Of(sent, Note, image))).Expect(200).Node[0]!;
            foreach (var without in new[] { "", "&attachments=false" })
                Assert.StartsWith("application/json", (await lrs.GetAsync($"statements?statementId={id}{without}")).Expect(200).ContentType, StringComparison.Ordinal);

            foreach (var path in new[] { $"statements?statementId={id}&attachments=true", Lrs.At("statements", ("activity", (string)sent["object"]!["id"]!), ("attachments", "true")) })
            {
                var reply = (await lrs.GetAsync(path)).Expect(200);
                Assert.StartsWith("multipart/mixed; boundary=", reply.ContentType, StringComparison.Ordinal);
                var text = Encoding.Latin1.GetString(reply.Body);
                Assert.Equal(3, text.Split("\r\nContent-Type: ").Length - 1);
                Assert.Contains($"Content-Type: image/png\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {Multipart.Sha2(image)}\r\n\r\n{Encoding.Latin1.GetString(image)}\r\n--", text, StringComparison.Ordinal);
                Assert.Contains($"\r\n\r\n{Encoding.Latin1.GetString(Note)}\r\n--", text, StringComparison.Ordinal);
                Assert.Contains(id, text[..text.IndexOf("image/png", StringComparison.Ordinal)], StringComparison.Ordinal);
            }
            // Asked for where there are none, the answer is of the same form.
            var bare = await lrs.StoreOneAsync(Sample.Statement());
            Assert.StartsWith("multipart/mixed", (await lrs.GetAsync($"statements?statementId={bare}&attachments=true")).ContentType, StringComparison.Ordinal);
        }
    }

    /// <summary>Any of SHA-2, says Data 2.4.11. A sender should not take the shortest, and may. (Communication 1.5.2)</summary>
    [Theory]
    [InlineData(56)]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(128)]
    public async Task An_attachment_may_be_named_by_any_hash_of_SHA_2(int letters)
    {
        var bytes = Encoding.UTF8.GetBytes($"{letters} {Guid.NewGuid()}");
        var sha2 = Convert.ToHexStringLower(letters switch { 56 => Sha224.HashData(bytes), 64 => SHA256.HashData(bytes), 96 => SHA384.HashData(bytes), _ => SHA512.HashData(bytes) });
        var attachment = Multipart.Attachment(bytes);
        attachment["sha2"] = sha2;
        var statement = Multipart.StatementWith(attachment);
        foreach (var (named, status) in new[] { (sha2[1..] + sha2[0], 400), (sha2, 200) })
        {
            var body = new Multipart().Statements(statement).Part($"Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {named}", bytes).End();
            var reply = (await site.V1.SendAsync(HttpMethod.Post, "statements", body)).Expect(status);
            if (status == 200) Assert.Contains($"X-Experience-API-Hash: {sha2}\r\n\r\n{Encoding.UTF8.GetString(bytes)}\r\n", (await site.V1.GetAsync($"statements?statementId={reply.Node[0]}&attachments=true")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Requirement("XAPI-00128")]
    public async Task Statements_of_one_request_may_share_an_attachment()
    {
        foreach (var lrs in site.Both)
        {
            var batch = new JsonArray(Multipart.StatementWith(Multipart.Attachment(Note)), Multipart.StatementWith(Multipart.Attachment(Note)));
            (await lrs.SendAsync(HttpMethod.Post, "statements", Multipart.Of(batch, Note))).Expect(200);
            (await lrs.PostAsync("statements", Multipart.StatementWith(Multipart.Attachment(Note)).ToJsonString())).Expect(400);
            (await lrs.PostAsync("statements", Multipart.StatementWith(Multipart.Attachment(Note, fileUrl: "https://example.org/f")).ToJsonString())).Expect(200);
        }
    }

    private static Multipart WithNote() => new Multipart().Statements(Multipart.StatementWith(Multipart.Attachment(Note)));
}
