using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Writes stored statements in the formats <c>ids</c> and <c>canonical</c>; <c>exact</c> is the stored bytes. (Communication 2.1.3)</summary>
public static class StatementFormat
{
    /// <summary>Writes only what identifies agents, groups, activities and verbs.</summary>
    public static void WriteIds(Utf8JsonWriter json, JsonElement statement) => new Projection(json, null).Statement(statement);

    /// <summary>Writes activities and verbs as this store knows them, each language map reduced to one language.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="statement">A valid statement.</param>
    /// <param name="names">What the store knows.</param>
    public static void WriteCanonical(Utf8JsonWriter json, JsonElement statement, CanonicalNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        new Projection(json, names).Statement(statement);
    }

    /// <summary>Writes an activity definition with one language in each map.</summary>
    public static void WriteDefinition(Utf8JsonWriter json, JsonElement definition, LanguagePreference prefer) =>
        new Projection(json, new CanonicalNames(_ => null, _ => null, prefer)).Definition(definition);
}

/// <summary>What a store holds of activities and verbs, for the canonical format.</summary>
/// <param name="DefinitionOf">The definition of an activity by its IRI; null where none is known.</param>
/// <param name="DisplayOf">The display of a verb by its IRI; null where none is known.</param>
/// <param name="Prefer">The reader's languages.</param>
public sealed record CanonicalNames(Func<string, JsonElement?> DefinitionOf, Func<string, JsonElement?> DisplayOf, LanguagePreference Prefer);

/// <summary>One statement on its way into another format.</summary>
internal sealed class Projection(Utf8JsonWriter json, CanonicalNames? names)
{
    public void Statement(JsonElement statement)
    {
        json.WriteStartObject();
        foreach (var property in statement.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            switch (property.Name)
            {
                case "actor" or "authority": Actor(property.Value); break;
                case "verb": Verb(property.Value); break;
                case "object": Object(property.Value); break;
                case "context": Context(property.Value); break;
                default: property.Value.WriteTo(json); break;
            }
        }
        json.WriteEndObject();
    }

    public void Definition(JsonElement definition)
    {
        json.WriteStartObject();
        foreach (var property in definition.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            switch (property.Name)
            {
                case "name" or "description": LanguageMap(property.Value); break;
                case "choices" or "scale" or "source" or "target" or "steps": Each(property.Value, Component); break;
                default: property.Value.WriteTo(json); break;
            }
        }
        json.WriteEndObject();
    }

    private void Object(JsonElement target)
    {
        switch (target.TryGetProperty("objectType"u8, out var type) ? type.GetString() : "Activity")
        {
            case "Activity": Activity(target); break;
            case "Agent" or "Group": Actor(target); break;
            case "SubStatement": Statement(target); break;
            default: target.WriteTo(json); break;
        }
    }

    private void Context(JsonElement context)
    {
        json.WriteStartObject();
        foreach (var property in context.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            switch (property.Name)
            {
                case "instructor" or "team": Actor(property.Value); break;
                case "contextActivities": Members(property.Value, (_, list) => Each(list, Activity)); break;
                case "contextAgents" or "contextGroups": Each(property.Value, ContextActor); break;
                default: property.Value.WriteTo(json); break;
            }
        }
        json.WriteEndObject();
    }

    private void ContextActor(JsonElement item) => Members(item, (name, value) =>
    {
        if (name is "agent" or "group") Actor(value);
        else value.WriteTo(json);
    });

    private void Actor(JsonElement actor)
    {
        if (names is not null) { actor.WriteTo(json); return; }

        var identified = AgentKey.Of(actor) is not null;
        json.WriteStartObject();
        foreach (var property in actor.EnumerateObject())
        {
            if (property.Name == "name" || (property.Name == "member" && identified)) continue;
            json.WritePropertyName(property.Name);
            if (property.Name == "member") Each(property.Value, Actor);
            else property.Value.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private void Activity(JsonElement activity)
    {
        json.WriteStartObject();
        var definition = activity.TryGetProperty("definition"u8, out var own) ? own : (JsonElement?)null;
        foreach (var property in activity.EnumerateObject())
            if (property.Name == "id" || (names is not null && property.Name != "definition")) property.WriteTo(json);
        if (names is not null && (names.DefinitionOf(activity.GetProperty("id"u8).GetString()!) ?? definition) is { } known)
        {
            json.WritePropertyName("definition");
            Definition(known);
        }
        json.WriteEndObject();
    }

    private void Verb(JsonElement verb)
    {
        json.WriteStartObject();
        var id = verb.GetProperty("id"u8).GetString()!;
        json.WriteString("id", id);
        var display = verb.TryGetProperty("display"u8, out var own) ? own : (JsonElement?)null;
        if (names is not null && (names.DisplayOf(id) ?? display) is { } known)
        {
            json.WritePropertyName("display");
            LanguageMap(known);
        }
        json.WriteEndObject();
    }

    private void Component(JsonElement component) => Members(component, (name, value) =>
    {
        if (name == "description") LanguageMap(value);
        else value.WriteTo(json);
    });

    private void LanguageMap(JsonElement map)
    {
        var tags = map.EnumerateObject().Select(m => m.Name).ToList();
        json.WriteStartObject();
        if (tags.Count > 0)
        {
            var tag = names!.Prefer.Choose(tags);
            json.WriteString(tag, map.GetProperty(tag).GetString());
        }
        json.WriteEndObject();
    }

    private void Members(JsonElement value, Action<string, JsonElement> write)
    {
        json.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            write(member.Name, member.Value);
        }
        json.WriteEndObject();
    }

    private void Each(JsonElement list, Action<JsonElement> write)
    {
        json.WriteStartArray();
        foreach (var item in list.EnumerateArray()) write(item);
        json.WriteEndArray();
    }
}
