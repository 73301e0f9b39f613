using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lms.Standards.Xapi;

/// <summary>
/// Turns a valid statement as received into the bytes that a store keeps: with <c>id</c>, <c>authority</c> and <c>version</c>, and without
/// <c>stored</c>, which the store alone knows. All else stays as it came, byte for byte. (Data 2.3.1, 2.4.8 to 2.4.10)
/// </summary>
/// <remarks>Two exceptions that the standard makes: a context activity becomes a list of one (Data 2.4.6.2), and 2.0 gives timestamps in UTC.</remarks>
public static class StatementCompletion
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Replaced = ["id", "stored", "authority"];

    /// <summary>Completes a statement that <see cref="StatementValidator"/> has passed.</summary>
    /// <param name="statement">The statement as received.</param>
    /// <param name="id">Its id: its own one, or a new one where it has none.</param>
    /// <param name="authority">The agent who vouches for it, as UTF-8 JSON.</param>
    /// <param name="version">The version of the request.</param>
    /// <returns>One JSON object that starts with <c>{"id":</c>.</returns>
    public static byte[] Complete(JsonElement statement, Guid id, ReadOnlySpan<byte> authority, XapiVersion version)
    {
        using var whole = HasSingleContextActivity(statement) ? ListContextActivities(statement) : null;
        var source = whole?.RootElement ?? statement;
        var target = new ArrayBufferWriter<byte>(JsonMarshal.GetRawUtf8Value(source).Length + authority.Length + 96);

        target.Write("{\"id\":\""u8);
        id.TryFormat(target.GetSpan(36), out _);
        target.Advance(36);
        target.Write("\",\"authority\":"u8);
        target.Write(authority);
        if (!source.TryGetProperty("version"u8, out _)) target.Write(version == XapiVersion.V1 ? ",\"version\":\"1.0.0\""u8 : ",\"version\":\"2.0.0\""u8);
        foreach (var property in source.EnumerateObject())
        {
            if (Replaced.Contains(property.Name)) continue;
            target.Write(","u8);
            if (version != XapiVersion.V1 && property.NameEquals("timestamp"u8)) WriteUtc(target, property.Value);
            else WriteRaw(target, property);
        }
        target.Write("}"u8);
        return target.WrittenSpan.ToArray();
    }

    private static void WriteRaw(ArrayBufferWriter<byte> target, JsonProperty property)
    {
        target.Write("\""u8);
        target.Write(JsonMarshal.GetRawUtf8PropertyName(property));
        target.Write("\":"u8);
        target.Write(JsonMarshal.GetRawUtf8Value(property.Value));
    }

    private static void WriteUtc(ArrayBufferWriter<byte> target, JsonElement timestamp)
    {
        var text = timestamp.GetString()!;
        target.Write("\"timestamp\":"u8);
        if (text.EndsWith('Z') || !XapiTimestamp.TryParse(text, out var time)) target.Write(JsonMarshal.GetRawUtf8Value(timestamp));
        else target.Write(JsonSerializer.SerializeToUtf8Bytes(time.UtcDateTime));
    }

    private static bool HasSingleContextActivity(JsonElement statement) =>
        IsSingle(statement) || (statement.TryGetProperty("object"u8, out var target) && target.ValueKind == JsonValueKind.Object && IsSingle(target));

    private static bool IsSingle(JsonElement holder) =>
        holder.TryGetProperty("context"u8, out var context) && context.TryGetProperty("contextActivities"u8, out var activities)
        && activities.EnumerateObject().Any(a => a.Value.ValueKind == JsonValueKind.Object);

    private static JsonDocument ListContextActivities(JsonElement statement)
    {
        var copy = JsonObject.Create(statement)!;
        List(copy);
        if (copy["object"] is JsonObject target) List(target);
        return JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(copy, AsWritten));

        static void List(JsonObject holder)
        {
            if (holder["context"]?["contextActivities"] is not JsonObject activities) return;
            foreach (var (usage, value) in activities.ToList())
                if (value is JsonObject) activities[usage] = new JsonArray(value.DeepClone());
        }
    }
}
