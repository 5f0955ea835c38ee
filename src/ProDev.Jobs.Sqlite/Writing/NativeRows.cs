using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite;

/// <summary>The rows of a <see cref="NativeStatement"/>, read on its handle. It must be disposed before the statement is used again.</summary>
internal readonly struct NativeRows(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    public bool Read()
    {
        int code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(code, database);
        return false;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public int Int32(int column) => raw.sqlite3_column_int(statement, column);

    public Guid Id(int column) => new(raw.sqlite3_column_blob(statement, column), bigEndian: true);

    /// <summary>A copy; empty for NULL.</summary>
    public byte[] Blob(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public string? Text(int column)
    {
        if (IsNull(column))
            return null;

        // Makes UTF-8 of the text, which is in the encoding of the file; the bytes come as they are.
        _ = raw.sqlite3_column_text(statement, column);
        return Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));
    }

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Int64(column));

    public void Dispose() => _ = raw.sqlite3_reset(statement);
}
