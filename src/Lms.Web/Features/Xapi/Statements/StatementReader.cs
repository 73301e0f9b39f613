using Lms.Web.Data;
using Lms.Web.Features.Xapi.Store;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>A statement as it is stored.</summary>
/// <param name="Sequence">Its place in the order of storage.</param>
/// <param name="Json">Its bytes, without <c>stored</c>.</param>
/// <param name="HasTimestamp">False where <c>stored</c> is the timestamp, too.</param>
public readonly record struct StatementRecord(long Sequence, byte[] Json, bool HasTimestamp);

/// <summary>One page of an answer.</summary>
/// <param name="Statements">In the order that was asked for.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record StatementPage(IReadOnlyList<StatementRecord> Statements, long? Next);

/// <summary>
/// Finds statements. A filter is a walk along one link table in the order of the answer, with a look at the others for each step; it stops
/// when the page is full, so a page costs the same however many statements there are. The SQL is written out because this is what the whole
/// record store is measured by; it is plain enough for every database.
/// </summary>
public sealed class StatementReader(RawDatabase database, NameFinder names)
{
    /// <summary>The statement of that id, if it is (not) voided.</summary>
    public async Task<StatementRecord?> FindAsync(Guid id, bool voided, StatementViewer viewer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var sql = new SqlText();
        sql.Add(Columns).Add("""WHERE s."Id" =""", database.Value(id)).Add("""AND s."Voided" =""", voided);
        AndVisible(sql, viewer, "s");
        return (await ReadAsync(sql, ct)) is [var found] ? found : null;
    }

    /// <summary>The statements that a viewer may see and a query asks for.</summary>
    public async Task<StatementPage> FindAsync(StatementQuery query, StatementViewer viewer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(viewer);
        if (await FiltersAsync(query, ct) is not { } filters) return new StatementPage([], null);
        var sql = new SqlText();
        Select(sql, query, viewer, filters);
        var found = await ReadAsync(sql, ct);
        found.Sort((a, b) => query.Ascending ? a.Sequence.CompareTo(b.Sequence) : b.Sequence.CompareTo(a.Sequence));
        if (found.Count <= query.Limit) return new StatementPage(found, null);
        found.RemoveRange(query.Limit, found.Count - query.Limit);
        return new StatementPage(found, found[^1].Sequence);
    }

    /// <summary>The most selective first; null when a name was never heard of, so that nothing can match.</summary>
    private async Task<List<Filter>?> FiltersAsync(StatementQuery query, CancellationToken ct)
    {
        var filters = new List<Filter>(4);
        if (query.Registration is { } registration) filters.Add(new("StatementRegistrations", "Registration", database.Value(registration), Walks.One));
        if (query.Agent is { } agent)
        {
            if (await names.AgentAsync(agent, ct) is not { } id) return null;
            filters.Add(new("StatementAgents", "AgentId", id, query.RelatedAgents ? Walks.DirectAndNot : Walks.Direct));
        }
        if (query.Activity is { } activity)
        {
            if (await names.ActivityAsync(activity, ct) is not { } id) return null;
            filters.Add(new("StatementActivities", "ActivityId", id, query.RelatedActivities ? Walks.DirectAndNot : Walks.Direct));
        }
        if (query.Verb is { } verb)
        {
            if (await names.VerbAsync(verb, ct) is not { } id) return null;
            filters.Add(new("StatementVerbs", "VerbId", id, Walks.One));
        }
        return filters;
    }

    private void Select(SqlText sql, StatementQuery query, StatementViewer viewer, List<Filter> filters)
    {
        sql.Add(Columns);
        if (filters.Count == 0)
        {
            SelectAll(sql, query, viewer);
            return;
        }
        // What is found directly and what is not are two walks.
        bool?[] walks = filters[0].Walks switch { Walks.One => [null], Walks.Direct => [true], _ => [true, false] };
        Join(sql, query, [.. walks.Select(direct => (Action)(() => Walk(sql, query, viewer, filters, direct)))]);
    }

    /// <summary>Joins the statements of the walks, each in the order of the answer and no longer than it, merged.</summary>
    private void Join(SqlText sql, StatementQuery query, IReadOnlyList<Action> walks)
    {
        sql.Add("""JOIN (SELECT u."Sequence" FROM (""");
        for (var i = 0; i < walks.Count; i++)
        {
            sql.Add($"""{(i > 0 ? "UNION " : "")}SELECT w."Sequence" FROM (""");
            walks[i]();
            sql.Add(") w");
        }
        sql.Add(") u");
        // One walk is in order already; of several, the first of all are sorted out here, where there is nothing but numbers to sort.
        if (walks.Count > 1) Order(sql, query, "u");
        sql.Add(""") k ON k."Sequence" = s."Sequence" """);
    }

