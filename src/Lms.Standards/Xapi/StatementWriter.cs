using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lms.Standards.Xapi;

/// <summary>Writes statements as JSON: the same statement always gives the same bytes.</summary>
/// <remarks>Properties come in the order of the standard's tables, languages and extensions in ordinal order.</remarks>
public static class StatementWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The statement as UTF-8.</summary>
    public static byte[] ToUtf8(Statement statement)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(json, statement);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An agent or group as UTF-8.</summary>
    public static byte[] ToUtf8(Actor actor)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options)) ActorWriter.Write(json, actor);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the statement as one JSON object.</summary>
    public static void Write(Utf8JsonWriter json, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(statement);
        json.WriteStartObject();
        if (statement.Id is { } id) json.WriteString("id", id);
        WriteBody(json, statement.Actor, statement.Verb, statement.Object, statement.Result, statement.Context);
        WriteTime(json, "timestamp", statement.Timestamp);
        WriteTime(json, "stored", statement.Stored);
        if (statement.Authority is { } authority) WriteActor(json, "authority", authority);
        WriteText(json, "version", statement.Version);
        WriteArray(json, "attachments", statement.Attachments, WriteAttachment);
        json.WriteEndObject();
    }

    private static void WriteBody(
        Utf8JsonWriter json, Actor actor, Verb verb, StatementObject target, Result? result, Context? context)
    {
        WriteActor(json, "actor", actor);
        json.WriteStartObject("verb");
        json.WriteString("id", verb.Id);
        WriteMap(json, "display", verb.Display);
        json.WriteEndObject();
        json.WritePropertyName("object");
        WriteObject(json, target);
        if (result is { IsEmpty: false }) WriteResult(json, result);
        if (context is { IsEmpty: false }) ContextWriter.Write(json, context);
    }

    private static void WriteObject(Utf8JsonWriter json, StatementObject target)
    {
        switch (target)
        {
            case Activity activity: ActivityWriter.Write(json, activity); break;
            case Actor actor: ActorWriter.Write(json, actor); break;
            case StatementRef reference: WriteReference(json, reference); break;
            case SubStatement sub: WriteSubStatement(json, sub); break;
        }
    }

    internal static void WriteReference(Utf8JsonWriter json, StatementRef reference)
    {
        json.WriteStartObject();
        json.WriteString("objectType", "StatementRef");
        json.WriteString("id", reference.Id);
        json.WriteEndObject();
    }

    private static void WriteSubStatement(Utf8JsonWriter json, SubStatement sub)
    {
        json.WriteStartObject();
        json.WriteString("objectType", "SubStatement");
        WriteBody(json, sub.Actor, sub.Verb, sub.Object, sub.Result, sub.Context);
        WriteTime(json, "timestamp", sub.Timestamp);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Result result)
    {
        json.WriteStartObject("result");
        if (result.Score is { IsEmpty: false } score)
        {
            json.WriteStartObject("score");
            if (score.Scaled is { } scaled) json.WriteNumber("scaled", scaled);
            if (score.Raw is { } raw) json.WriteNumber("raw", raw);
            if (score.Min is { } min) json.WriteNumber("min", min);
            if (score.Max is { } max) json.WriteNumber("max", max);
            json.WriteEndObject();
        }
        if (result.Success is { } success) json.WriteBoolean("success", success);
        if (result.Completion is { } completion) json.WriteBoolean("completion", completion);
        WriteText(json, "response", result.Response);
        if (result.Duration is { } duration) json.WriteString("duration", Iso8601Duration.Format(duration));
        WriteExtensions(json, result.Extensions);
        json.WriteEndObject();
    }

    private static void WriteAttachment(Utf8JsonWriter json, Attachment attachment)
    {
        json.WriteStartObject();
        json.WriteString("usageType", attachment.UsageType);
        WriteMap(json, "display", attachment.Display);
        WriteMap(json, "description", attachment.Description);
        json.WriteString("contentType", attachment.ContentType);
        json.WriteNumber("length", attachment.Length);
        json.WriteString("sha2", attachment.Sha2);
        WriteText(json, "fileUrl", attachment.FileUrl);
        json.WriteEndObject();
    }

    internal static void WriteActor(Utf8JsonWriter json, string property, Actor actor)
    {
        json.WritePropertyName(property);
        ActorWriter.Write(json, actor);
    }

    private static void WriteTime(Utf8JsonWriter json, string property, DateTimeOffset? time)
    {
        if (time is { } value) json.WriteString(property, XapiTimestamp.Format(value));
    }

    internal static void WriteText(Utf8JsonWriter json, string property, string? text)
    {
        if (text is not null) json.WriteString(property, text);
    }

    internal static void WriteArray<T>(Utf8JsonWriter json, string property, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0) return;
        json.WriteStartArray(property);
        foreach (var item in items) write(json, item);
        json.WriteEndArray();
    }

    internal static void WriteMap(Utf8JsonWriter json, string property, IReadOnlyDictionary<string, string>? map)
    {
        if (map is null or { Count: 0 }) return;
        json.WriteStartObject(property);
        foreach (var (language, text) in map.OrderBy(e => e.Key, StringComparer.Ordinal)) json.WriteString(language, text);
        json.WriteEndObject();
    }

    internal static void WriteExtensions(Utf8JsonWriter json, IReadOnlyDictionary<string, JsonNode?>? extensions)
    {
        if (extensions is null or { Count: 0 }) return;
        json.WriteStartObject("extensions");
        foreach (var (key, value) in extensions.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(key);
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json);
        }
        json.WriteEndObject();
    }
}
