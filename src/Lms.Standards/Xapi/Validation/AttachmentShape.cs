using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Attachments, of which the bytes are no concern of the statement. (Data 2.4.11, 2.6)</summary>
internal static class AttachmentShape
{
    public static readonly Shape Attachment = new("an attachment",
        new("usageType", Values.Iri, "XAPI-00107") { Required = true },
        new("display", Values.LanguageMap, "XAPI-00106") { Required = true },
        new("description", Values.LanguageMap, "XAPI-00025"),
        new("contentType", MediaType, "XAPI-00105") { Required = true },
        new("length", Length, "XAPI-00102") { Required = true },
        new("sha2", Sha2, "XAPI-00103") { Required = true },
        new("fileUrl", Values.Iri, "XAPI-00104")) { Then = SignatureIsOctets };

    private static void MediaType(Walk walk, JsonElement value, string? requirement) => Values.Format(
        walk, value, requirement, XapiFormats.IsMediaType, "media-type", "no media type", "Write type and subtype, for example “application/pdf”.");

    private static void Sha2(Walk walk, JsonElement value, string? requirement) => Values.Format(
        walk, value, requirement, XapiFormats.IsSha2, "sha2", "no SHA-2 hash", "Write the SHA-256 of the bytes as 64 hex digits.");

    private static void Length(Walk walk, JsonElement value, string? requirement)
    {
        if (!walk.Is(JsonValueKind.Number, value, requirement) || (value.TryGetInt64(out var length) && length >= 0)) return;
        walk.Report("length", requirement, "The length is no count of octets.", "Write a whole number, zero or more.");
    }

    private static void SignatureIsOctets(Walk walk, JsonElement attachment)
    {
        if (!Is(attachment, "usageType"u8, AttachmentUsages.Signature) || Is(attachment, "contentType"u8, "application/octet-stream")) return;
        walk.Report("signature", "XAPI-00115", "A signature is not sent as octets.", "Write “application/octet-stream”.", "contentType");
    }

    private static bool Is(JsonElement attachment, ReadOnlySpan<byte> property, string text) =>
        attachment.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
