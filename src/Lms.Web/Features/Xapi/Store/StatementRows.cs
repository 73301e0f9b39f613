using System.Data.Common;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>The prepared commands by which statements and their links go into the database, and what they need to read for it.</summary>
internal sealed class StatementRows : IDisposable
{
    private readonly LmsDbContext _db;
    private readonly List<DbCommand> _commands = [];
    private readonly NameRows _verbs, _agents, _activities;
    private readonly DbCommand _insert, _byId, _void, _verb, _registration, _agent, _activity, _reference, _referrers, _deliver;
    private readonly DbCommand _dropVerb, _dropRegistration, _dropAgent, _dropActivity;

    public StatementRows(LmsDbContext db, KnownNames names)
    {
        _db = db;
        _insert = Prepare("""INSERT INTO "Statements" ("Sequence", "Id", "CentreId", "Timestamp", "Voided", "Json") VALUES (@p0, @p1, @p2, @p3, @p4, @p5)""", 6);
        _byId = Prepare("""SELECT "Sequence", "CentreId", "Json" FROM "Statements" WHERE "Id" = @p0""", 1);
        _void = Prepare("""UPDATE "Statements" SET "Voided" = @p1 WHERE "Sequence" = @p0""", 2);
        _verb = Link("StatementVerbs", "VerbId");
        _registration = Link("StatementRegistrations", "Registration");
        _agent = Link("StatementAgents", "AgentId", "IsDirect", "Usages");
        _activity = Link("StatementActivities", "ActivityId", "IsDirect", "Usages");
        _reference = Prepare("""INSERT INTO "StatementReferences" ("TargetId", "Sequence") VALUES (@p0, @p1)""", 2);
        _referrers = Prepare("""
            SELECT s."Sequence", s."Id", s."CentreId", s."Json" FROM "StatementReferences" r JOIN "Statements" s ON s."Sequence" = r."Sequence" WHERE r."TargetId" = @p0
            """, 1);
        _deliver = Prepare("""INSERT INTO "StatementDeliveries" ("Consumer", "Sequence") VALUES (@p0, @p1) ON CONFLICT DO NOTHING""", 2);
        _dropVerb = Prepare("""DELETE FROM "StatementVerbs" WHERE "Sequence" = @p0 AND "VerbId" = @p1""", 2);
        _dropRegistration = Prepare("""DELETE FROM "StatementRegistrations" WHERE "Sequence" = @p0 AND "Registration" = @p1""", 2);
        _dropAgent = Prepare("""DELETE FROM "StatementAgents" WHERE "Sequence" = @p0 AND "AgentId" = @p1 AND "IsDirect" = @p2""", 3);
        _dropActivity = Prepare("""DELETE FROM "StatementActivities" WHERE "Sequence" = @p0 AND "ActivityId" = @p1 AND "IsDirect" = @p2""", 3);
        _verbs = new NameRows(this, names.Verbs, "XapiVerbs", "Display");
        _agents = new NameRows(this, names.Agents, "XapiAgents", "DisplayName");
        _activities = new NameRows(this, names.Activities, "XapiActivities", "Definition");
    }

    public DbTransaction Begin()
    {
        var transaction = _db.Database.GetDbConnection().BeginTransaction();
        foreach (var command in _commands) command.Transaction = transaction;
        return transaction;
    }

    /// <summary>After the commit: what was written may be taken for known.</summary>
    public void Committed() => Array.ForEach([_verbs, _agents, _activities], n => n.Committed());

