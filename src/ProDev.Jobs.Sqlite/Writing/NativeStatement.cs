using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite;

/// <summary>A statement without rows, prepared once on the handle of a connection that is open until it is disposed.</summary>
internal sealed class NativeStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _indexes;

    public NativeStatement(sqlite3 database, string sql, string[] names)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), database);
        _indexes = Array.ConvertAll(names, n => raw.sqlite3_bind_parameter_index(_statement, n));
    }

    /// <summary>Returns the number of changed rows.</summary>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public int Execute(ReadOnlySpan<object?> values)
    {
        try
        {
            for (int i = 0; i < _indexes.Length; i++)
                SqliteException.ThrowExceptionForRC(Bind(_indexes[i], values[i]), _database);
            int code;
            while ((code = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW)
            {
            }

            if (code != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(code, _database);
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            _ = raw.sqlite3_reset(_statement);
        }
    }

    public void Dispose() => _statement.Dispose();

    // An empty blob needs a call of its own: bound as any other, it would be NULL.
    private int Bind(int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, index),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, index, 0),
        byte[] blob => raw.sqlite3_bind_blob(_statement, index, blob),
        string text => raw.sqlite3_bind_text(_statement, index, text),
        long number => raw.sqlite3_bind_int64(_statement, index, number),
        int number => raw.sqlite3_bind_int64(_statement, index, number),
        _ => throw new UnreachableException($"A value of the type '{value.GetType()}' is bound to no statement."),
    };
}
