using System.Text.Json;

namespace Lms.Standards.Xapi;

internal static class ActivityWriter
{
    public static void Write(Utf8JsonWriter json, Activity activity)
    {
        json.WriteStartObject();
        json.WriteString("objectType", "Activity");
        json.WriteString("id", activity.Id);
        if (activity.Definition is { IsEmpty: false } definition) WriteDefinition(json, definition);
        json.WriteEndObject();
    }

    private static void WriteDefinition(Utf8JsonWriter json, ActivityDefinition definition)
    {
        json.WriteStartObject("definition");
        StatementWriter.WriteMap(json, "name", definition.Name);
        StatementWriter.WriteMap(json, "description", definition.Description);
        StatementWriter.WriteText(json, "type", definition.Type);
        StatementWriter.WriteText(json, "moreInfo", definition.MoreInfo);
        if (definition.Interaction is { } interaction) WriteInteraction(json, interaction);
        StatementWriter.WriteExtensions(json, definition.Extensions);
        json.WriteEndObject();
    }

    private static void WriteInteraction(Utf8JsonWriter json, Interaction interaction)
    {
        json.WriteString("interactionType", interaction.Type);
        if (interaction.CorrectResponsesPattern is { } patterns)
        {
            // An empty array has a meaning of its own: no answer is right.
            json.WriteStartArray("correctResponsesPattern");
            foreach (var pattern in patterns) json.WriteStringValue(pattern);
            json.WriteEndArray();
        }
        StatementWriter.WriteArray(json, "choices", interaction.Choices, WriteComponent);
        StatementWriter.WriteArray(json, "scale", interaction.Scale, WriteComponent);
        StatementWriter.WriteArray(json, "source", interaction.Source, WriteComponent);
        StatementWriter.WriteArray(json, "target", interaction.Target, WriteComponent);
        StatementWriter.WriteArray(json, "steps", interaction.Steps, WriteComponent);
    }

    private static void WriteComponent(Utf8JsonWriter json, InteractionComponent component)
    {
        json.WriteStartObject();
        json.WriteString("id", component.Id);
        StatementWriter.WriteMap(json, "description", component.Description);
        json.WriteEndObject();
    }
}
