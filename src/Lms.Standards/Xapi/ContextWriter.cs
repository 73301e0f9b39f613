using System.Text.Json;

namespace Lms.Standards.Xapi;

internal static class ContextWriter
{
    public static void Write(Utf8JsonWriter json, Context context)
    {
        json.WriteStartObject("context");
        if (context.Registration is { } registration) json.WriteString("registration", registration);
        if (context.Instructor is { } instructor) StatementWriter.WriteActor(json, "instructor", instructor);
        if (context.Team is { } team) StatementWriter.WriteActor(json, "team", team);
        if (context.ContextActivities is { IsEmpty: false } activities) WriteActivities(json, activities);
        StatementWriter.WriteText(json, "revision", context.Revision);
        StatementWriter.WriteText(json, "platform", context.Platform);
        StatementWriter.WriteText(json, "language", context.Language);
        if (context.Statement is { } statement)
        {
            json.WritePropertyName("statement");
            StatementWriter.WriteReference(json, statement);
        }
        StatementWriter.WriteExtensions(json, context.Extensions);
        json.WriteEndObject();
    }

    private static void WriteActivities(Utf8JsonWriter json, ContextActivities activities)
    {
        json.WriteStartObject("contextActivities");
        StatementWriter.WriteArray(json, "parent", activities.Parent, ActivityWriter.Write);
        StatementWriter.WriteArray(json, "grouping", activities.Grouping, ActivityWriter.Write);
        StatementWriter.WriteArray(json, "category", activities.Category, ActivityWriter.Write);
        StatementWriter.WriteArray(json, "other", activities.Other, ActivityWriter.Write);
        json.WriteEndObject();
    }
}
