using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>Signed statements as they are taken and refused; the signatures themselves are tested beside <c>StatementSignature</c>. (Data 2.6)</summary>
[Collection<LrsCollection>]
public sealed class SignatureTests(LrsSite site)
{
    private const string Usage = "http://adlnet.gov/expapi/attachments/signature";
    private static readonly RSA Key = RSA.Create(2048);

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [Requirement("XAPI-00116", "XAPI-00117")]
    public async Task A_statement_that_is_rightly_signed_is_taken_and_given_back_with_its_signature(string algorithm)
    {
        foreach (var lrs in site.Both)
        {
            var statement = Sample.Statement(("id", Sample.Quoted(Sample.NewId())));
            var jws = Sign(algorithm, statement.ToJsonString());
            var id = (string)(await PostAsync(lrs, statement, jws)).Expect(200).Node[0]!;
            Assert.Contains(jws, (await lrs.GetAsync($"statements?statementId={id}&attachments=true")).Expect(200).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("XAPI-00117", "HS256", null)]
    [InlineData("XAPI-00117", "ES256", null)]
    [InlineData("XAPI-00117", "PS256", null)]
    [InlineData("XAPI-00117", "none", null)]
    [InlineData("XAPI-00117", "rs256", null)]
    [InlineData("XAPI-00116", "RS256", "no JSON")]
    [InlineData("XAPI-00116", "RS256", "{}")]
    [InlineData("XAPI-00116", "RS256", """{"actor":{"mbox":"mailto:x@example.org"},"verb":{"id":"https://example.org/verbs/tried"},"object":{"id":"https://example.org/other"}}""")]
    public async Task A_statement_that_is_wrongly_signed_is_refused(string requirement, string algorithm, string? payload)
    {
        foreach (var lrs in site.Both)
        {
            var statement = Sample.Statement(("id", Sample.Quoted(Sample.NewId())));
            var reply = (await PostAsync(lrs, statement, Sign(algorithm, payload ?? statement.ToJsonString()))).Expect(400);
            Assert.Equal(requirement, (string?)reply.Node["findings"]![0]!["requirement"]);
            (await lrs.GetAsync($"statements?statementId={statement["id"]}")).Expect(404);
        }
    }

    [Fact]
    [Requirement("XAPI-00116")]
    public async Task Bytes_that_are_no_signature_are_refused()
    {
        foreach (var lrs in site.Both)
            foreach (var jws in new[] { "", ".", "..", "a.b.c", "....", "\0.\0.\0", "e30.e30." })
                (await PostAsync(lrs, Sample.Statement(), jws)).Expect(400);
    }

    private static Task<Reply> PostAsync(Lrs lrs, JsonObject statement, string jws)
    {
        var bytes = Encoding.UTF8.GetBytes(jws);
        var signed = statement.DeepClone();
        var attachment = Multipart.Attachment(bytes, "application/octet-stream");
        attachment["usageType"] = Usage;
        signed["attachments"] = new JsonArray(attachment);
        return lrs.SendAsync(HttpMethod.Post, "statements", Multipart.Of(signed, bytes));
    }

    private static string Sign(string algorithm, string payload)
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}"}"""))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        var hash = algorithm[^3..] switch { "384" => HashAlgorithmName.SHA384, "512" => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 };
        return $"{text}.{Base64Url.EncodeToString(Key.SignData(Encoding.ASCII.GetBytes(text), hash, RSASignaturePadding.Pkcs1))}";
    }
}
