using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lms.Standards.Xapi;

namespace Lms.Web.Features.Xapi.Privacy;

/// <summary>Puts pseudonyms in the places of agents. All else of a statement stays as it was sent, unless its content is to go, too.</summary>
/// <param name="homePage">The site, whose account a pseudonym is.</param>
/// <param name="nameOf">The pseudonym of an agent by its key; null for one who stays.</param>
internal sealed class Pseudonyms(string homePage, Func<string, string?> nameOf)
{
    private const string Prefix = "erased:";
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = StatementValidator.MaxDepth + 1 };
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = StatementValidator.MaxDepth + 1 };
    private static readonly string[] Identifiers = ["mbox", "mbox_sha1sum", "openid", "account"];

    /// <summary>A pseudonym that nobody can tell anything from.</summary>
    public static string Random() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The pseudonym that an agent always gets under one key, so that what they did stays together.</summary>
    public static string Keyed(byte[] secret, string agent) => Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(agent)).AsSpan(0, 16));

    /// <summary>Whether the key of an agent is that of a pseudonym.</summary>
    public static bool IsOne(string agentKey, string homePage) => agentKey.StartsWith($"account|{homePage}|{Prefix}", StringComparison.Ordinal);

    /// <summary>The statement with pseudonyms; null when nobody in it gets one.</summary>
    /// <param name="withContent">Also takes out responses, extensions and attachments.</param>
    public byte[]? Rewrite(byte[] json, bool withContent)
    {
        var statement = JsonNode.Parse(json, documentOptions: Deep)!.AsObject();
        var changed = Statement(statement);
        if (!changed) return null;
        if (withContent) Empty(statement);
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(statement, AsWritten);
    }

    private bool Statement(JsonObject statement)
    {
        var changed = Actor(statement["actor"]) | Actor(statement["authority"]);
        if (statement["object"] is JsonObject target)
            changed |= (string?)target["objectType"] switch { "Agent" or "Group" => Actor(target), "SubStatement" => Statement(target), _ => false };
        if (statement["context"] is not JsonObject context) return changed;
        changed |= Actor(context["instructor"]) | Actor(context["team"]);
        if (context["contextAgents"] is JsonArray agents) foreach (var item in agents) changed |= Actor(item?["agent"]);
        if (context["contextGroups"] is JsonArray groups) foreach (var item in groups) changed |= Actor(item?["group"]);
        return changed;
    }

    private bool Actor(JsonNode? node)
    {
        if (node is not JsonObject actor) return false;
        var changed = false;
        if (actor["member"] is JsonArray members) foreach (var member in members) changed |= Actor(member);
        if (KeyOf(actor) is not { } key || nameOf(key) is not { } pseudonym) return changed;
        foreach (var identifier in Identifiers) actor.Remove(identifier);
        actor.Remove("name");
        actor["account"] = new JsonObject { ["homePage"] = homePage, ["name"] = pseudonym };
        return true;
    }

    private static string? KeyOf(JsonObject actor)
    {
        if (!Identifiers.Any(actor.ContainsKey)) return null;
        using var json = JsonDocument.Parse(actor.ToJsonString(AsWritten));
        return AgentKey.Of(json.RootElement);
    }

    private static void Empty(JsonObject statement)
    {
        statement.Remove("attachments");
        if (statement["result"] is JsonObject result)
        {
            result.Remove("response");
            result.Remove("extensions");
            // The standard knows no empty result.
            if (result.Count == 0) statement.Remove("result");
        }
        if (statement["context"] is JsonObject context) context.Remove("extensions");
        if (statement["object"] is JsonObject target && (string?)target["objectType"] == "SubStatement") Empty(target);
    }
}
