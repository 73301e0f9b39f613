using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>
/// The text by which an agent or identified group is found again: <c>account|homePage|name</c>, <c>mbox|mailto:…</c>,
/// <c>mbox_sha1sum|…</c> or <c>openid|…</c>. Two agents are the same exactly when their keys are. (Data 2.4.2.3)
/// </summary>
/// <remarks>An IRI holds no bar, so the parts can't run into one another.</remarks>
public static class AgentKey
{
    /// <summary>The key of a written identifier.</summary>
    public static string Of(Identifier identifier) => identifier switch
    {
        AccountIdentifier account => Account(account.HomePage, account.Name),
        MboxIdentifier mbox => Mbox(mbox.Iri),
        MboxSha1Identifier hash => Sha1(hash.Sha1),
        OpenIdIdentifier openId => OpenId(openId.Uri),
        _ => throw new ArgumentException("Unknown identifier.", nameof(identifier)),
    };

    /// <summary>The key of a valid agent or group; null for an anonymous group.</summary>
    public static string? Of(JsonElement actor)
    {
        if (actor.TryGetProperty("account"u8, out var account))
            return Account(account.GetProperty("homePage"u8).GetString()!, account.GetProperty("name"u8).GetString()!);
        if (actor.TryGetProperty("mbox"u8, out var mbox)) return Mbox(mbox.GetString()!);
        if (actor.TryGetProperty("mbox_sha1sum"u8, out var hash)) return Sha1(hash.GetString()!);
        return actor.TryGetProperty("openid"u8, out var openId) ? OpenId(openId.GetString()!) : null;
    }

    private static string Account(string homePage, string name) => $"account|{homePage}|{name}";

    // The domain of an address is case-insensitive (Data 2.3.1), its local part is not.
    private static string Mbox(string iri)
    {
        var at = iri.LastIndexOf('@');
        return string.Concat("mbox|", iri.AsSpan(0, at), iri[at..].ToLowerInvariant());
    }

    private static string Sha1(string hash) => "mbox_sha1sum|" + hash.ToLowerInvariant();

    private static string OpenId(string uri) => "openid|" + uri;
}
