using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lms.Manuscripts;

/// <summary>
/// Courses and their parts as JSON: the same content gives the same bytes on every machine, so that a hash names it.
/// Keys are camelCase and sorted by code unit, nothing is indented, and what is null is left out.
/// </summary>
public static class Canonical
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Sorting puts other keys before the discriminator of an item.
        AllowOutOfOrderMetadataProperties = true,
    };

    /// <summary>UTF-8 JSON of a course, lesson, item or any other part of the model.</summary>
    public static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(Sorted(JsonSerializer.SerializeToNode(value, s_options)), s_options);

    /// <summary>Reads what <see cref="Json{T}"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not JSON of that type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, s_options) ?? throw new JsonException($"The JSON holds no {typeof(T).Name}.");

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
