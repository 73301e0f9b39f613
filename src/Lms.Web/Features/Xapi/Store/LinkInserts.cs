using System.Data.Common;
using Lms.Web.Data;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// Puts a statement's links of one kind into their table. All of them go in one command, since a command costs more than a row; where it costs
/// much more, those of many statements do.
/// </summary>
internal sealed class LinkInserts(StatementRows rows, string table, params (string Name, Type Type)[] columns)
{
    private const int Most = 8;
    private readonly GatheredRows? _gathered = rows.Gathered?.Links(table, columns);
    private readonly DbCommand?[] _commands = new DbCommand?[Most];
    private readonly object[] _values = new object[Most * columns.Length];
    private int _filled;

    public void Add(params ReadOnlySpan<object> row)
    {
        if (_gathered is not null)
        {
            _gathered.Add(row!);
            return;
        }
        row.CopyTo(_values.AsSpan(_filled));
        _filled += row.Length;
        if (_filled == _values.Length) Run();
    }

    /// <summary>Inserts what was added, unless it is gathered.</summary>
    public void Run()
    {
        if (_filled == 0) return;
        var count = _filled / columns.Length;
        StatementRows.Run(_commands[count - 1] ??= Prepare(count), _values.AsSpan(0, _filled));
        _filled = 0;
    }

    /// <summary>Forgets what was added and not inserted.</summary>
    public void Clear() => _filled = 0;

    // A chain of references that runs in a circle meets the same link twice.
    private DbCommand Prepare(int count) => rows.PrepareInsertOrIgnore(table, [.. columns.Select(c => c.Name)], count);
}
