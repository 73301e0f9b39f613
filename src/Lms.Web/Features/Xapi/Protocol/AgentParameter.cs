using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Web.Features.Xapi.Protocol;

/// <summary>The request parameter <c>agent</c>: an agent or identified group as JSON. (Communication 2.1.3)</summary>
internal static class AgentParameter
{
    public static string Key(string json, XapiVersion version)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var found = StatementValidator.ValidateActor(document.RootElement, version);
            if (found.Count > 0) throw new XapiException(XapiProblem.Of([.. found.Select(v => v with { Path = $"agent{v.Path[1..]}" })]));
            return AgentKey.Of(document.RootElement)
                ?? throw new XapiException("agent", "An anonymous group can't be asked for.", "Ask for an agent or an identified group.");
        }
        catch (JsonException)
        {
            throw new XapiException("agent", "The agent is no JSON.", "Send an agent as JSON, for example {\"mbox\":\"mailto:ana@example.org\"}.", requirement: "XAPI-00012");
        }
    }
}
