using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi;

/// <summary>Bodies that no honest client sends: each is refused with a reason, and the store goes on.</summary>
[Collection<LrsCollection>]
public sealed class HostileBodyTests(LrsSite site)
{
    private const string Ext = "https://example.org/x/any";

    /// <summary>What is wrong, and a body that stands for a statement.</summary>
    private static readonly (string Fault, byte[] Body)[] Bodies =
    [
        ("garbage after a statement", Utf8(Sample.Statement().ToJsonString() + " {}")),
        ("garbage after an array", Utf8(Sample.Batch(2).ToJsonString() + "]")),
        ("two arrays", Utf8(Sample.Batch(1).ToJsonString() + Sample.Batch(1).ToJsonString())),
        ("a body that ends early", Utf8(Sample.Batch(3).ToJsonString()[..^5])),
        ("a trailing comma", Utf8(Sample.Batch(1).ToJsonString().Replace("}]", "},]", StringComparison.Ordinal))),
        ("a comment", Utf8("/* hello */" + Sample.Statement().ToJsonString())),
        ("invalid UTF-8", [.. Utf8(Sample.Statement(("result.response", "\"A\"")).ToJsonString()).Select(b => b == 'A' ? (byte)0xFF : b)]),
        ("UTF-16", Encoding.Unicode.GetBytes(Sample.Statement().ToJsonString())),
        ("a lone surrogate", Utf8(Raw("result.response", "\\ud800"))),
        ("a lone surrogate in an extension", Utf8(Raw("result.response", "x").Replace("\"response\":\"x\"", $$"""{{"\"extensions\""}}:{"{{Ext}}":["\udc00"]}""", StringComparison.Ordinal))),
        ("a property twice", Utf8(Twice(Sample.Statement(), "\"verb\":"))),
        ("a property twice inside an object", Utf8(Twice(Sample.Statement(), "\"mbox\":"))),
        ("a property twice in a definition", Utf8(Twice(Sample.Statement(("object.definition.name.en", "\"x\"")), "\"en\":"))),
        ("a property twice deep in an extension", Utf8(Twice(Sample.Statement(("context.extensions", $$"""{"{{Ext}}":[[{"deep":1}]]}""")), "\"deep\":"))),
        ("nesting of 70", Utf8(Nested(70))),
        ("nesting of 100 000", Utf8(Nested(100_000))),
        ("brackets without end", Utf8(new string('[', 500_000))),
        ("a bare NUL", Utf8(Sample.Statement().ToJsonString() + "\0")),
        ("a number whose exponent nobody can hold", Utf8(Sample.Statement(("result.score.raw", "1")).ToJsonString().Replace("\"raw\":1", "\"raw\":1e99999999999", StringComparison.Ordinal))),
        ("such a number in an extension", Utf8(Raw("result.response", "x").Replace("\"response\":\"x\"", $$"""{{"\"extensions\""}}:{"{{Ext}}":[1e99999999999]}""", StringComparison.Ordinal))),
        ("twenty thousand things that are no statements", Utf8("[" + string.Join(',', Enumerable.Repeat("1", 20_000)) + "]")),
        ("a large array with garbage behind it", [.. Large(), .. " {}"u8]),
        ("a large array that ends early", Large()[..^3]),
        ("a large array of a large array", [(byte)'[', .. Large(), (byte)']']),
        ("a large array and its half", [.. Large(), .. Large()[..1000]]),
        ("invalid UTF-8 in a large array", [.. Large().Select(b => b == '~' ? (byte)0xC0 : b)]),
    ];

    public static TheoryData<int, string> Faults { get; } = [.. Bodies.Select((b, i) => (i, b.Fault))];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_body_that_is_no_clean_JSON_is_refused(int index, string fault)
    {
        foreach (var lrs in site.Both)
        {
            var reply = (await lrs.SendAsync(HttpMethod.Post, "statements", Lrs.Bytes(Bodies[index].Body, "application/json"))).Expect(400);
            Assert.NotEmpty(reply.Node["findings"]!.AsArray());
            var asPart = new Multipart().Part("Content-Type: application/json", Bodies[index].Body).End();
            (await lrs.SendAsync(HttpMethod.Post, "statements", asPart)).Expect(400);
            (await lrs.GetAsync("statements?limit=1")).Expect(200);
        }
        Assert.NotEmpty(fault);
    }

