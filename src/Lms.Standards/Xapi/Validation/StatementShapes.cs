using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Statements, sub-statements and references. (Data 2.4, 2.4.4.3)</summary>
internal static class StatementShapes
{
    private static readonly Shape Verb = new("a verb",
        new("id", Values.Iri, "XAPI-00044") { Required = true },
        new("display", Values.LanguageMap, "XAPI-00045"));

    private static readonly Property[] Body =
    [
        new("actor", ActorShapes.Actor, "XAPI-00006") { Required = true, Missing = "XAPI-00003" },
        new("verb", Verb.Check, "XAPI-00006") { Required = true, Missing = "XAPI-00004" },
        new("result", ResultShapes.Result.Check, "XAPI-00006"),
        new("context", ContextShapes.Context.Check, "XAPI-00006"),
        new("timestamp", Values.Timestamp, "XAPI-00022"),
        new("attachments", Values.List(AttachmentShape.Attachment.Check), "XAPI-00025"),
    ];

    public static readonly Shape Reference = new("a statement reference",
        new("objectType", Values.OneOf("StatementRef"), "XAPI-00092") { Required = true, Missing = "XAPI-00073" },
        new("id", Values.Uuid, "XAPI-00072") { Required = true });

    private static readonly Shape SubStatement = new("a sub-statement",
    [
        new("objectType", Values.OneOf("SubStatement"), "XAPI-00073") { Required = true },
        .. Body,
        new("object", ObjectOfSubStatement, "XAPI-00006") { Required = true, Missing = "XAPI-00005" },
        new("id", Forbidden, "XAPI-00070"),
        new("stored", Forbidden, "XAPI-00069"),
        new("version", Forbidden, "XAPI-00068"),
        new("authority", Forbidden, "XAPI-00067"),
    ]) { Then = AcrossProperties };

    public static readonly Shape Statement = new("a statement",
    [
        new("id", Values.Uuid, "XAPI-00027"),
        .. Body,
        new("object", Object, "XAPI-00006") { Required = true, Missing = "XAPI-00005" },
        new("stored", Values.Timestamp, "XAPI-00023"),
        new("authority", ActorShapes.Authority, "XAPI-00024"),
        new("version", Version, "XAPI-00101"),
    ]) { Then = AcrossProperties };

    private static void ObjectOfSubStatement(Walk walk, JsonElement value, string? requirement)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("objectType"u8, out var type) && IsText(type, "SubStatement"))
            walk.Report("nested", "XAPI-00071", "A sub-statement has a sub-statement.", "Refer to the inner statement by a StatementRef.");
        else
            Object(walk, value, requirement);
    }

    private static void Object(Walk walk, JsonElement value, string? requirement)
    {
        if (!walk.Is(JsonValueKind.Object, value, requirement)) return;
        if (!value.TryGetProperty("objectType"u8, out var type)) WithoutType(walk, value);
        else if (IsText(type, "Agent") || IsText(type, "Group")) ActorShapes.Actor(walk, value, requirement);
        else if (IsText(type, "StatementRef")) Reference.Check(walk, value, requirement);
        else if (IsText(type, "SubStatement")) SubStatement.Check(walk, value, requirement);
        else if (IsText(type, "Activity")) ActivityShapes.Activity.Check(walk, value, requirement);
        else walk.Visit("objectType", type, Values.OneOf("Activity", "Agent", "Group", "StatementRef", "SubStatement"), "XAPI-00046");
    }

    // Without an objectType it is an activity; but say so where something else was plainly meant.
    private static void WithoutType(Walk walk, JsonElement value)
    {
        if (ActorShapes.HasIdentifier(value) || value.TryGetProperty("member"u8, out _))
            walk.Report("required", "XAPI-00065",
                "An agent or group as object has no “objectType”.", "Add “objectType”: “Agent” or “Group”.", "objectType");
        else if (value.TryGetProperty("actor"u8, out _) || value.TryGetProperty("verb"u8, out _))
            walk.Report("required", "XAPI-00073", "A sub-statement has no “objectType”.", "Add “objectType”: “SubStatement”.", "objectType");
        else
            ActivityShapes.Activity.Check(walk, value, "XAPI-00006");
    }

    private static void AcrossProperties(Walk walk, JsonElement statement)
    {
        var isReference = false;
        var isActivity = true;
        if (statement.TryGetProperty("object"u8, out var target) && target.ValueKind == JsonValueKind.Object && target.TryGetProperty("objectType"u8, out var type))
        {
            isReference = IsText(type, "StatementRef");
            isActivity = IsText(type, "Activity");
        }
        if (!isReference && IsVoiding(statement))
            walk.Report("voiding", "XAPI-00017",
                "The object of a voiding statement is no reference to a statement.", "Send {“objectType”: “StatementRef”, “id”: …} as the object.", "object");
        if (isActivity || !statement.TryGetProperty("context"u8, out var context) || context.ValueKind != JsonValueKind.Object) return;

        OnlyForActivities(walk, context, "revision", "XAPI-00084");
        OnlyForActivities(walk, context, "platform", "XAPI-00085");
    }

    private static void OnlyForActivities(Walk walk, JsonElement context, string property, string requirement)
    {
        if (!context.TryGetProperty(property, out _)) return;
        walk.Visit("context", context, (w, _, r) =>
            w.Report("only-activity", r, $"“{property}” is set, but the object is no activity.", $"Leave “{property}” out.", property), requirement);
    }

    private static bool IsVoiding(JsonElement statement) =>
        statement.TryGetProperty("verb"u8, out var verb) && verb.ValueKind == JsonValueKind.Object
        && verb.TryGetProperty("id"u8, out var id) && IsText(id, Verbs.VoidedId);

    private static void Version(Walk walk, JsonElement value, string? requirement) => Values.Format(
        walk, value, requirement, walk.Version == XapiVersion.V1 ? XapiFormats.IsVersion1 : XapiFormats.IsVersion1Or2, "version",
        "no version that is accepted here", walk.Version == XapiVersion.V1 ? "Write “1.0.0”, or leave it out." : "Write “2.0.0”, or leave it out.");

    private static void Forbidden(Walk walk, JsonElement value, string? requirement) =>
        walk.Report("sub-statement", requirement, "A sub-statement must not have this property.", "Remove it.");

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
