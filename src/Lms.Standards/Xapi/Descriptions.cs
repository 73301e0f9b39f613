using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lms.Standards.Xapi;

/// <summary>How a store's knowledge of an activity or verb grows with each statement that describes it. (Data 2.4.4.1)</summary>
public static class Descriptions
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] LanguageMaps = ["name", "description"];

    /// <summary>Takes a received definition into the known one: languages are added, everything else is replaced.</summary>
    /// <param name="known">The known definition, UTF-8 JSON; null when there is none.</param>
    /// <param name="received">A valid definition, UTF-8 JSON.</param>
    /// <returns>The new definition; null when it says nothing new.</returns>
    public static byte[]? MergeDefinition(byte[]? known, ReadOnlySpan<byte> received) => Merge(known, received, (whole, property, value) =>
    {
        if (LanguageMaps.Contains(property) && whole[property] is JsonObject map && value is JsonObject more) Add(map, more);
        else whole[property] = value?.DeepClone();
    });

    /// <summary>Takes a received display of a verb into the known one: languages are added or replaced.</summary>
    /// <returns>The new display; null when it says nothing new.</returns>
    public static byte[]? MergeDisplay(byte[]? known, ReadOnlySpan<byte> received) =>
        Merge(known, received, (whole, language, text) => whole[language] = text?.DeepClone());

    private static byte[]? Merge(byte[]? known, ReadOnlySpan<byte> received, Action<JsonObject, string, JsonNode?> take)
    {
        if (known is null) return received.ToArray();
        var before = JsonNode.Parse(known)!.AsObject();
        var whole = before.DeepClone().AsObject();
        foreach (var (property, value) in JsonNode.Parse(received)!.AsObject()) take(whole, property, value);
        return JsonNode.DeepEquals(before, whole) ? null : JsonSerializer.SerializeToUtf8Bytes<JsonNode>(whole, AsWritten);
    }

    private static void Add(JsonObject map, JsonObject more)
    {
        foreach (var (language, text) in more) map[language] = text?.DeepClone();
    }
}
