namespace Lms.Web.Data;

/// <summary>Rows of one table that are written together, column by column.</summary>
/// <param name="table">The table.</param>
/// <param name="orIgnore">Whether rows whose key is there are left out; otherwise one such fails all.</param>
/// <param name="columns">The columns, and the type of their values.</param>
public sealed class GatheredRows(string table, bool orIgnore, params (string Name, Type Type)[] columns)
{
    private readonly List<object?[]> _rows = [];

    public string Table => table;
    public bool OrIgnore => orIgnore;
    public IReadOnlyList<(string Name, Type Type)> Columns => columns;
    public int Count => _rows.Count;

    public void Add(params ReadOnlySpan<object?> row) => _rows.Add(row.ToArray());

    public void Clear() => _rows.Clear();

    /// <summary>The values of a column, in an array of its type.</summary>
    public Array Values(int column)
    {
        var values = Array.CreateInstance(columns[column].Type, _rows.Count);
        for (var i = 0; i < _rows.Count; i++) values.SetValue(_rows[i][column], i);
        return values;
    }
}
