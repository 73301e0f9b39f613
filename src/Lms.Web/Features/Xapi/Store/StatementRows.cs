using System.Data.Common;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>The prepared commands by which statements and their links go into the database, and what they need to read for it.</summary>
internal sealed class StatementRows : IDisposable
{
    private const long AnyOrigin = -1;
    private readonly LmsDbContext _db;
    private readonly List<DbCommand> _commands = [];
    private DbTransaction? _transaction;
    private readonly NameRows _verbs, _agents, _activities;
    private readonly DbCommand _insert, _byId, _void, _reference, _referrers, _deliver;
    private readonly LinkInserts _verb, _registration, _agent, _activity;
    private readonly DbCommand _dropVerb, _dropRegistration, _dropAgent, _dropActivity;
    private readonly DbCommand _replace, _delete, _dropReference, _voidedAgent, _dropVoidedAgent;

    public StatementRows(LmsDbContext db, KnownNames names)
    {
        _db = db;
        _insert = Prepare("""INSERT INTO "Statements" ("Sequence", "Id", "CentreId", "Timestamp", "Voided", "Json") VALUES (@p0, @p1, @p2, @p3, @p4, @p5)""", 6);
        _byId = Prepare("""SELECT "Sequence", "CentreId", "Json" FROM "Statements" WHERE "Id" = @p0""", 1);
        _void = Prepare("""UPDATE "Statements" SET "Voided" = @p1 WHERE "Sequence" = @p0""", 2);
        _verb = new LinkInserts(this, "StatementVerbs", "VerbId", "Sequence", "Origin");
        _registration = new LinkInserts(this, "StatementRegistrations", "Registration", "Sequence", "Origin");
        _agent = new LinkInserts(this, "StatementAgents", "AgentId", "Sequence", "Origin", "IsDirect", "Usages");
        _activity = new LinkInserts(this, "StatementActivities", "ActivityId", "Sequence", "Origin", "IsDirect", "Usages");
        _reference = Prepare("""INSERT INTO "StatementReferences" ("TargetId", "Sequence") VALUES (@p0, @p1)""", 2);
        _referrers = Prepare("""
            SELECT s."Sequence", s."Id", s."CentreId", s."Json" FROM "StatementReferences" r JOIN "Statements" s ON s."Sequence" = r."Sequence" WHERE r."TargetId" = @p0
            """, 1);
        _deliver = PrepareInsertOrIgnore("StatementDeliveries", ["Consumer", "Sequence"]);
        _dropVerb = Prepare("""DELETE FROM "StatementVerbs" WHERE "Sequence" = @p0 AND (@p1 = -1 OR "Origin" = @p1) AND "VerbId" = @p2""", 3);
        _dropRegistration = Prepare("""DELETE FROM "StatementRegistrations" WHERE "Sequence" = @p0 AND (@p1 = -1 OR "Origin" = @p1) AND "Registration" = @p2""", 3);
        _dropAgent = Prepare("""DELETE FROM "StatementAgents" WHERE "Sequence" = @p0 AND (@p1 = -1 OR "Origin" = @p1) AND "AgentId" = @p2 AND "IsDirect" = @p3""", 4);
        _dropActivity = Prepare("""DELETE FROM "StatementActivities" WHERE "Sequence" = @p0 AND (@p1 = -1 OR "Origin" = @p1) AND "ActivityId" = @p2 AND "IsDirect" = @p3""", 4);
        _replace = Prepare("""UPDATE "Statements" SET "Json" = @p1 WHERE "Sequence" = @p0""", 2);
        _delete = Prepare("""DELETE FROM "Statements" WHERE "Sequence" = @p0""", 1);
        _dropReference = Prepare("""DELETE FROM "StatementReferences" WHERE "TargetId" = @p0 AND "Sequence" = @p1""", 2);
        _voidedAgent = PrepareInsertOrIgnore("VoidedAgents", ["AgentId", "Sequence"]);
        _dropVoidedAgent = Prepare("""DELETE FROM "VoidedAgents" WHERE "AgentId" = @p0 AND "Sequence" = @p1""", 2);
        _verbs = new NameRows(this, names.Verbs, "XapiVerbs", "Display");
        _agents = new NameRows(this, names.Agents, "XapiAgents", "DisplayName");
        _activities = new NameRows(this, names.Activities, "XapiActivities", "Definition");
    }

    public DbTransaction Begin()
    {
        var transaction = _db.Database.GetDbConnection().BeginTransaction();
        Join(transaction);
        return transaction;
    }

    /// <summary>Works within a transaction that somebody else began.</summary>
    public void Join(DbTransaction transaction)
    {
        _transaction = transaction;
        foreach (var command in _commands) command.Transaction = transaction;
    }

    /// <summary>After the commit: what was written may be taken for known.</summary>
    public void Committed() => Array.ForEach([_verbs, _agents, _activities], n => n.Committed());

    public void RolledBack()
    {
        Array.ForEach([_verbs, _agents, _activities], n => n.RolledBack());
        Array.ForEach([_verb, _registration, _agent, _activity], l => l.Clear());
    }

