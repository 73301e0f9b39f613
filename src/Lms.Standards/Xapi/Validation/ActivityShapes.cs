using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Activities, their definitions and interactions. (Data 2.4.4.1)</summary>
internal static class ActivityShapes
{
    private static readonly string[] InteractionTypes =
        ["true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"];

    private static readonly (string List, string[] Types)[] ComponentLists =
    [
        ("choices", ["choice", "sequencing"]),
        ("scale", ["likert"]),
        ("source", ["matching"]),
        ("target", ["matching"]),
        ("steps", ["performance"]),
    ];

    private static readonly Shape Component = new("an interaction component",
        new("id", Values.Text, "XAPI-00058") { Required = true },
        new("description", Values.LanguageMap, "XAPI-00062"));

    // A definition with nothing in it is accepted: every property of it is optional, and the official suite sends one.
    private static readonly Shape Definition = new("an activity definition",
        new("name", Values.LanguageMap, "XAPI-00056"),
        new("description", Values.LanguageMap, "XAPI-00059"),
        new("type", Values.Iri, "XAPI-00060"),
        new("moreInfo", Values.Iri, "XAPI-00061"),
        new("interactionType", Values.OneOf(InteractionTypes), "XAPI-00049"),
        new("correctResponsesPattern", Values.List(Values.Text), "XAPI-00050"),
        new("choices", Components, "XAPI-00055"),
        new("scale", Components, "XAPI-00054"),
        new("source", Components, "XAPI-00053"),
        new("target", Components, "XAPI-00052"),
        new("steps", Components, "XAPI-00051"),
        new("extensions", Values.Extensions, "XAPI-00057")) { MayBeEmpty = true, Then = InteractionIsWhole };

    public static readonly Shape Activity = new("an activity",
        new("objectType", Values.OneOf("Activity"), "XAPI-00046"),
        new("id", Values.Iri, "XAPI-00047") { Required = true },
        new("definition", Definition.Check, "XAPI-00048"));

    private static void Components(Walk walk, JsonElement value, string? requirement)
    {
        if (!walk.Is(JsonValueKind.Array, value, requirement)) return;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (walk.Full) return;
            walk.Visit(index++, item, Component.Check, "XAPI-00063");
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("id"u8, out var id) || id.ValueKind != JsonValueKind.String) continue;
            if (!ids.Add(id.GetString()!))
                walk.Report("component-id", "XAPI-00058",
                    $"The component id “{Walk.Cut(id.GetString()!)}” occurs twice.", "Give each component of the list its own id.");
        }
    }

    private static void InteractionIsWhole(Walk walk, JsonElement definition)
    {
        var type = definition.TryGetProperty("interactionType"u8, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (type is null && definition.TryGetProperty("correctResponsesPattern"u8, out _))
            walk.Report("interaction", "XAPI-00064",
                "There is a “correctResponsesPattern”, but no “interactionType”.", "Add the “interactionType”.", "interactionType");
        foreach (var (list, types) in ComponentLists)
        {
            if (!definition.TryGetProperty(list, out _) || (type is not null && types.Contains(type))) continue;
            var found = type is null ? "a definition without “interactionType”" : $"the interaction type “{Walk.Cut(type)}”";
            walk.Report("interaction", "XAPI-00010", $"“{list}” does not belong to {found}.", $"Use it with {string.Join(" or ", types)} only.", list);
        }
    }
}
