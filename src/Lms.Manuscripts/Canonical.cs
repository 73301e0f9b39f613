using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lms.Manuscripts;

/// <summary>One JSON for one content, so that its hash can name it: properties in ordinal order, no white space, UTF-8.</summary>
public static class Canonical
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // The kind of an item is a property among the sorted others.
        AllowOutOfOrderMetadataProperties = true,
    };

    /// <summary>The canonical bytes of a course or a part of one.</summary>
    public static byte[] Json<T>(T value) =>
        JsonSerializer.SerializeToUtf8Bytes(Sorted(JsonSerializer.SerializeToNode(value, Options)), Options);

    /// <summary>Reads what <see cref="Json{T}"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not such JSON.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<T>(utf8, Options) ?? throw new JsonException("The document is null.");

    /// <summary>SHA-256 in lower-case hexadecimal, 64 characters.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
