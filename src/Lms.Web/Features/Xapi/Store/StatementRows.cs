using System.Data.Common;
using System.Text;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>The prepared commands by which statements and their links go into the database, and what they need to read for it.</summary>
internal sealed class StatementRows : IDisposable
{
    private const long AnyOrigin = -1;
    private static readonly Type s_id = typeof(Guid), s_number = typeof(long);
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
        Gathered = db.GathersRows ? new GatheredStatements(db) : null;
        _insert = Prepare("""INSERT INTO "Statements" ("Sequence", "Id", "CentreId", "Timestamp", "Voided", "Json") VALUES (@p0, @p1, @p2, @p3, @p4, @p5)""", 6);
        _byId = Prepare("""SELECT "Sequence", "CentreId", "Json" FROM "Statements" WHERE "Id" = @p0""", 1);
        _void = Prepare("""UPDATE "Statements" SET "Voided" = @p1 WHERE "Sequence" = @p0""", 2);
        _verb = new LinkInserts(this, "StatementVerbs", ("VerbId", s_number), ("Sequence", s_number), ("Origin", s_number));
        _registration = new LinkInserts(this, "StatementRegistrations", ("Registration", s_id), ("Sequence", s_number), ("Origin", s_number));
        _agent = new LinkInserts(this, "StatementAgents",
            ("AgentId", s_number), ("Sequence", s_number), ("Origin", s_number), ("IsDirect", typeof(bool)), ("Usages", typeof(short)));
        _activity = new LinkInserts(this, "StatementActivities",
            ("ActivityId", s_number), ("Sequence", s_number), ("Origin", s_number), ("IsDirect", typeof(bool)), ("Usages", typeof(short)));
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
        _verbs = new NameRows(this, () => names.Verbs, "XapiVerbs", "Display", typeof(byte[]),
            ids => db.XapiVerbs.AsNoTracking().Where(v => ids.Contains(v.Id)).Select(v => new NameRow(v.Id, v.Name, v.Display)));
        _agents = new NameRows(this, () => names.Agents, "XapiAgents", "DisplayName", typeof(string),
            ids => db.XapiAgents.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new NameRow(a.Id, a.Name, a.DisplayName)));
        _activities = new NameRows(this, () => names.Activities, "XapiActivities", "Definition", typeof(byte[]),
            ids => db.XapiActivities.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new NameRow(a.Id, a.Name, a.Definition)));
    }

    /// <summary>Where rows are gathered; null where each is written at once.</summary>
    internal GatheredStatements? Gathered { get; }

    public DbTransaction Begin()
    {
        var transaction = _db.Database.GetDbConnection().BeginTransaction();
        if (Gathered is not null)
        {
            // EF reads ahead, and must know of the transaction.
            _db.Database.UseTransaction(null);
            _db.Database.UseTransaction(transaction);
        }
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
    public void Committed()
    {
        Array.ForEach([_verbs, _agents, _activities], n => n.Committed());
        Gathered?.Forget();
    }

    public void RolledBack()
    {
        Array.ForEach([_verbs, _agents, _activities], n => n.RolledBack());
        Array.ForEach([_verb, _registration, _agent, _activity], l => l.Clear());
        Gathered?.Forget();
    }

    /// <summary>Reads together what storing the statements will ask, where that is worth while.</summary>
    public void ReadAhead(IReadOnlyList<StatementEntry> entries)
    {
        if (Gathered is null) return;
        Gathered.ReadAhead(entries);
        _verbs.ReadAhead(entries.Select(e => (e.Facts.Verb, e.Defines ? e.Facts.Display : null)));
        _agents.ReadAhead(entries.SelectMany(e => e.Facts.Agents.Select(a => (a.Key, e.Defines && a.DisplayName is { } called ? Encoding.UTF8.GetBytes(called) : null))));
        _activities.ReadAhead(entries.SelectMany(e => e.Facts.Activities.Select(a => (a.Iri, e.Defines ? a.Definition : null))));
    }

    /// <summary>Writes what was gathered so far.</summary>
    public void Write() => Gathered?.Write(_transaction!, [.. _verbs.TakeGathered(), .. _agents.TakeGathered(), .. _activities.TakeGathered()]);

    public StoredRow? Find(Guid id)
    {
        if (Gathered?.Knows(id, out var known) == true) return known;
        Write();
        Set(_byId, _db.DatabaseValue(id));
        using var reader = _byId.ExecuteReader();
        return reader.Read() ? new StoredRow(reader.GetInt64(0), id, _db.GuidAt(reader, 1), reader.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>The statements whose object refers to the id.</summary>
    public List<StoredRow> ReferrersOf(Guid id)
    {
        if (Gathered?.ReferrersOf(id) is { } known) return known;
        Write();
        Set(_referrers, _db.DatabaseValue(id));
        using var reader = _referrers.ExecuteReader();
        var rows = new List<StoredRow>();
        while (reader.Read()) rows.Add(new StoredRow(reader.GetInt64(0), _db.GuidAt(reader, 1), _db.GuidAt(reader, 2), reader.GetFieldValue<byte[]>(3)));
        return rows;
    }

    public void Insert(long sequence, StatementEntry entry, bool voided)
    {
        if (Gathered is not null) Gathered.Insert(sequence, entry, voided);
        else Run(_insert, sequence, _db.DatabaseValue(entry.Id), _db.DatabaseValue(entry.CentreId), entry.Timestamp is { } time ? _db.DatabaseValue(time) : DBNull.Value, voided, entry.Json);
    }

    public void Refer(Guid target, long sequence)
    {
        if (Gathered is not null) Gathered.Refer(target, sequence);
        else Run(_reference, _db.DatabaseValue(target), sequence);
    }

    public void Deliver(int consumer, long sequence)
    {
        if (Gathered is not null) Gathered.Deliver(consumer, sequence);
        else Run(_deliver, consumer, sequence);
    }

    public void Void(long sequence)
    {
        Write();
        Run(_void, sequence, true);
    }

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
        Write();
        Run(_dropVerb, sequence, origin, _verbs.IdOf(facts.Verb));
        if (facts.Registration is { } registration) Run(_dropRegistration, sequence, origin, _db.DatabaseValue(registration));
        foreach (var agent in facts.Agents) Run(_dropAgent, sequence, origin, _agents.IdOf(agent.Key), agent.IsDirect);
        foreach (var activity in facts.Activities) Run(_dropActivity, sequence, origin, _activities.IdOf(activity.Iri), activity.IsDirect);
    }

    /// <summary>Lets the statement be found by another agent where it was found by this one.</summary>
    public void Relink(long sequence, AgentFact before, AgentFact after, long origin)
    {
        Write();
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
