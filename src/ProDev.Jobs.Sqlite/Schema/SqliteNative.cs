using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// Statements without results, past the driver: its own answer to a locked database is to sleep 150 ms at a time on the caller's thread, during
/// which a busy process takes the lock again and again.
/// </summary>
internal static class SqliteNative
{
    /// <summary>Returns <see langword="false"/> when the database is locked.</summary>
    public static bool TryExecute(SqliteConnection connection, string sql)
    {
        int code = raw.sqlite3_exec(connection.Handle, sql);
        if (code == raw.SQLITE_OK)
            return true;
        if (code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            return false;
        throw new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), code, raw.sqlite3_extended_errcode(connection.Handle));
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        if (!TryExecute(connection, sql))
            throw new SqliteException("database is locked", raw.SQLITE_BUSY, raw.SQLITE_BUSY);
    }
}
