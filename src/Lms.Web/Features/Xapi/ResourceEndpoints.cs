using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi;

/// <summary>The About, Activities and Agents resources. (Communication 2.4, 2.5, 2.8)</summary>
internal static class ResourceEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(RouteGroupBuilder xapi)
    {
        xapi.MapMethods("/activities", Reading, ActivityAsync).RequireAuthorization(XapiPolicies.ReadStatements);
        xapi.MapMethods("/agents", Reading, PersonAsync).RequireAuthorization(XapiPolicies.ReadStatements);
    }

    /// <summary>Open to anybody, since a client asks it before it knows which version to speak.</summary>
    public static void MapAbout(RouteGroupBuilder xapi) =>
        xapi.MapMethods("/about", Reading, () => TypedResults.Ok(new { version = XapiVersions.Accepted, extensions = new Dictionary<string, object>() })).AllowAnonymous();

    private static async Task<IResult> ActivityAsync(HttpContext http, LmsDbContext db, NameFinder names, CancellationToken ct)
    {
        var read = new Parameters(http.Request.Query);
        read.RefuseOthers("activityId");
        var iri = read.RequiredIri("activityId");
        var definition = await names.ActivityAsync(iri, ct) is { } id
            ? await db.XapiActivities.AsNoTracking().Where(a => a.Id == id).Select(a => a.Definition).SingleAsync(ct)
            : null;
        return definition is null
            ? TypedResults.Ok(new { objectType = "Activity", id = iri })
            : TypedResults.Ok(new { objectType = "Activity", id = iri, definition = JsonSerializer.Deserialize<JsonElement>(definition) });
    }

    /// <summary>A person as far as one identifier tells: two identifiers are never taken for one person.</summary>
    private static async Task<IResult> PersonAsync(HttpContext http, LmsDbContext db, NameFinder names, CancellationToken ct)
    {
        var read = new Parameters(http.Request.Query);
        read.RefuseOthers("agent");
        var json = read.Required("agent");
        var key = AgentParameter.Key(json, XapiVersions.Of(http));
        var name = await names.AgentAsync(key, ct) is { } id
            ? await db.XapiAgents.AsNoTracking().Where(a => a.Id == id).Select(a => a.DisplayName).SingleAsync(ct)
            : null;
        using var agent = JsonDocument.Parse(json);
        var person = new Dictionary<string, object> { ["objectType"] = "Person" };
        if ((name ?? Text(agent.RootElement, "name")) is { } called) person["name"] = new[] { called };
        foreach (var identifier in new[] { "mbox", "mbox_sha1sum", "openid", "account" })
            if (agent.RootElement.TryGetProperty(identifier, out var value)) person[identifier] = new[] { value.Clone() };
        return TypedResults.Ok(person);
    }

    private static string? Text(JsonElement holder, string property) => holder.TryGetProperty(property, out var value) ? value.GetString() : null;
}
