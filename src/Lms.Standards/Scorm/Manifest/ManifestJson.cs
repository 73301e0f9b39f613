using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>A manifest as compact JSON: what has its default is left out.</summary>
public static class ManifestJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        MaxDepth = 1024,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutDefaults } },
    };

    /// <summary>Writes a manifest.</summary>
    public static string Write(ScormManifest manifest) => JsonSerializer.Serialize(manifest, s_options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static ScormManifest Read(string json) => JsonSerializer.Deserialize<ScormManifest>(json, s_options) ?? throw new JsonException("There is no manifest.");

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.GetConstructor(Type.EmptyTypes) is not { } constructor) return;
        var fresh = constructor.Invoke(null);
        foreach (var property in type.Properties)
        {
            var otherwise = property.Get?.Invoke(fresh);
            property.ShouldSerialize = (_, value) => value is ICollection or IEnumerable and not string ? ((IEnumerable)value).Cast<object>().Any() : !Equals(value, otherwise);
        }
    }
}
