using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>Opens connections with the settings that durability and fairness need.</summary>
internal static class SqliteDatabase
{
    private const string Pragmas =
        "PRAGMA busy_timeout = 0; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;";

    /// <summary>Opens the file for writing, in WAL mode, with the schema in place.</summary>
    public static async Task<SqliteConnection> OpenWriterAsync(string path, SqliteWriteLock writeLock, CancellationToken cancellationToken)
    {
        CheckDirectory(path);
        SqliteConnection? connection = null;
        try
        {
            connection = Open(path);
            SqliteConnection opened = connection;
            await writeLock.RetryAsync(() => SqliteNative.TryExecute(opened, "PRAGMA journal_mode = WAL"), cancellationToken).ConfigureAwait(false);
            CheckWal(connection, path);
            await writeLock.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
            SqliteSchema.Ensure(connection, path);
            SqliteNative.Execute(connection, "COMMIT");
            return connection;
        }
        catch (Exception e)
        {
            if (connection is not null)
                await connection.DisposeAsync().ConfigureAwait(false);
            if (e is SqliteException error)
                throw SqliteErrors.Translate(error, path);
            throw;
        }
    }

    /// <summary>Opens a second connection for queries, so that they do not wait for commits.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        SqliteConnection connection = Open(path);
        SqliteNative.Execute(connection, "PRAGMA query_only = ON");
        return connection;
    }

    private static SqliteConnection Open(string path)
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
            SqliteNative.Execute(connection, Pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

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
