using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Web.Features.Packages;

/// <summary>Who the learner of a registration is, to content and to this system.</summary>
/// <param name="Agent">As it was named by whoever registered it.</param>
internal sealed record RegisteredLearner(Agent Agent)
{
    public static RegisteredLearner Of(PackageRegistration registration)
    {
        using var json = JsonDocument.Parse(registration.Actor);
        var actor = json.RootElement;
        Identifier identifier =
            actor.TryGetProperty("account"u8, out var account) ? new AccountIdentifier(Text(account, "homePage")!, Text(account, "name")!)
            : Text(actor, "mbox") is { } mbox ? new MboxIdentifier(mbox)
            : Text(actor, "mbox_sha1sum") is { } hash ? new MboxSha1Identifier(hash)
            : new OpenIdIdentifier(Text(actor, "openid")!);
        return new(new Agent(identifier) { Name = Text(actor, "name") });
    }

    /// <summary>The account's id, or what else the agent is known by.</summary>
    public string Id => Agent.Identifier switch
    {
        AccountIdentifier account => account.Name,
        MboxIdentifier mbox => mbox.Iri["mailto:".Length..],
        MboxSha1Identifier hash => hash.Sha1,
        OpenIdIdentifier openId => openId.Uri,
        var other => throw new InvalidOperationException($"Unhandled {other}."),
    };

    /// <summary>The same for every registration of one learner, and tells nobody who it is: a hash of the agent's identity, in hexadecimal digits.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AgentKey.Of(Agent.Identifier))));

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
