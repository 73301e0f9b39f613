using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Protocol;
using Microsoft.Net.Http.Headers;

namespace Lms.Web.Features.Xapi.Documents;

/// <summary>The State, Agent Profile and Activity Profile resources. (Communication 2.3, 2.6, 2.7)</summary>
internal static class DocumentEndpoints
{
    public static void Map(RouteGroupBuilder xapi)
    {
        Map(xapi.MapGroup("/activities/state").RequireAuthorization(XapiPolicies.State), DocumentKind.State);
        Map(xapi.MapGroup("/activities/profile").RequireAuthorization(XapiPolicies.Profile), DocumentKind.ActivityProfile);
        Map(xapi.MapGroup("/agents/profile").RequireAuthorization(XapiPolicies.Profile), DocumentKind.AgentProfile);
    }

    private static void Map(RouteGroupBuilder resource, DocumentKind kind)
    {
        resource.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (HttpContext http, DocumentStore store, CancellationToken ct) => GetAsync(DocumentRequest.Read(http, kind, "since"), http, store, ct));
        resource.MapPut("/", (HttpContext http, DocumentStore store, CancellationToken ct) => PutAsync(DocumentRequest.Read(http, kind), http, store, ct));
        resource.MapPost("/", (HttpContext http, DocumentStore store, CancellationToken ct) => PostAsync(DocumentRequest.Read(http, kind), http, store, ct));
        resource.MapDelete("/", (HttpContext http, DocumentStore store, CancellationToken ct) => DeleteAsync(DocumentRequest.Read(http, kind), http, store, ct));
    }

    private static async Task<IResult> GetAsync(DocumentRequest request, HttpContext http, DocumentStore store, CancellationToken ct)
    {
        if (request.Id is not { } id)
        {
            var (ids, last) = await store.ListAsync(request.Scope, request.Since, ct);
            if (last is { } at) http.Response.GetTypedHeaders().LastModified = at;
            return TypedResults.Ok(ids);
        }
        if (await store.FindAsync(request.Scope, id, ct) is not { } document)
            return XapiProblem.Of(request.IdName, $"There is no document “{XapiProblem.Cut(id)}”.", "Ask without the id for what there is.", StatusCodes.Status404NotFound);
        // Content of others must not become a page of this site.
        http.Response.Headers.ContentDisposition = "attachment";
        return TypedResults.Bytes(document.Content, document.ContentType, lastModified: document.UpdatedAt, entityTag: new EntityTagHeaderValue($"\"{document.ETag}\""));
    }

    private static async Task<IResult> PutAsync(DocumentRequest request, HttpContext http, DocumentStore store, CancellationToken ct)
    {
        var id = request.RequiredId();
        var (type, content) = await ReadAsync(http, ct);
        return Answer(await store.PutAsync(request.Scope, id, type, content, request.Conditions, XapiVersions.Of(http), ct));
    }

    private static async Task<IResult> PostAsync(DocumentRequest request, HttpContext http, DocumentStore store, CancellationToken ct)
    {
        var id = request.RequiredId();
        var (type, content) = await ReadAsync(http, ct);
        if (DocumentStore.IsJson(type) && !DocumentStore.IsJsonObject(content))
            throw new XapiException("body", "The document is said to be JSON, and is no JSON object.", "Send a well-formed JSON object, or say what it is.", requirement: "XAPI-00234");
        return Answer(await store.PostAsync(request.Scope, id, type, content, request.Conditions, ct));
    }

    private static async Task<IResult> DeleteAsync(DocumentRequest request, HttpContext http, DocumentStore store, CancellationToken ct)
    {
        if (request.Id is { } id) return Answer(await store.DeleteAsync(request.Scope, id, request.Conditions, ct));
        // Only states may be deleted together. (Communication 2.3)
        if (request.Scope.Kind != DocumentKind.State) request.RequiredId();
        await store.DeleteAllAsync(request.Scope, ct);
        return TypedResults.NoContent();
    }

    private static IResult Answer(DocumentResult result) => result switch
    {
        DocumentResult.Done => TypedResults.NoContent(),
        DocumentResult.PreconditionFailed => XapiProblem.Of("If-Match", "The document is not what the request takes it for.", "Get it anew, and send its ETag.", StatusCodes.Status412PreconditionFailed, "XAPI-00322"),
        DocumentResult.Conflict => XapiProblem.Of("If-Match", "There is such a document, and the request does not say that it may be replaced.",
            "Get it, and send its ETag as If-Match.", StatusCodes.Status409Conflict, "XAPI-00322"),
        DocumentResult.NoPrecondition => XapiProblem.Of("If-None-Match", "The request does not say what it expects to be there.", "Send If-None-Match: * for a new document, or If-Match with the ETag of the old one.", requirement: "XAPI-00273"),
        DocumentResult.CannotMerge => XapiProblem.Of("Content-Type", "Only a JSON object can be merged into a JSON object.", "PUT the document to replace it.", requirement: "XAPI-00232"),
        _ => throw new InvalidOperationException($"Unhandled {result}."),
    };

    private static async Task<(string Type, byte[] Content)> ReadAsync(HttpContext http, CancellationToken ct)
    {
        // A document without a type is octets. (RFC 7231 3.1.1.5)
        var type = http.Request.ContentType is { Length: > 0 and <= 200 } sent ? sent : "application/octet-stream";
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(chunk, ct)) > 0;)
        {
            if (buffer.Length + read > BodyLimits.Document)
                throw new XapiException("body", $"A document has at most {BodyLimits.Document} octets.", "Keep large content elsewhere and refer to it.", StatusCodes.Status413PayloadTooLarge);
            buffer.Write(chunk, 0, read);
        }
        return (type, buffer.ToArray());
    }
}

/// <summary>What a request to a document resource is about.</summary>
internal sealed record DocumentRequest(DocumentScope Scope, string IdName, string? Id, DateTime? Since, Preconditions Conditions)
{
    public static DocumentRequest Read(HttpContext http, DocumentKind kind, params string[] more)
    {
        var read = new Parameters(http.Request.Query);
        var idName = kind == DocumentKind.State ? "stateId" : "profileId";
        string[] known = kind switch
        {
            DocumentKind.State => ["activityId", "agent", "registration"],
            DocumentKind.AgentProfile => ["agent"],
            _ => ["activityId"],
        };
        read.RefuseOthers([.. known, idName, .. more]);
        var scope = new DocumentScope(kind, LrsClient.Of(http).CentreId,
            known.Contains("activityId") ? read.RequiredIri("activityId") : "",
            known.Contains("agent") ? AgentParameter.Key(read.Required("agent"), XapiVersions.Of(http)) : "",
            known.Contains("registration") ? read.Uuid("registration") : null);
        return new DocumentRequest(scope, idName, read.Text(idName), read.Time("since"), ConditionsOf(http.Request));
    }

    public string RequiredId() => Id switch
    {
        null or "" => throw new XapiException(IdName, $"The parameter “{IdName}” is missing.", $"Send {IdName}=…."),
        { Length: > XapiDocument.LongestId } => throw new XapiException(IdName, $"“{IdName}” is longer than {XapiDocument.LongestId} characters.", "Choose a shorter one."),
        var id => id,
    };

    private static Preconditions ConditionsOf(HttpRequest request)
    {
        var headers = request.GetTypedHeaders();
        return new Preconditions(Tags(headers.IfMatch), Tags(headers.IfNoneMatch));

        static IReadOnlyList<string> Tags(IList<EntityTagHeaderValue> tags) => [.. tags.Select(t => t.Tag.ToString().Trim('"'))];
    }
}
