using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

/// <summary>JWS signatures of statements, with and without certificates. (Data 2.6)</summary>
public sealed class StatementSignatureTests
{
    private static readonly string Statement = Samples.With(("attachments", null));
    private static readonly RSA Key = RSA.Create(2048);
    private static readonly RSA OtherKey = RSA.Create(2048);
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-10);

    // A root that issued one between, which issued the signer's own.
    private static readonly X509Certificate2 Root = Issue("CN=Root", OtherKey, null, isAuthority: true);
    private static readonly RSA BetweenKey = RSA.Create(2048);
    private static readonly X509Certificate2 Between = Issue("CN=Between", BetweenKey, Root, isAuthority: true);
    private static readonly X509Certificate2 Leaf = Issue("CN=Signer", Key, Between.CopyWithPrivateKey(BetweenKey), isAuthority: false);

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [Trait("Requirement", "XAPI-00117")]
    public void A_right_signature_is_accepted_with_its_certificates_and_without(string algorithm)
    {
        Assert.Null(Check(Sign(algorithm, Statement)));
        Assert.Null(Check(Sign(algorithm, Statement, Leaf)));
        Assert.Null(Check(Sign(algorithm, Statement, Leaf, Between)));
        Assert.Null(Check(Sign(algorithm, Statement, Leaf, Between, Root)));
        Assert.Null(Check(Sign(algorithm, Samples.With(("attachments", null), ("stored", null), ("authority", null)))));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("ES256")]
    [InlineData("PS256")]
    [InlineData("rs256")]
    [InlineData("")]
    [Trait("Requirement", "XAPI-00117")]
    public void No_other_algorithm_is_accepted(string algorithm) => Assert.Equal("XAPI-00117", Check(Sign(algorithm, Statement))?.Requirement);

    [Fact]
    [Trait("Requirement", "XAPI-00117")]
    public void Certificates_that_did_not_make_it_or_are_in_no_order_of_issue_are_refused()
    {
        Assert.Equal("XAPI-00117", Check(Sign("RS256", Statement, Between, Leaf))?.Requirement);
        Assert.Equal("XAPI-00117", Check(Sign("RS256", Statement, Root))?.Requirement);
        Assert.Equal("XAPI-00117", Check(Sign("RS256", Statement, Leaf, Root))?.Requirement);
        Assert.Equal("XAPI-00117", Check(Sign("RS256", Statement, Leaf, Root, Between))?.Requirement);
        Assert.Equal("XAPI-00117", Check(Sign("RS256", Statement, [.. Enumerable.Repeat(Leaf, 11)]))?.Requirement);
        foreach (var broken in new[] { "[]", "[\"\"]", "[\"AAAA\"]", "[1]", "\"x\"", "[\"!\"]", "null", "{}" })
            Assert.Equal("XAPI-00117", Check(Sign("RS256", Statement, header: $$"""{"alg":"RS256","x5c":{{broken}} }"""))?.Requirement);
    }

    [Fact]
    [Trait("Requirement", "XAPI-00116")]
    public void A_signature_of_another_statement_or_of_none_is_refused()
    {
        foreach (var other in new[] { Samples.With(("attachments", null), ("verb.id", "\"urn:v:other\"")), Samples.With(("attachments", null), ("result.success", "false")), "{}", "[]", "null", "3", "", "no JSON" })
            Assert.Equal("XAPI-00116", Check(Sign("RS256", other))?.Requirement);
        // A good signature whose payload was exchanged.
        var (good, other2) = (Sign("RS256", Statement, Leaf).Split('.'), Sign("RS256", Samples.With(("attachments", null), ("id", null)), Leaf).Split('.'));
        Assert.Equal("XAPI-00117", Check($"{good[0]}.{other2[1]}.{good[2]}")?.Requirement);
    }

    [Fact]
    public void No_bytes_whatever_make_the_check_throw_and_none_are_accepted() => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => StatementSignature.Check(bytes, Samples.Element(Statement)) is not null));

    [Fact]
    public void No_damage_to_a_signature_with_certificates_is_accepted()
    {
        var whole = Encoding.ASCII.GetBytes(Sign("RS256", Statement, Leaf, Between));
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var damaged = whole.ToList();
            // The last octet's spare bits mean nothing, so the damage stays before it.
            var at = random.Next(damaged.Count - 2);
            switch (random.Next(3))
            {
                case 0: damaged[at] = (byte)random.Next(33, 127); break;
                case 1: damaged.RemoveAt(at); break;
                default: damaged.Insert(at, (byte)'A'); break;
            }
            return damaged.SequenceEqual(whole) || StatementSignature.Check([.. damaged], Samples.Element(Statement)) is not null;
        }));
    }

    private static (string Message, string Requirement)? Check(string jws) => StatementSignature.Check(Encoding.ASCII.GetBytes(jws), Samples.Element(Statement));

    private static string Sign(string algorithm, string payload, params X509Certificate2[] chain) => Sign(algorithm, payload, chain.Length == 0
        ? $$"""{"alg":"{{algorithm}}"}"""
        : $$"""{"alg":"{{algorithm}}","x5c":[{{string.Join(',', chain.Select(c => $"\"{Convert.ToBase64String(c.RawData)}\""))}}]}""");

    private static string Sign(string algorithm, string payload, string header)
    {
        var text = $"{Encode(header)}.{Encode(payload)}";
        var hash = algorithm.EndsWith("384", StringComparison.Ordinal) ? HashAlgorithmName.SHA384 : algorithm.EndsWith("512", StringComparison.Ordinal) ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        return $"{text}.{Base64Url.EncodeToString(Key.SignData(Encoding.ASCII.GetBytes(text), hash, RSASignaturePadding.Pkcs1))}";

        static string Encode(string part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part));
    }

    private static X509Certificate2 Issue(string name, RSA key, X509Certificate2? issuer, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        return issuer is null
            ? request.CreateSelfSigned(From, From.AddYears(10))
            : request.Create(issuer, From, From.AddYears(9), RandomNumberGenerator.GetBytes(8));
    }
}
