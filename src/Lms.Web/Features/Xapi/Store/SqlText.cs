using System.Data.Common;
using System.Text;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>A command that is put together piece by piece; values go in as parameters only.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<object> _values = [];

    public SqlText Add(string sql)
    {
        _text.Append(sql).Append(' ');
        return this;
    }

    public SqlText Add(string sql, object value)
    {
        _text.Append(sql).Append(" @p").Append(_values.Count).Append(' ');
        _values.Add(value);
        return this;
    }

    public DbCommand ToCommand(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var command = connection.CreateCommand();
        command.CommandText = _text.ToString();
        for (var i = 0; i < _values.Count; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{i}", _values[i]);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
