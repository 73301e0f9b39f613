using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5;

/// <summary>The state document that tells a unit how it was launched. (10)</summary>
public static class LaunchData
{
    /// <summary>The document's id. A unit may read it and nothing else. (10.2.1.0-5)</summary>
    public const string StateId = "LMS.LaunchData";

    /// <summary>Writes the document.</summary>
    /// <param name="session">The session that begins.</param>
    /// <param name="unit">The unit launched.</param>
    /// <param name="returnUrl">Where the unit sends the learner when it ends; null for nowhere.</param>
    /// <param name="entitlement">The alternate entitlement key agreed upon with the unit's publisher; null where there is none.</param>
    /// <returns>A JSON object in UTF-8.</returns>
    public static byte[] ToUtf8(AuSession session, AssignableUnit unit, string? returnUrl, string? entitlement = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(unit);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteTemplate(json, session);
            json.WriteString("launchMode", session.Mode.ToString());
            if (unit.LaunchParameters is { } parameters) json.WriteString("launchParameters", parameters);
            if (session.MasteryScore is { } mastery) json.WriteNumber("masteryScore", mastery);
            json.WriteString("moveOn", unit.MoveOn.ToString());
            if (returnUrl is not null) json.WriteString("returnURL", returnUrl);
            WriteEntitlement(json, unit.EntitlementKey, entitlement);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    // What ContextRules ask for again.
    private static void WriteTemplate(Utf8JsonWriter json, AuSession session)
    {
        json.WriteStartObject("contextTemplate");
        json.WriteString("registration", session.Registration);
        json.WriteStartObject("contextActivities");
        json.WriteStartArray("grouping");
        json.WriteStartObject();
        json.WriteString("id", session.PublisherId);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("extensions");
        json.WriteString(ContextExtensions.SessionId, session.Id);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEntitlement(Utf8JsonWriter json, string? key, string? alternate)
    {
        if (key is null && alternate is null) return;
        json.WriteStartObject("entitlementKey");
        if (key is not null) json.WriteString("courseStructure", key);
        if (alternate is not null) json.WriteString("alternate", alternate);
        json.WriteEndObject();
    }
}
