using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5;

/// <summary>The context of a unit's statement: the template that the LMS gave, unaltered, and what cmi5 adds. (9.6, 10.2.1)</summary>
internal static class ContextRules
{
    public static SessionBreach? Breach(AuSession session, JsonElement statement, bool defined)
    {
        if (!statement.TryGetProperty("context"u8, out var context)) return new(defined ? "9.6.0.0-1 (d)" : "10.2.1.0-6 (d)", "The statement has no context.");
        if (!context.TryGetProperty("registration"u8, out var registration)) return new("9.6.1.0-1 (d)", "The context has no registration.");
        if (!Guid.TryParse(registration.GetString(), out var id) || id != session.Registration) return new("8.1.4.0-3 (d)", "The registration is not that of the launch.");

        if (Extension(statement, ContextExtensions.SessionId) is not { } said) return new("9.6.3.1-4 (d)", "The context has no session id.");
        if (said.ValueKind != JsonValueKind.String || said.GetString() != session.Id) return new("10.2.1.0-7 (d)", "The session id is not that of the context template.");
        if (!Lists(statement, "grouping", session.PublisherId))
            return new(defined ? "9.6.2.0-1 (d)" : "10.2.1.0-6 (d)", "The context does not list the publisher's id of the unit under grouping, as the context template does.");
        return defined || !Lists(statement, "category", Categories.MoveOn)
            ? null
            : new("9.6.2.2-2 (d)", "The category moveOn is only for cmi5 defined statements with a success or a completion.");
    }

    public static bool Lists(JsonElement statement, string usage, string activity)
    {
        if (!statement.TryGetProperty("context"u8, out var context) || !context.TryGetProperty("contextActivities"u8, out var activities)
            || !activities.TryGetProperty(usage, out var list)) return false;
        // Version 1.0 allows a single activity where a list belongs.
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Any(Is) : Is(list);

        bool Is(JsonElement one) => one.GetProperty("id"u8).GetString() == activity;
    }

    public static JsonElement? Extension(JsonElement statement, string name) =>
        statement.GetProperty("context"u8).TryGetProperty("extensions"u8, out var extensions) && extensions.TryGetProperty(name, out var value) ? value : null;
}
