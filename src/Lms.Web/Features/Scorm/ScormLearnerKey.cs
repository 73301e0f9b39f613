using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Packages;

namespace Lms.Web.Features.Scorm;

/// <summary>Who a learner is to a content object, and to this system when several packages share data for them.</summary>
internal static class ScormLearnerKey
{
    /// <summary>A hash of the agent's identity.</summary>
    public static string Of(PackageRegistration registration)
    {
        using var actor = JsonDocument.Parse(registration.Actor);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AgentKey.Of(actor.RootElement) ?? registration.Id.ToString())));
    }

    /// <summary><c>learner_id</c>: the account's id, or what else the agent is known by.</summary>
    public static string Id(PackageRegistration registration)
    {
        using var actor = JsonDocument.Parse(registration.Actor);
        return AgentOf(actor.RootElement).Identifier switch
        {
            AccountIdentifier account => account.Name,
            MboxIdentifier mbox => mbox.Iri["mailto:".Length..],
            MboxSha1Identifier hash => hash.Sha1,
            OpenIdIdentifier openId => openId.Uri,
            var other => throw new InvalidOperationException($"Unhandled {other}."),
        };
    }

    /// <summary>The name that the agent gives; null when it gives none.</summary>
    public static string? Name(PackageRegistration registration)
    {
        using var actor = JsonDocument.Parse(registration.Actor);
        return AgentOf(actor.RootElement).Name;
    }

    /// <summary>The agent of a registration, for statements.</summary>
    public static Agent Agent(PackageRegistration registration)
    {
        using var actor = JsonDocument.Parse(registration.Actor);
        return AgentOf(actor.RootElement);
    }

    private static Agent AgentOf(JsonElement actor)
    {
        string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
        Identifier identifier =
            actor.TryGetProperty("account", out var account) ? new AccountIdentifier(Text(account, "homePage")!, Text(account, "name")!)
            : Text(actor, "mbox") is { } mbox ? new MboxIdentifier(mbox)
            : Text(actor, "mbox_sha1sum") is { } hash ? new MboxSha1Identifier(hash)
            : new OpenIdIdentifier(Text(actor, "openid")!);
        return new Agent(identifier) { Name = Text(actor, "name") };
    }
}
