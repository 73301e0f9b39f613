using System.Text.Json.Nodes;

namespace Lms.Web.Tests.Xapi;

/// <summary>Statements that nobody sent before, changed in a place or two.</summary>
internal static class Sample
{
    public const string Voided = "http://adlnet.gov/expapi/verbs/voided";

    public static string NewId() => Guid.NewGuid().ToString();

    public static string NewIri(string kind = "activities") => $"https://example.org/{kind}/{Guid.NewGuid():N}";

    public static string NewAgent() => $$"""{"mbox":"mailto:{{Guid.NewGuid():N}}@example.org"}""";

    /// <summary>A small statement, with the values at dotted paths replaced or added; null removes one.</summary>
    public static JsonObject Statement(params (string Path, string? Json)[] changes)
    {
        var root = new JsonObject
        {
            ["actor"] = JsonNode.Parse(NewAgent()),
            ["verb"] = new JsonObject { ["id"] = "https://example.org/verbs/tried" },
            ["object"] = new JsonObject { ["id"] = NewIri() },
        };
        foreach (var (path, json) in changes) Set(root, path.Split('.'), json);
        return root;
    }

    public static JsonArray Batch(int count, params (string Path, string? Json)[] changes) => [.. Enumerable.Range(0, count).Select(_ => Statement(changes))];

    public static JsonObject Reference(string target, string verb = "https://example.org/verbs/commented") => Statement(
        ("verb.id", Quoted(verb)), ("object", $$"""{"objectType":"StatementRef","id":"{{target}}"}"""));

    public static JsonObject Voiding(string target) => Reference(target, Voided);

    public static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private static void Set(JsonObject root, string[] steps, string? json)
    {
        var parent = root;
        foreach (var step in steps[..^1]) parent = (JsonObject)(parent[step] ??= new JsonObject());
        if (json is null) parent.Remove(steps[^1]);
        else parent[steps[^1]] = JsonNode.Parse(json);
    }
}
