using System.Text.Json;

namespace Lms.Standards.Xapi;

internal static class ActorWriter
{
    public static void Write(Utf8JsonWriter json, Actor actor)
    {
        json.WriteStartObject();
        json.WriteString("objectType", actor is Group ? "Group" : "Agent");
        StatementWriter.WriteText(json, "name", actor.Name);
        if (actor is Agent agent) WriteIdentifier(json, agent.Identifier);
        if (actor is Group group)
        {
            if (group.Identifier is { } identifier) WriteIdentifier(json, identifier);
            StatementWriter.WriteArray(json, "member", group.Members, Write);
        }
        json.WriteEndObject();
    }

    private static void WriteIdentifier(Utf8JsonWriter json, Identifier identifier)
    {
        switch (identifier)
        {
            case MboxIdentifier mbox: json.WriteString("mbox", mbox.Iri); break;
            case MboxSha1Identifier hash: json.WriteString("mbox_sha1sum", hash.Sha1); break;
            case OpenIdIdentifier openId: json.WriteString("openid", openId.Uri); break;
            case AccountIdentifier account:
                json.WriteStartObject("account");
                json.WriteString("homePage", account.HomePage);
                json.WriteString("name", account.Name);
                json.WriteEndObject();
                break;
        }
    }
}
