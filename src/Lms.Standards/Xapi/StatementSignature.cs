using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Checks the JSON web signature that comes with a signed statement. (Data 2.6; RFC 7515, compact serialization)</summary>
/// <remarks>
/// What is checked is that the signature is whole: its algorithm, that it signs this statement, and, where it brings X.509 certificates,
/// that the first of them made it and each is issued by the next. Whether to trust the signer is for whoever reads the statement.
/// </remarks>
public static class StatementSignature
{
    private const int MostCertificates = 10;

    /// <param name="jws">The attachment's bytes.</param>
    /// <param name="statement">The statement that it comes with.</param>
    /// <returns>What is wrong and the requirement that it breaks; null when all is well.</returns>
    public static (string Message, string Requirement)? Check(ReadOnlySpan<byte> jws, JsonElement statement)
    {
        var parts = Encoding.Latin1.GetString(jws).Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload || Decode(parts[2]) is not { } signature)
            return ("The signature is no JWS in compact serialization.", "XAPI-00115");
        try
        {
            using var head = JsonDocument.Parse(header);
            using var signed = JsonDocument.Parse(payload, new() { MaxDepth = StatementValidator.MaxDepth });
            if (Algorithm(head.RootElement) is not { } hash) return ("The signature's algorithm is none of RS256, RS384 and RS512.", "XAPI-00117");
            if (!Signs(signed.RootElement, statement)) return ("The signature signs another statement.", "XAPI-00116");
            var text = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            return IsMadeByItsCertificates(head.RootElement, text, signature, hash) ? null : ("The signature does not fit its certificates.", "XAPI-00117");
        }
        catch (JsonException)
        {
            return ("The signature's header or payload is no JSON.", "XAPI-00116");
        }
    }

    // What is signed must be a statement before it is compared with one.
    private static bool Signs(JsonElement signed, JsonElement statement) =>
        StatementValidator.Validate(signed, XapiVersion.V2).Count == 0 && StatementComparer.Matches(statement, signed);

    private static HashAlgorithmName? Algorithm(JsonElement header) =>
        header.ValueKind != JsonValueKind.Object || !header.TryGetProperty("alg"u8, out var algorithm) || algorithm.ValueKind != JsonValueKind.String ? null
        : algorithm.GetString() switch
        {
            "RS256" => HashAlgorithmName.SHA256,
            "RS384" => HashAlgorithmName.SHA384,
            "RS512" => HashAlgorithmName.SHA512,
            _ => null,
        };

    private static bool IsMadeByItsCertificates(JsonElement header, byte[] text, byte[] signature, HashAlgorithmName hash)
    {
        if (!header.TryGetProperty("x5c"u8, out var chain)) return true;
        if (chain.ValueKind != JsonValueKind.Array || chain.GetArrayLength() is 0 or > MostCertificates) return false;
        var certificates = new List<X509Certificate2>();
        try
        {
            foreach (var item in chain.EnumerateArray()) certificates.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(item.GetString() ?? "")));
            using var key = certificates[0].GetRSAPublicKey();
            return key is not null && key.VerifyData(text, signature, hash, RSASignaturePadding.Pkcs1) && IsChain(certificates);
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException or InvalidOperationException)
        {
            return false;
        }
        finally
        {
            certificates.ForEach(c => c.Dispose());
        }
    }

    private static bool IsChain(List<X509Certificate2> certificates)
    {
        if (certificates.Count == 1) return true;
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true } };
        // When the statement was signed is not known here: only the order of issue is checked.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid | X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.CustomTrustStore.Add(certificates[^1]);
        foreach (var between in certificates[1..]) chain.ChainPolicy.ExtraStore.Add(between);
        // Each certificate is issued by the next. (RFC 7515 4.1.6)
        return chain.Build(certificates[0]) && chain.ChainElements.Count >= certificates.Count
            && certificates.Index().All(c => chain.ChainElements[c.Index].Certificate.RawDataMemory.Span.SequenceEqual(c.Item.RawDataMemory.Span));
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            return System.Buffers.Text.Base64Url.DecodeFromChars(text.AsSpan().TrimEnd());
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
