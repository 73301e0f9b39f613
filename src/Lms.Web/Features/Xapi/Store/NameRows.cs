using System.Data.Common;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>The rows of one kind of names.</summary>
internal sealed class NameRows
{
    private readonly Func<NameCache> _cache;
    private readonly DbCommand _find, _add, _describe;
    private readonly Dictionary<string, long> _new = new(StringComparer.Ordinal);
    private readonly List<(long Id, byte[] Description)> _described = [];

    public NameRows(StatementRows rows, Func<NameCache> cache, string table, string description)
    {
        _cache = cache;
        _find = rows.Prepare($"""SELECT "Name", "{description}" FROM "{table}" WHERE "Id" = @p0""", 1);
        _add = rows.PrepareInsertOrIgnore(table, ["Id", "Name"]);
        _describe = rows.Prepare($"""UPDATE "{table}" SET "{description}" = @p1 WHERE "Id" = @p0""", 2);
    }

    public delegate byte[]? Merge(byte[]? known, ReadOnlySpan<byte> received);

    public long IdOf(string name)
    {
        if (_cache().Find(name) is { } cached) return cached;
        if (_new.TryGetValue(name, out var added)) return added;
        for (var id = NameCache.FirstId(name); ; id++)
        {
            var holder = Read(id, reader => reader.GetString(0));
            // When another process has just added one, that is read instead.
            if (holder is null && StatementRows.Run(_add, id, name) == 0) holder = Read(id, reader => reader.GetString(0));
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
        var known = Read(id, reader => reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1));
        if (merge(known, description) is { } whole) StatementRows.Run(_describe, id, whole);
        _described.Add((id, description));
        return id;
    }

    /// <summary>The number of the name, once it is called as last said.</summary>
    public long IdOf(string name, string? called)
    {
        var id = IdOf(name);
        if (called is null || _cache().HasSeen(id, System.Text.Encoding.UTF8.GetBytes(called))) return id;
        StatementRows.Run(_describe, id, called);
        _described.Add((id, System.Text.Encoding.UTF8.GetBytes(called)));
        return id;
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
    }

    private T? Read<T>(long id, Func<DbDataReader, T?> read)
        where T : class
    {
        StatementRows.Set(_find, id);
        using var reader = _find.ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }
}
