using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Lms.Web.Tests.Identity;

/// <summary>An authenticator in software: one ES256 credential, no attestation (WebAuthn Level 3, 6.5 and 8.7).</summary>
internal sealed class SoftwarePasskey(Uri site) : IDisposable
{
    private const byte Present = 0x01, Verified = 0x04, HasCredential = 0x40;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private string _user = "";
    private uint _signatures;

    public string Create(JsonElement options)
    {
        _user = options.GetProperty("user").GetProperty("id").GetString()!;
        var client = ClientData("webauthn.create", options);
        byte[] data = [.. Data(Present | Verified | HasCredential), .. new byte[16], 0, (byte)_id.Length, .. _id, .. PublicKey()];
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), .. Bytes(data)];
        return Credential(new { clientDataJSON = Encode(client), attestationObject = Encode(attestation), transports = new[] { "internal" } });
    }

    public string Get(JsonElement options)
    {
        var client = ClientData("webauthn.get", options);
        var data = Data(Present | Verified);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        var signature = _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new { clientDataJSON = Encode(client), authenticatorData = Encode(data), signature = Encode(signature), userHandle = _user });
    }

    public void Dispose() => _key.Dispose();

    private string Credential(object response) => JsonSerializer.Serialize(new
    {
        id = Encode(_id), rawId = Encode(_id), type = "public-key", authenticatorAttachment = "platform", clientExtensionResults = new { }, response,
    });

    private byte[] ClientData(string type, JsonElement options) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type, challenge = options.GetProperty("challenge").GetString(), origin = site.GetLeftPart(UriPartial.Authority), crossOrigin = false,
    });

    private byte[] Data(int flags)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(site.Host)).CopyTo(data, 0);
        data[32] = (byte)flags;
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), ++_signatures);
        return data;
    }

    // COSE_Key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. Bytes(point.X!), 0x22, .. Bytes(point.Y!)];
    }

    // CBOR (RFC 8949 3): text and byte strings of less than 256 bytes.
    private static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Bytes(byte[] bytes) => [0x58, (byte)bytes.Length, .. bytes];

    private static string Encode(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
