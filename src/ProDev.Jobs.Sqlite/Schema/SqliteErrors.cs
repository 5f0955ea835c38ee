using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite;

/// <summary>Says in words what SQLite says in codes, and what to do about it.</summary>
internal static class SqliteErrors
{
    public static JobStoreException Translate(SqliteException error, string path)
    {
        string what = error.SqliteErrorCode switch
        {
            raw.SQLITE_NOTADB => "is not a SQLite database (or is encrypted). Choose another file; this one was left as it is.",
            raw.SQLITE_CORRUPT => "is damaged. Stop all workers, run 'PRAGMA integrity_check' on a copy, and restore a backup.",
            raw.SQLITE_READONLY => "is read-only. Give this process the right to write the file and its directory.",
            raw.SQLITE_CANTOPEN => "cannot be opened or created. Check that the path names a file and that this process may write to its directory.",
            raw.SQLITE_PERM or raw.SQLITE_AUTH => "must not be opened by this process. Give it the right to read and write the file.",
            raw.SQLITE_FULL => "cannot grow: the disk is full. Nothing was changed; free some space, then it will work again.",
            raw.SQLITE_IOERR => "cannot be read or written: the operating system reports an I/O error. Nothing was changed; check the disk.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "is locked by another process for too long. Look for a program that keeps a transaction open on it.",
            _ => "cannot be used.",
        };
        return new JobStoreException($"The job database '{path}' {what} (SQLite error {error.SqliteErrorCode}: {error.Message})", error);
    }
}
