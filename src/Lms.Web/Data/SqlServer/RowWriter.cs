using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Lms.Web.Data.SqlServer;

/// <summary>Writes many rows of a table: a few as one command, more by bulk copy; where a key may be there already, by a table of the connection's own.</summary>
internal sealed class RowWriter(SqlServerLmsDbContext db, SqlTransaction transaction)
{
    // A command has room for 2,100 parameters, and a few rows go quicker by it than by a bulk copy, which asks for the table's columns first.
    private const int MostRowsOfACommand = 40;
    private const string Gathered = "#gathered";

    public void Write(GatheredRows rows)
    {
        if (rows.Count <= MostRowsOfACommand) InsertAtOnce(rows);
        else if (rows.OrIgnore) InsertNew(rows);
        else Copy(rows, $"\"{rows.Table}\"");
    }

    private void InsertAtOnce(GatheredRows rows)
    {
        var names = rows.Columns.Select(c => c.Name).ToArray();
        using var command = Command(rows.OrIgnore ? db.InsertOrIgnore(rows.Table, names, rows.Count) : Insert(rows.Table, names, rows.Count));
        for (var column = 0; column < names.Length; column++)
        {
            var values = rows.Values(column);
            for (var row = 0; row < rows.Count; row++) command.Parameters.Add(Parameter($"@p{row * names.Length + column}", rows.Columns[column].Type, values.GetValue(row)));
        }
        command.ExecuteNonQuery();
    }

    private void InsertNew(GatheredRows rows)
    {
        var names = rows.Columns.Select(c => c.Name).ToArray();
        Run($"SELECT TOP 0 {SqlServerLmsDbContext.Quoted(names)} INTO {Gathered} FROM \"{rows.Table}\"");
        Copy(rows, Gathered);
        Run(db.InsertNewFrom(Gathered, rows.Table, names));
        Run($"DROP TABLE {Gathered}");
    }

    private void Copy(GatheredRows rows, string table)
    {
        using var data = new DataTable();
        foreach (var (name, type) in rows.Columns) data.Columns.Add(name, type == typeof(Guid) ? typeof(byte[]) : Nullable.GetUnderlyingType(type) ?? type);
        var columns = rows.Columns.Select((c, i) => rows.Values(i)).ToArray();
        for (var row = 0; row < rows.Count; row++) data.Rows.Add([.. columns.Select(c => ValueOf(c.GetValue(row)))]);
        using var copy = new SqlBulkCopy(transaction.Connection, SqlBulkCopyOptions.CheckConstraints, transaction) { DestinationTableName = table };
        foreach (DataColumn column in data.Columns) copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        copy.WriteToServer(data);
    }

    private static string Insert(string table, string[] names, int rows) =>
        $"INSERT INTO \"{table}\" ({SqlServerLmsDbContext.Quoted(names)}) VALUES {SqlServerLmsDbContext.Values(names.Length, rows)}";

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqlCommand Command(string sql) => new(sql, transaction.Connection, transaction);

    /// <summary>Texts and bytes without a length of their own, so that one plan serves all.</summary>
    private static SqlParameter Parameter(string name, Type type, object? value) => new(name, ValueOf(value))
    {
        SqlDbType = TypeOf(type),
        Size = type == typeof(string) || type == typeof(byte[]) ? -1 : 0,
    };

    private static SqlDbType TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(Guid) => SqlDbType.Binary,
        var t when t == typeof(byte[]) => SqlDbType.VarBinary,
        var t when t == typeof(string) => SqlDbType.NVarChar,
        var t when t == typeof(DateTime) => SqlDbType.DateTime2,
        var t when t == typeof(long) => SqlDbType.BigInt,
        var t when t == typeof(int) => SqlDbType.Int,
        var t when t == typeof(short) => SqlDbType.SmallInt,
        var t when t == typeof(bool) => SqlDbType.Bit,
        var t => throw new NotSupportedException(t.Name),
    };

    private static object ValueOf(object? value) => value switch { null => DBNull.Value, Guid id => SqlServerLmsDbContext.BytesOf(id), _ => value };
}
