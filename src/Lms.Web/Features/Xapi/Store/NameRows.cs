using System.Data.Common;
using System.Text;
using Lms.Web.Data;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>A name as it is in the database.</summary>
/// <param name="Description">What is known of it: UTF-8 JSON, or what an agent is called; null for nothing.</param>
internal sealed record NameRow(long Id, string Name, object? Description);

/// <summary>The rows of one kind of names.</summary>
internal sealed class NameRows
{
    private readonly Func<NameCache> _cache;
    private readonly Func<List<long>, IEnumerable<NameRow>> _readAll;
    private readonly DbCommand _find, _add, _describe;
    private readonly Dictionary<string, long> _new = new(StringComparer.Ordinal);
    private readonly List<(long Id, byte[] Description)> _described = [];
    // Where rows are gathered: what was read ahead, and what is to be added, in an order that all writers keep to.
    private readonly Dictionary<long, NameRow?> _ahead = [];
    private readonly SortedDictionary<long, NameRow> _adding = [];
    private readonly GatheredRows? _gathered;

    public NameRows(StatementRows rows, Func<NameCache> cache, string table, string description, Type type, Func<List<long>, IEnumerable<NameRow>> readAll)
    {
        (_cache, _readAll) = (cache, readAll);
        _find = rows.Prepare($"""SELECT "Name", "{description}" FROM "{table}" WHERE "Id" = @p0""", 1);
        _add = rows.PrepareInsertOrIgnore(table, ["Id", "Name"]);
        _describe = rows.Prepare($"""UPDATE "{table}" SET "{description}" = @p1 WHERE "Id" = @p0""", 2);
        if (rows.Gathered is not null) _gathered = new GatheredRows(table, orIgnore: true, ("Id", typeof(long)), ("Name", typeof(string)), (description, type));
    }

    public delegate byte[]? Merge(byte[]? known, ReadOnlySpan<byte> received);

    /// <summary>Reads together those of the names of which something is not in memory.</summary>
    public void ReadAhead(IEnumerable<(string Name, byte[]? Description)> names)
    {
        _ahead.Clear();
        foreach (var (name, description) in names)
            if (_cache().Find(NameCache.Storable(name)) is not { } id || (description is not null && !_cache().HasSeen(id, description)))
                _ahead[NameCache.FirstId(NameCache.Storable(name))] = null;
        if (_ahead.Count == 0) return;
        foreach (var row in _readAll([.. _ahead.Keys])) _ahead[row.Id] = row;
    }

    public long IdOf(string given)
    {
        var name = NameCache.Storable(given);
        if (_cache().Find(name) is { } cached) return cached;
        if (_new.TryGetValue(name, out var added)) return added;
        for (var id = NameCache.FirstId(name); ; id++)
        {
            var holder = Read(id)?.Name;
            // When another process has just added one, that is read instead.
            if (holder is null && !Add(id, name)) holder = Read(id)?.Name;
            if (holder is not null && holder != name) continue;
            _new[name] = id;
            return id;
        }
    }

    /// <summary>The number of the name, once its description is taken into what is known.</summary>
    public long IdOf(string name, byte[]? description, Merge merge)
    {
        var id = IdOf(name);
        if (description is null || _cache().HasSeen(id, description)) return id;
        if (merge((byte[]?)Read(id)?.Description, description) is { } whole) Describe(id, whole);
        _described.Add((id, description));
        return id;
    }

    /// <summary>The number of the name, once it is called as last said.</summary>
    public long IdOf(string name, string? called)
    {
        var id = IdOf(name);
        if (called is null || _cache().HasSeen(id, Encoding.UTF8.GetBytes(called))) return id;
        if ((string?)Read(id)?.Description != NameCache.Storable(called)) Describe(id, NameCache.Storable(called));
        _described.Add((id, Encoding.UTF8.GetBytes(called)));
        return id;
    }

    /// <summary>The names that are to be written.</summary>
    public IEnumerable<GatheredRows> TakeGathered()
    {
        if (_gathered is null || _adding.Count == 0) yield break;
        _gathered.Clear();
        foreach (var row in _adding.Values) _gathered.Add(row.Id, row.Name, row.Description);
        _adding.Clear();
        yield return _gathered;
    }

    public void Committed()
    {
        foreach (var (name, id) in _new) _cache().Remember(name, id);
        foreach (var (id, description) in _described) _cache().Saw(id, description);
        RolledBack();
    }

    public void RolledBack()
    {
        _new.Clear();
        _described.Clear();
        _ahead.Clear();
        _adding.Clear();
    }

    private bool Add(long id, string name)
    {
        if (_gathered is null) return StatementRows.Run(_add, id, name) > 0;
        _ahead[id] = _adding[id] = new NameRow(id, name, null);
        return true;
    }

    private void Describe(long id, object description)
    {
        if (_adding.TryGetValue(id, out var adding)) _adding[id] = adding with { Description = description };
        else StatementRows.Run(_describe, id, description);
        if (_ahead.TryGetValue(id, out var known) && known is not null) _ahead[id] = known with { Description = description };
    }

    private NameRow? Read(long id)
    {
        if (_ahead.TryGetValue(id, out var known)) return known;
        StatementRows.Set(_find, id);
        using var reader = _find.ExecuteReader();
        return reader.Read() ? new NameRow(id, reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetValue(1)) : null;
    }
}
