using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Contexts. (Data 2.4.6; 2.0 adds contextAgents and contextGroups)</summary>
internal static class ContextShapes
{
    private static readonly Shape Activities = new("an object of context activities",
        new("parent", OneOrMore, "XAPI-00094"),
        new("grouping", OneOrMore, "XAPI-00094"),
        new("category", OneOrMore, "XAPI-00094"),
        new("other", OneOrMore, "XAPI-00094")) { Empty = "XAPI-00095", Unknown = "XAPI-00093" };

    private static readonly Shape ContextAgent = new("a context agent",
        new("objectType", Values.OneOf("contextAgent")) { Required = true },
        new("agent", ActorShapes.Agent) { Required = true },
        new("relevantTypes", RelevantTypes));

    private static readonly Shape ContextGroup = new("a context group",
        new("objectType", Values.OneOf("contextGroup")) { Required = true },
        new("group", ActorShapes.Group) { Required = true },
        new("relevantTypes", RelevantTypes));

    public static readonly Shape Context = new("a context",
        new("registration", Values.Uuid, "XAPI-00087"),
        new("instructor", ActorShapes.Actor, "XAPI-00087"),
        new("team", ActorShapes.Group, "XAPI-00088"),
        new("contextActivities", Activities.Check, "XAPI-00086"),
        new("contextAgents", Values.List(ContextAgent.Check)) { Since = XapiVersion.V2 },
        new("contextGroups", Values.List(ContextGroup.Check)) { Since = XapiVersion.V2 },
        new("revision", Values.Text, "XAPI-00089"),
        new("platform", Values.Text, "XAPI-00090"),
        new("language", Values.Language, "XAPI-00091"),
        new("statement", Reference, "XAPI-00092"),
        new("extensions", Values.Extensions, "XAPI-00120"));

    private static readonly Check ActivityList = Values.List(ActivityShapes.Activity.Check);

    // Through a method, because the shapes of statements and of contexts need each other.
    private static void Reference(Walk walk, JsonElement value, string? requirement) =>
        StatementShapes.Reference.Check(walk, value, requirement);

    // A single activity is allowed for the sake of 0.95; an LRS answers with a list.
    private static void OneOrMore(Walk walk, JsonElement value, string? requirement)
    {
        if (value.ValueKind == JsonValueKind.Array) ActivityList(walk, value, requirement);
        else ActivityShapes.Activity.Check(walk, value, requirement);
    }

    private static void RelevantTypes(Walk walk, JsonElement value, string? requirement)
    {
        Values.List(Values.Iri)(walk, value, requirement);
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0)
            walk.Report("empty", requirement, "The list of relevant types is empty.", "Name a type, or leave the property out.");
    }
}