    public void RolledBack() => Array.ForEach([_verbs, _agents, _activities], n => n.RolledBack());

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
        Run(_verb, _verbs.IdOf(facts.Verb, defines ? facts.Display : null, Descriptions.MergeDisplay), sequence, origin);
        if (facts.Registration is { } registration) Run(_registration, _db.DatabaseValue(registration), sequence, origin);
        foreach (var agent in facts.Agents)
            Run(_agent, _agents.IdOf(agent.Key, defines ? agent.DisplayName : null), sequence, origin, agent.IsDirect, (short)agent.Usages);
        foreach (var activity in facts.Activities)
            Run(_activity, _activities.IdOf(activity.Iri, defines ? activity.Definition : null, Descriptions.MergeDefinition), sequence, origin, activity.IsDirect, (short)activity.Usages);
    }

    /// <summary>Lets the statement no longer be found by the facts, from whatever origin.</summary>
    public void Unlink(long sequence, Facts facts)
    {
        Run(_dropVerb, sequence, _verbs.IdOf(facts.Verb));
        if (facts.Registration is { } registration) Run(_dropRegistration, sequence, _db.DatabaseValue(registration));
        foreach (var agent in facts.Agents) Run(_dropAgent, sequence, _agents.IdOf(agent.Key), agent.IsDirect);
        foreach (var activity in facts.Activities) Run(_dropActivity, sequence, _activities.IdOf(activity.Iri), activity.IsDirect);
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
        _commands.Add(command);
        return command;
    }

    public static void Run(DbCommand command, params ReadOnlySpan<object> values)
    {
        Set(command, values);
        command.ExecuteNonQuery();
    }

    public static void Set(DbCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
    }

    public void Dispose() => _commands.ForEach(c => c.Dispose());

    // A chain of references that runs in a circle meets the same link twice.
    private DbCommand Link(string table, string key, params string[] more)
    {
        string[] columns = [key, "Sequence", "Origin", .. more];
        return Prepare($"""
            INSERT INTO "{table}" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))}) ON CONFLICT DO NOTHING
            """, columns.Length);
    }
}

/// <summary>A statement as read back for linking.</summary>
internal sealed record StoredRow(long Sequence, Guid Id, Guid CentreId, byte[] Json);

/// <summary>The rows of one kind of names.</summary>
internal sealed class NameRows
{
    private readonly NameCache _cache;
    private readonly DbCommand _find, _add, _describe;
    private readonly Dictionary<string, long> _new = new(StringComparer.Ordinal);
    private readonly List<(long Id, byte[] Description)> _described = [];

    public NameRows(StatementRows rows, NameCache cache, string table, string description)
    {
        _cache = cache;
        _find = rows.Prepare($"""SELECT "Name", "{description}" FROM "{table}" WHERE "Id" = @p0""", 1);
        _add = rows.Prepare($"""INSERT INTO "{table}" ("Id", "Name") VALUES (@p0, @p1)""", 2);
        _describe = rows.Prepare($"""UPDATE "{table}" SET "{description}" = @p1 WHERE "Id" = @p0""", 2);
    }

    public delegate byte[]? Merge(byte[]? known, ReadOnlySpan<byte> received);

    public long IdOf(string name)
    {
        if (_cache.Find(name) is { } cached) return cached;
        if (_new.TryGetValue(name, out var added)) return added;
        for (var id = NameCache.FirstId(name); ; id++)
        {
            var holder = Read(id, reader => reader.GetString(0));
            if (holder is null) StatementRows.Run(_add, id, name);
            else if (holder != name) continue;
            _new[name] = id;
            return id;
        }
    }

    /// <summary>The number of the name, once its description is taken into what is known.</summary>
    public long IdOf(string name, byte[]? description, Merge merge)
    {
        var id = IdOf(name);
        if (description is null || _cache.HasSeen(id, description)) return id;
        var known = Read(id, reader => reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1));
        if (merge(known, description) is { } whole) StatementRows.Run(_describe, id, whole);
        _described.Add((id, description));
        return id;
    }

    /// <summary>The number of the name, once it is called as last said.</summary>
    public long IdOf(string name, string? called)
    {
        var id = IdOf(name);
        if (called is null || _cache.HasSeen(id, System.Text.Encoding.UTF8.GetBytes(called))) return id;
        StatementRows.Run(_describe, id, called);
        _described.Add((id, System.Text.Encoding.UTF8.GetBytes(called)));
        return id;
    }

    public void Committed()
    {
        foreach (var (name, id) in _new) _cache.Remember(name, id);
        foreach (var (id, description) in _described) _cache.Saw(id, description);
        RolledBack();
    }

    public void RolledBack()
    {
        _new.Clear();
        _described.Clear();
    }

    private T? Read<T>(long id, Func<DbDataReader, T?> read)
        where T : class
    {
        StatementRows.Set(_find, id);
        using var reader = _find.ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }
}
