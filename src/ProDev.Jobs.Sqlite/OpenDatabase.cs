using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>What exists only once the file is open.</summary>
internal sealed class OpenDatabase : IDisposable
{
    private readonly SqliteWriter _writer;

    private OpenDatabase(
        SqliteConnection writing, SqliteConnection reading, string path, SqliteWriteLock writeLock, TimeProvider time, Action committedWork)
    {
        _writer = new SqliteWriter(writing, time);
        Commits = new GroupCommit(_writer, writeLock, path, committedWork);
        Reader = new SqliteReader(reading);
    }

    public GroupCommit Commits { get; }

    public SqliteReader Reader { get; }

    public static async Task<OpenDatabase> OpenAsync(
        string path, SqliteWriteLock writeLock, TimeProvider time, Action committedWork, CancellationToken cancellationToken)
    {
        SqliteConnection writing = await SqliteDatabase.OpenWriterAsync(path, writeLock, cancellationToken).ConfigureAwait(false);
        try
        {
            SqliteConnection reading = await SqliteDatabase.OpenReaderAsync(path, writeLock, cancellationToken).ConfigureAwait(false);
            return new OpenDatabase(writing, reading, path, writeLock, time, committedWork);
        }
        catch
        {
            await writing.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public void Dispose()
    {
        Reader.Dispose();
        _writer.Dispose();
    }
}
