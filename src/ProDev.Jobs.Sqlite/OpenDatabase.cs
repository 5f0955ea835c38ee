using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>What exists only once the file is open.</summary>
internal sealed class OpenDatabase : IDisposable
{
    private readonly SqliteWriter _writer;

    public OpenDatabase(SqliteConnection connection, string path, SqliteWriteLock writeLock, TimeProvider time, Action committedWork)
    {
        _writer = new SqliteWriter(connection, time);
        Commits = new GroupCommit(_writer, writeLock, path, committedWork);
        Reader = new SqliteReader(SqliteDatabase.OpenReader(path));
    }

    public GroupCommit Commits { get; }

    public SqliteReader Reader { get; }

    public void Dispose()
    {
        Reader.Dispose();
        _writer.Dispose();
    }
}