    private static readonly (string Fault, Func<HttpContent> Body)[] Parts =
    [
        ("no end", () => new Multipart().Statements(Sample.Statement()).End("")),
        ("no end of an attachment", () => new Multipart().Statements(Multipart.StatementWith(Multipart.Attachment([1]))).Bytes([1]).End("")),
        ("nothing", () => new Multipart().End("")),
        ("only an end", () => new Multipart().End("--abc--\r\n")),
        ("no headers at all", () => new Multipart().Text("--abc\r\n\r\n{}").End()),
        ("a header without a colon", () => new Multipart().Part("Content-Type application/json", Utf8(Sample.Statement().ToJsonString())).End()),
        ("a boundary of 71 characters", () => new Multipart().Statements(Sample.Statement()).End(type: $"multipart/mixed; boundary={new string('b', 71)}")),
        ("a boundary of nothing", () => new Multipart().Statements(Sample.Statement()).End(type: "multipart/mixed; boundary=\"\"")),
        ("a thousand headers", () => new Multipart().Part("Content-Type: application/json\r\n" + string.Join("\r\n", Enumerable.Range(0, 1000).Select(i => $"X-{i}: 1")), Utf8(Sample.Statement().ToJsonString())).End()),
        ("a header of a megabyte", () => new Multipart().Part("Content-Type: application/json\r\nX-Long: " + new string('a', 1 << 20), Utf8(Sample.Statement().ToJsonString())).End()),
        ("a part that never ends", () => new Multipart().Statements(Sample.Statement()).Text("\r\n--abc\r\nContent-Transfer-Encoding: binary\r\n\r\n").Text(new string('a', 5 << 20)).End("")),
        ("a hash of SHA-1", () => new Multipart().Statements(Multipart.StatementWith(Multipart.Attachment([1]))).Part("Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: bf8b4530d8d246dd74ac53a13471bba17941dff7", [1]).End()),
    ];

    public static TheoryData<int, string> PartFaults { get; } = [.. Parts.Select((b, i) => (i, b.Fault))];

    [Theory]
    [MemberData(nameof(PartFaults))]
    public async Task A_broken_multipart_body_is_refused(int index, string fault)
    {
        foreach (var lrs in site.Both)
            Assert.NotEmpty((await lrs.SendAsync(HttpMethod.Post, "statements", Parts[index].Body())).Expect(400).Node["findings"]!.AsArray());
        Assert.NotEmpty(fault);
    }

    [Theory]
    [InlineData(97, "application/json", "statements")]
    [InlineData(97, Multipart.Type, "statements")]
    [InlineData(9, "image/png", "activities/profile")]
    [InlineData(97, "image/png", "activities/profile")]
    [InlineData(25, "application/x-www-form-urlencoded", "statements?method=POST")]
    public async Task A_body_beyond_the_limit_is_told_so_and_others_are_served(int megabytes, string type, string path)
    {
        if (path == "activities/profile") path = new DocumentAddress(DocumentResource.ActivityProfile).Path;
        var body = new byte[megabytes << 20];
        Array.Fill(body, (byte)' ');
        "content="u8.CopyTo(body);
        var reply = (await site.V1.SendAsync(HttpMethod.Post, path, Lrs.Bytes(body, type))).Expect(413);
        Assert.Contains("most", reply.Text.Replace("too large", "most", StringComparison.Ordinal), StringComparison.Ordinal);
        (await site.V1.GetAsync("statements?limit=1")).Expect(200);
    }

