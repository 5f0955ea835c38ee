using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite;

/// <summary>A statement that is prepared once on the handle of a connection that is open until it is disposed.</summary>
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

    /// <summary>Binds the values in the order of the names.</summary>
    public void Bind(ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < _indexes.Length; i++)
            Check(Bind(_indexes[i], values[i]));
    }

    /// <summary>Binds a number, as all that follow, by its place in the statement, which counts from 1.</summary>
    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    public void Bind(int index, string? value) => Check(value is null ? raw.sqlite3_bind_null(_statement, index) : raw.sqlite3_bind_text(_statement, index, value));

    // An empty blob needs a call of its own: bound as any other, it would be NULL.
    public void Bind(int index, ReadOnlySpan<byte> value)
        => Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, index, 0) : raw.sqlite3_bind_blob(_statement, index, value));

    /// <summary>Binds NULL everywhere, and so frees the copies of what was bound.</summary>
    public void Clear() => Check(raw.sqlite3_clear_bindings(_statement));

    /// <summary>Returns the number of changed rows.</summary>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public int Execute()
    {
        using NativeRows rows = Rows();
        while (rows.Read())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    public NativeRows Rows() => new(_database, _statement);

    public void Dispose() => _statement.Dispose();

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

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, _database);
    }
}
