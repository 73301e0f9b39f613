using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5;

/// <summary>The learner's preferences, an agent profile document. (11)</summary>
public static class LearnerPreferences
{
    /// <summary>The document's id.</summary>
    public const string ProfileId = "cmi5LearnerPreferences";

    /// <summary>The document for a learner.</summary>
    /// <param name="languages">Tags of the languages they read, the best first.</param>
    public static byte[] ToUtf8(IEnumerable<string> languages) =>
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["languagePreference"] = string.Join(',', languages), ["audioPreference"] = "on" });

    /// <summary>What is wrong with a document that a unit wants to store; null where it may.</summary>
    /// <param name="body">The document.</param>
    /// <param name="contentType">Its media type.</param>
    public static SessionBreach? Breach(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (contentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return new("11.0.0.0-5 (d)", "Learner preferences are a JSON document.");
        try
        {
            using var document = JsonDocument.Parse(body);
            return Breach(document.RootElement);
        }
        catch (JsonException)
        {
            return new("11.0.0.0-5 (d)", "The document is no JSON.");
        }
    }

    private static SessionBreach? Breach(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || Text(root, "languagePreference") is not { } languages || Text(root, "audioPreference") is not { } audio)
            return new("11.0.0.0-5 (d)", "Learner preferences are an object with languagePreference and audioPreference, both text.");
        if (audio is not ("on" or "off" or "")) return new("11.0.0.0-5 (d)", "audioPreference is on or off.");
        return languages.Split(',').All(l => LanguageTag.IsValid(l.Trim()))
            ? null
            : new("11.1.0.0-1 (d)", "languagePreference is a list of language tags of RFC 5646 with commas between them.");
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
