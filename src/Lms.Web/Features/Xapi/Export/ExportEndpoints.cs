using System.Globalization;
using Lms.Standards.Xapi;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.OpenApi;

namespace Lms.Web.Features.Xapi.Export;

/// <summary><c>/api/v1/statements</c>: all statements as a file, and as they come.</summary>
internal static class ExportEndpoints
{
    private const string LastEventId = "Last-Event-ID";

    private static readonly (string Name, string Text)[] Filters =
    [
        ("agent", "An agent or identified group as JSON, as in xAPI."),
        ("verb", "IRI of the verb."),
        ("activity", "IRI of the activity."),
        ("registration", "UUID of the registration."),
        ("related_agents", "true: wherever the agent stands in the statement."),
        ("related_activities", "true: wherever the activity stands in the statement."),
        ("since", "Stored after this time. To go on, send “stored” of the last statement that you have."),
        ("until", "Stored at this time or before."),
        ("centre", "Short name of a centre; without it, all that you may see."),
    ];

    public static void Map(IEndpointRouteBuilder app)
    {
        var statements = Api.Group(app, XapiPolicies.Readers).MapGroup("/statements").WithTags("Statements").AddEndpointFilter(XapiException.Filter);
        statements.MapGet("/export", ExportAsync).RequireRateLimiting(Limits.Exports).WithName("ExportStatements").WithSummary("All statements that the filters let through, in the order of storage, as one file.")
            .WithDescription($"""
                The answer is streamed, however long, and holds what was stored up to the time in its header {StatementEndpoints.ConsistentThrough}: send that as “since” to get what came
                later, and nothing is missed or doubled, but for this: with a filter, a statement that refers to another one which is stored later is found by what that one says only
                from then on, at its own earlier place. When a download breaks, drop the last line if it is not whole, and send “stored” of the one before as “since” to get the rest.
                A Parquet file is of use only whole. Voided statements are left out. For staff, and for credentials with statements/read, statements/read/mine or all.
                """)
            .AddOpenApiOperationTransformer((operation, _, _) => Describe(operation,
            [
                .. Filters,
                ("format", "jsonl (the usual; one exact statement a line), csv or parquet."),
                ("columns", $"For csv and parquet: which columns, separated by commas, of {string.Join(", ", StatementColumns.All.Select(c => c.Name))}. Names come in the language of Accept-Language. In csv, text that a spreadsheet would take for a formula begins with an apostrophe."),
            ]))
            .Produces(StatusCodes.Status200OK, null, "application/jsonl", "text/csv", ParquetTable.MediaType).ProducesProblem(StatusCodes.Status400BadRequest);
        statements.MapGet("/live", ListenAsync).WithName("ListenToStatements").WithSummary("Statements as they are stored, as server-sent events.")
            .WithDescription($"""
                Each event is a statement, exact; its id is its place in the order of storage. Send the last one as {LastEventId} to go on where a connection broke: nothing is missed,
                except that a statement is not sent afterwards when it begins to match through another one that it refers to and that is stored later.
                Without it, and without “since”, it begins now. A comment every 15 seconds shows that the connection lives; after ten minutes, or when a credential is revoked, the
                connection ends and is to be made anew. For staff, and for credentials with statements/read, statements/read/mine or all.
                """)
            .AddOpenApiOperationTransformer((operation, _, _) => Describe(operation, Filters, (LastEventId, "The id of the last event received.")))
            .Produces(StatusCodes.Status200OK, null, "text/event-stream").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ExportAsync(HttpContext http, StatementViewers viewers, StatementReader reader, StatementClock clock, CancellationToken ct)
    {
        var query = StatementQuery.ParseFilters(http.Request.Query, "centre", "format", "columns");
        var format = FormatOf(new Parameters(http.Request.Query), LanguagePreference.Parse(http.Request.Headers.AcceptLanguage));
        var client = await viewers.OfAsync(http, new Parameters(http.Request.Query).Text("centre"), ct);
        return new StatementExport(reader, query, client.Viewer, await clock.ConsistentThroughAsync(ct), format);
    }

    private static async Task<IResult> ListenAsync(HttpContext http, StatementViewers viewers, LiveStatements live, CancellationToken ct)
    {
        var query = StatementQuery.ParseFilters(http.Request.Query, "centre");
        var client = await viewers.OfAsync(http, new Parameters(http.Request.Query).Text("centre"), ct);
        var last = http.Request.Headers[LastEventId].ToString();
        long? after = last.Length == 0 ? null
            : long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
            : throw new XapiException(LastEventId, $"“{XapiProblem.Cut(last)}” is no id of an event.", "Send the id of the last event as it was received.");
        return await live.ListenAsync(query, client, after, ct);
    }

    private static IExportFormat FormatOf(Parameters parameters, LanguagePreference prefer)
    {
        var (format, columns) = (parameters.Text("format") ?? ExportFormats.JsonLines, parameters.Text("columns"));
        if (format == ExportFormats.JsonLines && columns is not null) throw new XapiException("columns", "JSON Lines have no columns.", "Send format=csv or format=parquet.");
        return ExportFormats.Of(format, StatementColumns.Parse(columns), prefer)
            ?? throw new XapiException("format", $"The format “{XapiProblem.Cut(format)}” is not known.", "Send jsonl, csv or parquet.");
    }

    private static Task Describe(OpenApiOperation operation, IEnumerable<(string Name, string Text)> query, params IEnumerable<(string Name, string Text)> headers)
    {
        operation.Parameters ??= [];
        foreach (var (name, text) in query) Add(name, text, ParameterLocation.Query);
        foreach (var (name, text) in headers) Add(name, text, ParameterLocation.Header);
        return Task.CompletedTask;

        void Add(string name, string text, ParameterLocation where) =>
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = where, Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }
}
