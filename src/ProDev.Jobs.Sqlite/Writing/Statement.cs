using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// A prepared statement that is used again and again. Statements that are many run on the handle of the connection: a command looks up each parameter by its
/// name at each execution, which takes as long as the insertion of a row. Others that give rows are commands.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _sql;
    private readonly string[] _names;
    private readonly object?[] _values;
    private NativeStatement? _native;
    private SqliteCommand? _command;

    public Statement(SqliteConnection connection, string sql, params string[] parameters)
    {
        _connection = connection;
        _sql = sql;
        _names = parameters;
        _values = new object?[parameters.Length];
    }

    /// <summary>Binds the values in the order of the names. <see langword="null"/> becomes NULL.</summary>
    public Statement Bind(params ReadOnlySpan<object?> values)
    {
        values.CopyTo(_values);
        return this;
    }

    /// <summary>Returns the number of changed rows.</summary>
    public int Execute() => Native().Execute();

    /// <summary>
    /// Reads past the driver, within a transaction that may write. Outside of one the driver knows better how to wait for a locked database.
    /// </summary>
    public NativeRows Rows() => Native().Rows();

    public SqliteDataReader Read() => Command().ExecuteReader();

    public object? Scalar() => Command().ExecuteScalar() is { } value and not DBNull ? value : null;

    public void Dispose()
    {
        _native?.Dispose();
        _command?.Dispose();
    }

    private NativeStatement Native()
    {
        _native ??= new NativeStatement(_connection.Handle!, _sql, _names);
        _native.Bind(_values);
        return _native;
    }

    private SqliteCommand Command()
    {
        if (_command is null)
        {
            _command = _connection.CreateCommand();
            _command.CommandText = _sql;
            foreach (string name in _names)
                _command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        for (int i = 0; i < _values.Length; i++)
            _command.Parameters[i].Value = _values[i] ?? DBNull.Value;
        return _command;
    }
}