    [Fact]
    public async Task Ten_thousand_statements_of_20_MB_are_taken_in_one_body_and_more_than_twenty_thousand_refused()
    {
        var verb = Sample.NewIri("verbs");
        var filler = new string('x', 1_850);
        var body = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 10_000).Select(n =>
            $$"""{"actor":{"mbox":"mailto:n{{n % 500}}@example.org"},"verb":{"id":"{{verb}}"},"object":{"id":"https://example.org/batch/{{n % 300}}"},"result":{"response":"{{filler}}"} }""")) + "]");
        Assert.InRange(body.Length, 19 << 20, 21 << 20);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(10_000, (await site.V1.SendAsync(HttpMethod.Post, "statements", Lrs.Bytes(body, "application/json"))).Expect(200).Node.AsArray().Count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32 << 20);
        Assert.Equal(500, (await site.V1.FindAsync(("verb", verb), ("limit", "500"))).Length);

        var small = Sample.Statement(("verb.id", Sample.Quoted(Sample.NewIri("verbs")))).ToJsonString();
        var many = "[" + string.Join(',', Enumerable.Repeat(small, 20_001)) + "]";
        Assert.Contains("20000", (await site.V1.PostAsync("statements", many)).Expect(413).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_bodies_are_refused_and_not_kept_as_they_are()
    {
        foreach (var lrs in site.Both)
            foreach (var path in new[] { "statements", new DocumentAddress(DocumentResource.State).Path })
            {
                var zipped = new MemoryStream();
                await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Utf8(Sample.Statement().ToJsonString()));
                var content = Lrs.Bytes(zipped.ToArray(), "application/json");
                content.Headers.ContentEncoding.Add("gzip");
                Assert.Contains("Content-Encoding", (await lrs.SendAsync(HttpMethod.Post, path, content)).Expect(400).Text, StringComparison.Ordinal);
            }
    }

    [Fact]
    public async Task What_others_attached_or_filed_is_given_back_so_that_no_browser_runs_it()
    {
        var html = "<script>alert(1)</script>"u8.ToArray();
        byte[] zip = [.. "PK\u0003\u0004"u8, .. new byte[200]];
        var sent = Multipart.StatementWith(Multipart.Attachment(html, "text/html"), Multipart.Attachment(zip, "application/zip"));
        var id = (string)(await site.V1.SendAsync(HttpMethod.Post, "statements", Multipart.Of(sent, html, zip))).Expect(200).Node[0]!;
        var page = new DocumentAddress(DocumentResource.ActivityProfile);
        (await site.V1.SendAsync(HttpMethod.Put, page.Path, Lrs.Bytes(html, "text/html"), ("If-None-Match", "*"))).Expect(204);
        foreach (var path in new[] { $"statements?statementId={id}&attachments=true", page.Path, $"statements?statementId={id}" })
        {
            var reply = (await site.V1.GetAsync(path)).Expect(200);
            Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
            Assert.True(reply.Header("Content-Disposition") == "attachment" || reply.ContentType!.Split(';')[0] is "multipart/mixed" or "application/json");
        }
        // Nor can a content type write headers of its own.
        (await site.V1.SendAsync(HttpMethod.Post, "statements", Multipart.Of(Multipart.StatementWith(Multipart.Attachment(html, "text/html\r\nX: y")), html))).Expect(400);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Raw(string path, string escaped) => Sample.Statement((path, "\"@@\"")).ToJsonString().Replace("@@", escaped, StringComparison.Ordinal);

    // The first time the property comes, it comes once more.
    private static string Twice(JsonObject statement, string property) => statement.ToJsonString() is var json && json.IndexOf(property, StringComparison.Ordinal) is var at
        ? string.Concat(json.AsSpan(0, at), property, "1,", json.AsSpan(at)) : "";

    private static string Nested(int depth) => Raw("result.response", "x").Replace("\"response\":\"x\"",
        $"\"extensions\":{{\"{Ext}\":{new string('[', depth)}{new string(']', depth)}}}", StringComparison.Ordinal);

    // Read statement by statement, since it is of more than a megabyte.
    private static byte[] Large() => Utf8(Sample.Batch(3, ("result.response", Sample.Quoted("~" + new string('a', 500_000)))).ToJsonString());
}
