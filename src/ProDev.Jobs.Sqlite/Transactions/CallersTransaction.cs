using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite;

/// <summary>Writes jobs into a transaction of the application. Only SQLite's own lock stands between it and the writer; nothing is kept.</summary>
internal sealed class CallersTransaction(string path, TimeProvider time)
{
    private const string Savepoint = "prodev_jobs";

    private readonly Lock _lock = new();
    private string? _fileName;

    /// <summary>Gives the connection of a transaction that can take jobs.</summary>
    public SqliteConnection Check(DbTransaction transaction)
    {
        if (transaction is not SqliteTransaction own)
        {
            throw new ArgumentException(
                $"The transaction is of the type '{transaction.GetType()}', but the jobs are in the SQLite file '{path}'. Pass a '{typeof(SqliteTransaction)}'.",
                nameof(transaction));
        }

        // A transaction that was ended by SQLite, or by a statement past the driver, still has its connection.
        if (own.Connection is not { Handle: { } handle } connection || raw.sqlite3_get_autocommit(handle) != 0)
        {
            throw new InvalidOperationException(
                "The transaction has ended: it was committed or rolled back, or its connection was closed. Enqueue before the commit.");
        }

        if (!string.Equals(connection.DataSource, FileName(), OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The transaction is on the database '{connection.DataSource}', but the jobs are in '{path}'. Both must be the same file: let " +
                "UseSqlite() name the file of the application, or enqueue without the transaction.",
                nameof(transaction));
        }

        return connection;
    }

    /// <summary>For as long as the store is not open: opening it now would wait for the lock that the caller holds.</summary>
    public void CheckTables(SqliteConnection connection)
    {
        try
        {
            if (SqliteSchema.VersionOf(connection) == SqliteSchema.Version)
                return;
        }
        catch (SqliteException e) when (e.SqliteErrorCode != raw.SQLITE_ERROR)
        {
            throw SqliteErrors.Translate(e, path);
        }
        catch (SqliteException)
        {
            // No such table.
        }

        throw new JobStoreException(
            $"The job database '{path}' has no tables of this version of ProDev.Jobs.Sqlite yet. A host creates them at its start; without one, call the " +
            "client once before the transaction begins, for example IJobClient.CountAsync().");
    }

    public EnqueuedJob[] Enqueue(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<JobEnvelope> jobs)
    {
        try
        {
            using var enqueuer = new SqliteEnqueuer(connection, time);
            if (jobs.Count == 1)
                return enqueuer.Run(jobs);

            transaction.Save(Savepoint);
            try
            {
                EnqueuedJob[] answers = enqueuer.Run(jobs);
                transaction.Release(Savepoint);
                return answers;
            }
            catch when (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                transaction.Rollback(Savepoint);
                transaction.Release(Savepoint);
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e, path);
        }
    }

    /// <summary>The file as SQLite names it, with links resolved, which is how it names the caller's.</summary>
    private string FileName()
    {
        lock (_lock)
        {
            if (_fileName is null)
            {
                if (!File.Exists(path))
                    return path;
                using SqliteConnection probe = SqliteDatabase.Describe(path);
                _fileName = probe.DataSource;
            }

            return _fileName;
        }
    }
}