    /// <summary>Without a filter: a walk along the statements, or along those of each centre, merged.</summary>
    private void SelectAll(SqlText sql, StatementQuery query, StatementViewer viewer)
    {
        if (viewer.Centres is not { Count: > 1 } centres)
        {
            sql.Add("""WHERE s."Voided" =""", false);
            AndWithin(sql, query, "s");
            AndVisible(sql, viewer, "s");
            Order(sql, query, "s");
            return;
        }
        Join(sql, query, [.. centres.Select(centre => (Action)(() =>
        {
            sql.Add("""SELECT d."Sequence" FROM "Statements" d WHERE d."Voided" =""", false);
            AndWithin(sql, query, "d");
            AndVisible(sql, viewer with { Centres = [centre] }, "d");
            Order(sql, query, "d");
        }))]);
    }

    private void Walk(SqlText sql, StatementQuery query, StatementViewer viewer, List<Filter> filters, bool? direct)
    {
        var first = filters[0];
        sql.Add($"""SELECT d."Sequence" FROM "{first.Table}" d""");
        if (viewer.Centres is not null) sql.Add("""JOIN "Statements" c ON c."Sequence" = d."Sequence" """);
        sql.Add($"""WHERE d."{first.Column}" =""", first.Value);
        if (direct is { } isDirect) sql.Add("""AND d."IsDirect" =""", isDirect);
        AndWithin(sql, query, "d");
        foreach (var other in filters[1..])
        {
            sql.Add($"""AND EXISTS (SELECT 1 FROM "{other.Table}" o WHERE o."{other.Column}" =""", other.Value);
            if (other.Walks == Walks.Direct) sql.Add("""AND o."IsDirect" =""", true);
            if (other.Walks == Walks.DirectAndNot) sql.Add("""AND o."IsDirect" IN (""", true).Add(",", false).Add(")");
            sql.Add("""AND o."Sequence" = d."Sequence" AND o."Origin" = d."Origin")""");
        }
        if (viewer.Centres is null) AndMine(sql, viewer, "d");
        else AndVisible(sql, viewer, "c");
        sql.Add("""GROUP BY d."Sequence" """);
        Order(sql, query, "d");
    }

    private static void AndWithin(SqlText sql, StatementQuery query, string table)
    {
        if (query.After > 0) sql.Add($"""AND {table}."Sequence" >""", query.After);
        if (query.Before < long.MaxValue) sql.Add($"""AND {table}."Sequence" <""", query.Before);
    }

    private void AndVisible(SqlText sql, StatementViewer viewer, string table)
    {
        if (viewer.Centres is [var only]) sql.Add($"""AND {table}."CentreId" =""", database.Value(only));
        else if (viewer.Centres is { } centres)
        {
            sql.Add($"""AND {table}."CentreId" IN (NULL""");
            foreach (var centre in centres) sql.Add(",", database.Value(centre));
            sql.Add(")");
        }
        AndMine(sql, viewer, table);
    }

    private void AndMine(SqlText sql, StatementViewer viewer, string table)
    {
        if (viewer.Registration is { } registration)
        {
            sql.Add("""AND EXISTS (SELECT 1 FROM "StatementRegistrations" g WHERE g."Registration" =""", database.Value(registration));
            sql.Add($"""AND g."Sequence" = {table}."Sequence" AND g."Origin" = 0)""");
        }
        if (viewer.OnlyOf is not { } authority) return;
        sql.Add("""AND EXISTS (SELECT 1 FROM "StatementAgents" m JOIN "XapiAgents" a ON a."Id" = m."AgentId" WHERE a."Name" =""", authority);
        sql.Add("""AND m."IsDirect" =""", false);
        sql.Add($"""AND m."Sequence" = {table}."Sequence" AND m."Origin" = 0 AND (m."Usages" & {(short)AgentUsages.Authority}) <> 0)""");
    }

    private void Order(SqlText sql, StatementQuery query, string table) =>
        sql.Add($"""ORDER BY {table}."Sequence" {(query.Ascending ? "ASC" : "DESC")} {database.Limit(query.Limit + 1)}""");

    private async Task<List<StatementRecord>> ReadAsync(SqlText sql, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = sql.ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var records = new List<StatementRecord>();
        while (await reader.ReadAsync(ct)) records.Add(new(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), !reader.IsDBNull(2)));
        return records;
    }

    private const string Columns = """SELECT s."Sequence", s."Json", s."Timestamp" FROM "Statements" s""";

    private enum Walks { One, Direct, DirectAndNot }

    /// <param name="Walks">How the table is walked: it has one order for all, or one for what is found directly and one for the rest.</param>
    private sealed record Filter(string Table, string Column, object Value, Walks Walks);
}