    public StoredRow? Find(Guid id)
    {
        Set(_byId, _db.DatabaseValue(id));
        using var reader = _byId.ExecuteReader();
        return reader.Read() ? new StoredRow(reader.GetInt64(0), id, _db.GuidAt(reader, 1), reader.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>The statements whose object refers to the id.</summary>
    public List<StoredRow> ReferrersOf(Guid id)
    {
        Set(_referrers, _db.DatabaseValue(id));
        using var reader = _referrers.ExecuteReader();
        var rows = new List<StoredRow>();
        while (reader.Read()) rows.Add(new StoredRow(reader.GetInt64(0), _db.GuidAt(reader, 1), _db.GuidAt(reader, 2), reader.GetFieldValue<byte[]>(3)));
        return rows;
    }

    public void Insert(long sequence, StatementEntry entry, bool voided) =>
        Run(_insert, sequence, _db.DatabaseValue(entry.Id), _db.DatabaseValue(entry.CentreId), (object?)entry.Timestamp ?? DBNull.Value, voided, entry.Json);

    public void Refer(Guid target, long sequence) => Run(_reference, _db.DatabaseValue(target), sequence);

    public void Deliver(int consumer, long sequence) => Run(_deliver, consumer, sequence);

    public void Void(long sequence) => Run(_void, sequence, true);

    /// <summary>Lets the statement be found by the facts, its own ones (origin 0) or another's.</summary>
    public void Link(long sequence, Facts facts, long origin, bool defines)
    {
        _verb.Add(_verbs.IdOf(facts.Verb, defines ? facts.Display : null, Descriptions.MergeDisplay), sequence, origin);
        if (facts.Registration is { } registration) _registration.Add(_db.DatabaseValue(registration), sequence, origin);
        foreach (var agent in facts.Agents)
            _agent.Add(_agents.IdOf(agent.Key, defines ? agent.DisplayName : null), sequence, origin, agent.IsDirect, (short)agent.Usages);
        foreach (var activity in facts.Activities)
            _activity.Add(_activities.IdOf(activity.Iri, defines ? activity.Definition : null, Descriptions.MergeDefinition), sequence, origin, activity.IsDirect, (short)activity.Usages);
        _verb.Run();
        _registration.Run();
        _agent.Run();
        _activity.Run();
    }

    /// <summary>Lets the statement no longer be found by the facts, as far as it has them from that origin.</summary>
    public void Unlink(long sequence, Facts facts, long origin = AnyOrigin)
    {
        Run(_dropVerb, sequence, origin, _verbs.IdOf(facts.Verb));
        if (facts.Registration is { } registration) Run(_dropRegistration, sequence, origin, _db.DatabaseValue(registration));
        foreach (var agent in facts.Agents) Run(_dropAgent, sequence, origin, _agents.IdOf(agent.Key), agent.IsDirect);
        foreach (var activity in facts.Activities) Run(_dropActivity, sequence, origin, _activities.IdOf(activity.Iri), activity.IsDirect);
    }

    /// <summary>Lets the statement be found by another agent where it was found by this one.</summary>
    public void Relink(long sequence, AgentFact before, AgentFact after, long origin)
    {
        if (Run(_dropAgent, sequence, origin, _agents.IdOf(before.Key), before.IsDirect) == 0) return;
        _agent.Add(_agents.IdOf(after.Key), sequence, origin, after.IsDirect, (short)after.Usages);
        _agent.Run();
    }

    /// <summary>Remembers who stands in a voided statement, which has no links: their data can still be asked for and erased.</summary>
    public void LinkVoided(long sequence, Facts facts)
    {
        foreach (var agent in facts.Agents) Run(_voidedAgent, _agents.IdOf(agent.Key), sequence);
    }

    public void UnlinkVoided(long sequence, Facts facts)
    {
        foreach (var agent in facts.Agents) Run(_dropVoidedAgent, _agents.IdOf(agent.Key), sequence);
    }

    public void Replace(long sequence, byte[] json) => Run(_replace, sequence, json);

    public void Delete(long sequence, Guid? target)
    {
        if (target is { } id) Run(_dropReference, _db.DatabaseValue(id), sequence);
        Run(_delete, sequence);
    }

    public DbCommand Prepare(string sql, int parameters)
    {
        var command = _db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }
        command.Transaction = _transaction;
        _commands.Add(command);
        return command;
    }

    public DbCommand PrepareInsertOrIgnore(string table, string[] columns, int rows = 1) => Prepare(_db.InsertOrIgnore(table, columns, rows), rows * columns.Length);

    public static int Run(DbCommand command, params ReadOnlySpan<object> values)
    {
        Set(command, values);
        return command.ExecuteNonQuery();
    }

    public static void Set(DbCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
    }

    public void Dispose() => _commands.ForEach(c => c.Dispose());
}

/// <summary>A statement as read back for linking.</summary>
internal sealed record StoredRow(long Sequence, Guid Id, Guid CentreId, byte[] Json);
