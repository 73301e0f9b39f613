using System.Text.Json.Nodes;

namespace Lms.Web.Tests.Xapi;

/// <summary>Statements that nobody sent before, changed in a place or two.</summary>
internal static class Sample
{
    public const string Completed = "http://adlnet.gov/expapi/verbs/completed";
    public const string Answered = "http://adlnet.gov/expapi/verbs/answered";
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

    public static JsonObject Voiding(Guid target) => Voiding(target.ToString());

    /// <summary>A statement of an agent by mail about an activity.</summary>
    public static JsonObject By(string mail, string verb = Completed, string activity = "https://example.org/a", string? name = null, Guid? id = null) => new()
    {
        ["id"] = (id ?? Guid.NewGuid()).ToString(),
        ["actor"] = new JsonObject { ["mbox"] = $"mailto:{mail}", ["name"] = name ?? mail },
        ["verb"] = new JsonObject { ["id"] = verb },
        ["object"] = new JsonObject { ["id"] = activity },
    };

    public static JsonObject VoidingBy(string mail, Guid target)
    {
        var voiding = By(mail, Voided);
        voiding["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = target.ToString() };
        return voiding;
    }

    /// <summary>The filter for what an agent did.</summary>
    public static string ByMail(string mail) => $"agent={Uri.EscapeDataString($"{{\"mbox\":\"mailto:{mail}\"}}")}";

    public static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private static void Set(JsonObject root, string[] steps, string? json)
    {
        var parent = root;
        foreach (var step in steps[..^1]) parent = (JsonObject)(parent[step] ??= new JsonObject());
        if (json is null) parent.Remove(steps[^1]);
        else parent[steps[^1]] = JsonNode.Parse(json);
    }
}
