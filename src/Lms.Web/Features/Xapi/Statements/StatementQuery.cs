using System.Globalization;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Protocol;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>Formats of statements in an answer. (Communication 2.1.3)</summary>
public enum StatementsFormat { Exact, Ids, Canonical }

/// <summary>What a request for statements asks for. (Communication 2.1.3)</summary>
public sealed record StatementQuery
{
    /// <summary>The most that one answer holds.</summary>
    public const int MostAtOnce = 500;
    /// <summary>What an answer holds when the request doesn't say.</summary>
    public const int UsualCount = 100;

    private static readonly string[] Filters = ["agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until"];
    private static readonly string[] Shapes = ["limit", "format", "attachments", "ascending"];

    public Guid? StatementId { get; init; }
    public Guid? VoidedStatementId { get; init; }
    /// <summary>Key of the agent or identified group.</summary>
    public string? Agent { get; init; }
    public string? Verb { get; init; }
    public string? Activity { get; init; }
    public Guid? Registration { get; init; }
    public bool RelatedActivities { get; init; }
    public bool RelatedAgents { get; init; }
    /// <summary>Sequences after this.</summary>
    public long After { get; init; }
    /// <summary>Sequences before this.</summary>
    public long Before { get; init; } = long.MaxValue;
    public int Limit { get; init; } = UsualCount;
    public StatementsFormat Format { get; init; }
    public bool Attachments { get; init; }
    public bool Ascending { get; init; }

    /// <summary>Reads the parameters; throws <see cref="XapiException"/> for one that is unknown, repeated or broken.</summary>
    /// <param name="cursor">For a further page: the name of the parameter that says where it begins.</param>
    public static StatementQuery Parse(IQueryCollection parameters, XapiVersion version, string? cursor = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var read = new Parameters(parameters);
        var (one, voided) = (read.Uuid("statementId"), read.Uuid("voidedStatementId"));
        string[] allowed = one is null && voided is null ? [.. Filters, .. Shapes] : ["format", "attachments"];
        read.RefuseOthers([.. allowed, one is not null ? "statementId" : "voidedStatementId", .. cursor is null ? Array.Empty<string>() : [cursor]]);

        var query = Filter(read, version) with
        {
            StatementId = one,
            VoidedStatementId = voided,
            Limit = LimitOf(read.Text("limit")),
            Format = FormatOf(read.Text("format")),
            Attachments = read.Boolean("attachments"),
            Ascending = read.Boolean("ascending"),
        };
        return cursor is null ? query : query.From(read.Text(cursor));
    }

    /// <summary>Reads only what chooses statements, for answers that hold all of them in the order of storage.</summary>
    /// <param name="others">Parameters that the caller reads itself.</param>
    public static StatementQuery ParseFilters(IQueryCollection parameters, params ReadOnlySpan<string> others)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var read = new Parameters(parameters);
        read.RefuseOthers([.. Filters, .. others]);
        // The newer version knows all that the older one does.
        return Filter(read, XapiVersion.V2) with { Ascending = true };
    }

    private static StatementQuery Filter(Parameters read, XapiVersion version) => new()
    {
        Agent = read.Text("agent") is { } agent ? AgentParameter.Key(agent, version) : null,
        Verb = read.Iri("verb"),
        Activity = read.Iri("activity"),
        Registration = read.Uuid("registration"),
        RelatedActivities = read.Boolean("related_activities"),
        RelatedAgents = read.Boolean("related_agents"),
        After = read.Time("since")?.Ticks ?? 0,
        Before = read.Time("until") is { } until ? until.Ticks + 1 : long.MaxValue,
    };

    /// <summary>The page that begins behind a sequence.</summary>
    private StatementQuery From(string? cursor)
    {
        if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            throw new XapiException("from", "This is no address of a further page.", "Take “more” from the answer as it is.");
        return Ascending ? this with { After = Math.Max(After, at) } : this with { Before = Math.Min(Before, at) };
    }

    private static int LimitOf(string? text) => text switch
    {
        null => UsualCount,
        _ when !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) =>
            throw new XapiException("limit", "The limit is no whole number of zero or more.", "Send for example limit=50; 0 asks for as many as there may be."),
        _ => int.Parse(text, CultureInfo.InvariantCulture) is > 0 and <= MostAtOnce and var limit ? limit : MostAtOnce,
    };

    private static StatementsFormat FormatOf(string? text) => text switch
    {
        null or "exact" => StatementsFormat.Exact,
        "ids" => StatementsFormat.Ids,
        "canonical" => StatementsFormat.Canonical,
        _ => throw new XapiException("format", $"The format “{XapiProblem.Cut(text)}” is not known.", "Send ids, exact or canonical."),
    };
}
