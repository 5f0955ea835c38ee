using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>A prepared command that is used again and again; a new one for each call takes more than twice as long.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql, params string[] parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (string name in parameters)
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });
    }

    /// <summary>Binds the values in the order of the names. <see langword="null"/> becomes NULL.</summary>
    public Statement Bind(params ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return this;
    }

    /// <summary>Returns the number of changed rows.</summary>
    public int Execute() => _command.ExecuteNonQuery();

    public SqliteDataReader Read() => _command.ExecuteReader();

    public object? Scalar() => _command.ExecuteScalar() is { } value and not DBNull ? value : null;

    public void Dispose() => _command.Dispose();
}
