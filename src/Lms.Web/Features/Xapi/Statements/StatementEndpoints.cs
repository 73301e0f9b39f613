using System.Buffers;
using System.Globalization;
using System.Text;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Http.Extensions;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>The Statement resource. (Communication 2.1)</summary>
internal static class StatementEndpoints
{
    public const string ConsistentThrough = "X-Experience-API-Consistent-Through";
    private const string Cursor = "from";
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(RouteGroupBuilder xapi)
    {
        var statements = xapi.MapGroup("/statements");
        statements.MapPost("/", Answer(PostAsync)).RequireAuthorization(XapiPolicies.WriteStatements);
        statements.MapPut("/", Answer(PutAsync)).RequireAuthorization(XapiPolicies.WriteStatements);
        statements.MapMethods("/", Reading, Answer(http => GetAsync(http))).RequireAuthorization(XapiPolicies.ReadStatements);
        statements.MapMethods("/more", Reading, Answer(http => GetAsync(http, Cursor))).RequireAuthorization(XapiPolicies.ReadStatements);
    }

    // Bound by hand: of all resources, this one is asked thousands of times a second.
    private static RequestDelegate Answer(Func<HttpContext, Task<IResult>> serve) => async http =>
    {
        // What a reader is not shown may come a moment later: it is told the time before its reading. What this request stores is complete when the answer starts.
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) await SayConsistentThroughAsync(http);
        else http.Response.OnStarting(context => SayConsistentThroughAsync((HttpContext)context), http);
        var answer = await serve(http);
        await answer.ExecuteAsync(http);
    };

    private static async Task SayConsistentThroughAsync(HttpContext http) =>
        http.Response.Headers[ConsistentThrough] = (await Service<StatementClock>(http).ConsistentThroughAsync(http.RequestAborted)).ToString("O", CultureInfo.InvariantCulture);

    private static async Task<IResult> PostAsync(HttpContext http)
    {
        new Parameters(http.Request.Query).RefuseOthers();
        var (intake, refusal) = await Service<StatementIntakes>(http).TakeAsync(http, id: null, http.RequestAborted);
        return refusal ?? new Ids(intake!.Entries);
    }

    private static async Task<IResult> PutAsync(HttpContext http)
    {
        var parameters = new Parameters(http.Request.Query);
        parameters.RefuseOthers("statementId");
        parameters.Required("statementId");
        var (_, refusal) = await Service<StatementIntakes>(http).TakeAsync(http, parameters.Uuid("statementId"), http.RequestAborted);
        return refusal ?? TypedResults.NoContent();
    }

    private static Task<IResult> GetAsync(HttpContext http, string? cursor = null) => AnswerAsync(
        http, StatementQuery.Parse(http.Request.Query, XapiVersions.Of(http), cursor),
        Service<StatementReader>(http), Service<StatementOutput>(http), Service<AttachmentStore>(http), http.RequestAborted);

    private static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, StatementQuery query, StatementReader reader, StatementOutput output, AttachmentStore attachments, CancellationToken ct)
    {
        var viewer = LrsClient.Of(http).Viewer;
        if ((query.StatementId ?? query.VoidedStatementId) is { } id)
        {
            if (await reader.FindAsync(id, voided: query.VoidedStatementId is not null, viewer, ct) is not { } record)
                return XapiProblem.Of("statementId", $"There is no statement {id} to be read here.", "Ask for a voided statement by voidedStatementId.", StatusCodes.Status404NotFound);
            return await AnswerAsync(http, query, [record], (json, prefer) => output.WriteOneAsync(json, record, query.Format, prefer, ct), attachments);
        }
        var page = await reader.FindAsync(query, viewer, ct);
        var more = MoreOf(http.Request, page.Next);
        if (query.Format != StatementsFormat.Exact || query.Attachments)
            return await AnswerAsync(http, query, page.Statements, (json, prefer) => output.WriteResultAsync(json, page.Statements, more, query.Format, prefer, ct), attachments);
        SayLastModified(http, page.Statements);
        return new ExactAnswer(page.Statements, more);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, StatementQuery query, IReadOnlyList<StatementRecord> records, Func<ArrayBufferWriter<byte>, LanguagePreference, Task> write, AttachmentStore attachments)
    {
        var json = new ArrayBufferWriter<byte>(16 * 1024);
        await write(json, LanguagePreference.Parse(http.Request.Headers.AcceptLanguage));
        SayLastModified(http, records);
        return query.Attachments ? new MultipartAnswer(json.WrittenMemory, records, attachments) : new JsonAnswer(json.WrittenMemory);
    }

    private static void SayLastModified(HttpContext http, IReadOnlyList<StatementRecord> records)
    {
        if (records.Count > 0) http.Response.Headers.LastModified = new DateTime(records.Max(r => r.Sequence), DateTimeKind.Utc).ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The address of the next page says all by itself, so it stays good for as long as the server does. (Data 2.5)</summary>
    private static string? MoreOf(HttpRequest request, long? next)
    {
        if (next is not { } from) return null;
        var query = new QueryBuilder(request.Query.Where(q => q.Key != Cursor)) { { Cursor, from.ToString(CultureInfo.InvariantCulture) } };
        return $"{request.PathBase}{XapiFeature.Root}/statements/more{query.ToQueryString()}";
    }

    /// <summary>The ids in the order of the request.</summary>
    private sealed class Ids(List<StatementEntry> entries) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var text = new StringBuilder(entries.Count * 39 + 2).Append('[');
            foreach (var entry in entries) text.Append(text.Length > 1 ? ",\"" : "\"").Append(entry.Id).Append('"');
            return new JsonAnswer(Encoding.ASCII.GetBytes(text.Append(']').ToString())).ExecuteAsync(httpContext);
        }
    }

    private sealed class JsonAnswer(ReadOnlyMemory<byte> json) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json";
            httpContext.Response.ContentLength = json.Length;
            if (!HttpMethods.IsHead(httpContext.Request.Method)) await httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted);
        }
    }
}
