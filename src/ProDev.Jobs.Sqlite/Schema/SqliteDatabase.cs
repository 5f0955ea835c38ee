using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>Opens connections with the settings that durability and fairness need.</summary>
internal static class SqliteDatabase
{
    private const string Pragmas =
        "PRAGMA busy_timeout = 0; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;";

    /// <summary>Opens the file for writing, in WAL mode, with the schema in place.</summary>
    public static Task<SqliteConnection> OpenWriterAsync(string path, SqliteWriteLock writeLock, CancellationToken cancellationToken)
    {
        CheckDirectory(path);
        return OpenAsync(path, PrepareAsync);

        async Task PrepareAsync(SqliteConnection connection)
        {
            await ExecuteAsync(connection, Pragmas, writeLock, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, "PRAGMA journal_mode = WAL", writeLock, cancellationToken).ConfigureAwait(false);
            CheckWal(connection, path);
            await writeLock.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
            SqliteSchema.Ensure(connection, path);
            SqliteNative.Execute(connection, "COMMIT");
        }
    }

    /// <summary>Opens a second connection for queries, so that they do not wait for commits.</summary>
    public static Task<SqliteConnection> OpenReaderAsync(string path, SqliteWriteLock writeLock, CancellationToken cancellationToken)
        => OpenAsync(path, c => ExecuteAsync(c, Pragmas + "PRAGMA query_only = ON", writeLock, cancellationToken));

    /// <summary>Opens the file for nothing but its name; whoever has a transaction on it has created it.</summary>
    public static SqliteConnection Describe(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteErrors.Translate(e, path);
        }
    }

    private static async Task<SqliteConnection> OpenAsync(string path, Func<SqliteConnection, Task> prepare)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            await prepare(connection).ConfigureAwait(false);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (e is SqliteException error)
                throw SqliteErrors.Translate(error, path);
            throw;
        }
    }

    /// <summary>Even a harmless pragma meets a lock while another process creates the file, recovers it, or closes it as the last one.</summary>
    private static Task ExecuteAsync(SqliteConnection connection, string sql, SqliteWriteLock writeLock, CancellationToken cancellationToken)
        => writeLock.RetryAsync(() => SqliteNative.TryExecute(connection, sql), cancellationToken);

    private static void CheckDirectory(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (!Directory.Exists(directory))
        {
            throw new JobStoreException(
                $"The job database '{path}' cannot be created: the directory '{directory}' does not exist. Create it, or set SqliteJobsOptions.Path.");
        }
    }

    private static void CheckWal(SqliteConnection connection, string path)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        if (command.ExecuteScalar() is not "wal")
        {
            throw new JobStoreException(
                $"The job database '{path}' cannot use a write-ahead log, which several connections need. Put it on a local disk, not on a network one.");
        }
    }
}
