using System.Text.Json;
using System.Text.Json.Nodes;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

/// <summary>A valid statement with nearly every property, and a way to change one place of it.</summary>
internal static class Samples
{
    public const string Full =
        """
        {
          "id": "8f87ccde-bb56-4c2e-ab83-44982ef22df0",
          "actor": { "objectType": "Agent", "name": "Ana", "account": { "homePage": "https://lms.example.org", "name": "p-17" } },
          "verb": { "id": "http://adlnet.gov/expapi/verbs/answered", "display": { "en-US": "answered", "fr": "a répondu" } },
          "object": {
            "objectType": "Activity",
            "id": "https://lms.example.org/q/1",
            "definition": {
              "name": { "en": "Grade A" }, "description": { "en": "How many?" },
              "type": "http://adlnet.gov/expapi/activities/cmi.interaction", "moreInfo": "https://lms.example.org/about",
              "interactionType": "choice", "correctResponsesPattern": ["a[,]b"],
              "choices": [{ "id": "a", "description": { "en": "3 520" } }, { "id": "b" }],
              "extensions": { "https://lms.example.org/x/difficulty": 2 }
            }
          },
          "result": {
            "score": { "scaled": 0.5, "raw": 5, "min": 0, "max": 10 },
            "success": true, "completion": false, "response": "a", "duration": "PT1M1.23S",
            "extensions": { "https://lms.example.org/x/any": null, "urn:x:deep": { "": [{}, [], "", null] } }
          },
          "context": {
            "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
            "instructor": { "mbox": "mailto:tutor@example.org" },
            "team": { "objectType": "Group", "name": "Batch 4", "member": [{ "openid": "https://ana.example.org/" }] },
            "contextActivities": {
              "parent": { "id": "https://lms.example.org/a/1" },
              "grouping": [{ "id": "https://lms.example.org/c/1" }, { "id": "https://lms.example.org/p/1" }],
              "category": [], "other": [{ "objectType": "Activity", "id": "urn:isbn:9780306406157" }]
            },
            "revision": "sha256:ab", "platform": "Seedlot", "language": "fr-CD",
            "statement": { "objectType": "StatementRef", "id": "fd41c918-b88b-4b20-a0a5-a4c32391aaa0" },
            "extensions": {}
          },
          "timestamp": "2025-03-01T12:00:00.005+01:00",
          "stored": "2025-03-01T11:00:00.105Z",
          "authority": { "objectType": "Group", "member": [
            { "account": { "homePage": "https://lms.example.org/oauth", "name": "consumer" } }, { "mbox": "mailto:bob@example.org" }] },
          "version": "1.0.3",
          "attachments": [{
            "usageType": "http://id.tincanapi.com/attachment/certificate-of-completion",
            "display": { "en": "Certificate" }, "description": { "en": "Signed" }, "contentType": "text/plain; charset=ascii", "length": 27,
            "sha2": "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a", "fileUrl": "https://lms.example.org/f/1"
          }]
        }
        """;

    public const string Group = """{ "objectType": "Group", "mbox": "mailto:team@example.org", "member": [{ "mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9" }] }""";

    public const string Reference = """{ "objectType": "StatementRef", "id": "fd41c918-b88b-4b20-a0a5-a4c32391aaa0" }""";

    public const string Sub =
        """{ "objectType": "SubStatement", "actor": { "mbox": "mailto:a@example.org" }, "verb": { "id": "urn:v:will" }, "object": { "id": "urn:a:1" } }""";

    /// <summary>The full statement with the value at a dotted path replaced; null removes it.</summary>
    public static string With(params (string Path, string? Json)[] changes)
    {
        var root = JsonNode.Parse(Full)!;
        foreach (var (path, json) in changes)
        {
            var steps = path.Split('.');
            var parent = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
            if (json is null) parent.AsObject().Remove(steps[^1]);
            else if (int.TryParse(steps[^1], out var at)) parent[at] = JsonNode.Parse(json);
            else parent[steps[^1]] = JsonNode.Parse(json);
        }
        return root.ToJsonString();
    }

    public static IReadOnlyList<Violation> Validate(string json, XapiVersion version = XapiVersion.V1) =>
        StatementValidator.Validate(System.Text.Encoding.UTF8.GetBytes(json), version);

    public static JsonElement Element(string json) => JsonElement.Parse(json);
}
