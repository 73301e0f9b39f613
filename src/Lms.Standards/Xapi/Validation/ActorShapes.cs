using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Agents, groups and the authority. (Data 2.4.2, 2.4.9)</summary>
internal static class ActorShapes
{
    private static readonly Shape Account = new("an account",
        new("homePage", Values.Iri, "XAPI-00042") { Required = true },
        new("name", AccountName, "XAPI-00043") { Required = true });

    private static readonly Property[] Common =
    [
        new("name", Values.Text, "XAPI-00033"),
        new("mbox", Mbox, "XAPI-00038"),
        new("mbox_sha1sum", Sha1, "XAPI-00039"),
        new("openid", Values.Iri, "XAPI-00040"),
        new("account", Account.Check, "XAPI-00041"),
    ];

    private static readonly Shape AgentShape = new("an agent",
        [.. Common, new("objectType", Values.OneOf("Agent"), "XAPI-00031"), new("member", MemberOfAgent, "XAPI-00035")])
    {
        MayBeEmpty = true, // its rule says more: an identifier is missing
        Then = OneIdentifier,
    };

    private static readonly Shape GroupShape = new("a group",
        [.. Common, new("objectType", Values.OneOf("Group"), "XAPI-00031") { Required = true }, new("member", Values.List(Agent), "XAPI-00036")])
    {
        Then = IdentifierOrMembers,
    };

    /// <summary>An agent, or a group where the objectType says so.</summary>
    public static void Actor(Walk walk, JsonElement value, string? requirement)
    {
        if (!walk.Is(JsonValueKind.Object, value, requirement)) return;
        if (!value.TryGetProperty("objectType"u8, out var type) || IsText(type, "Agent")) AgentShape.Check(walk, value, requirement);
        else if (IsText(type, "Group")) GroupShape.Check(walk, value, requirement);
        else walk.Visit("objectType", type, Values.OneOf("Agent", "Group"), "XAPI-00031");
    }

    public static void Agent(Walk walk, JsonElement value, string? requirement)
    {
        if (IsGroup(value)) walk.Report("agent", requirement, "A group stands where only an agent may.", "Send an agent.");
        else Actor(walk, value, requirement);
    }

    public static void Group(Walk walk, JsonElement value, string? requirement)
    {
        if (!walk.Is(JsonValueKind.Object, value, requirement)) return;
        if (IsGroup(value)) GroupShape.Check(walk, value, requirement);
        else walk.Report("group", requirement, "Something else stands where only a group may.", "Send a group with “objectType”: “Group”.");
    }

    /// <summary>An agent; or the two of three-legged OAuth, of whom the application is known by an account.</summary>
    public static void Authority(Walk walk, JsonElement value, string? requirement)
    {
        Actor(walk, value, requirement);
        if (!IsGroup(value)) return;

        var members = value.TryGetProperty("member"u8, out var list) && list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
        if (members != 2)
            walk.Report("authority", "XAPI-00098",
                "The authority is a group, but not of exactly two agents.", "Send an agent, or the OAuth consumer and its user.", "member");
        else if (HasIdentifier(value))
            walk.Report("authority", "XAPI-00098",
                "The authority is a group with an identifier of its own.", "Leave the identifier out: its two members say who it is.");
        else if (!list.EnumerateArray().Any(m => m.ValueKind == JsonValueKind.Object && m.TryGetProperty("account"u8, out _)))
            walk.Report("authority", "XAPI-00098",
                "Neither agent of the authority has an account, but an OAuth consumer is known by one.", "Identify the OAuth consumer by an account.", "member");
    }

    public static bool HasIdentifier(JsonElement value) => CountIdentifiers(value) > 0;

    private static void OneIdentifier(Walk walk, JsonElement agent)
    {
        var count = CountIdentifiers(agent);
        if (count == 0)
            walk.Report("identifier", "XAPI-00034", "The agent has no identifier.", "Add one of mbox, mbox_sha1sum, openid or account.");
        else if (count > 1)
            walk.Report("identifier", "XAPI-00034", "The agent has more than one identifier.", "Keep one of mbox, mbox_sha1sum, openid and account.");
    }

    private static void IdentifierOrMembers(Walk walk, JsonElement group)
    {
        var count = CountIdentifiers(group);
        if (count > 1)
            walk.Report("identifier", "XAPI-00037", "The group has more than one identifier.", "Keep one of mbox, mbox_sha1sum, openid and account.");
        if (count > 0) return;

        if (!group.TryGetProperty("member"u8, out var members) || (members.ValueKind == JsonValueKind.Array && members.GetArrayLength() == 0))
            walk.Report("identifier", "XAPI-00037", "The group has neither an identifier nor members.", "Add an identifier, or “member” with at least one agent.");
    }

    private static int CountIdentifiers(JsonElement value)
    {
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            if (member.NameEquals("mbox"u8) || member.NameEquals("mbox_sha1sum"u8) || member.NameEquals("openid"u8) || member.NameEquals("account"u8)) count++;
        }
        return count;
    }

    private static void MemberOfAgent(Walk walk, JsonElement value, string? requirement) =>
        walk.Report("agent", requirement, "An agent has members.", "Add “objectType”: “Group”, or remove “member”.");

    private static void Mbox(Walk walk, JsonElement value, string? requirement) => Values.Format(
        walk, value, requirement, XapiFormats.IsMbox, "mbox", "no mailto IRI", "Write “mailto:” and an e-mail address.");

    private static void Sha1(Walk walk, JsonElement value, string? requirement) => Values.Format(
        walk, value, requirement, XapiFormats.IsSha1, "sha1", "no SHA-1 hash", "Write the hash of the mailto IRI as 40 hex digits.");

    private static void AccountName(Walk walk, JsonElement value, string? requirement) => Values.Format(
        walk, value, requirement, name => !name.Contains('\0'), "account", "no account name", "Send a name without control characters.");

    private static bool IsGroup(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("objectType"u8, out var type) && IsText(type, "Group");

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
