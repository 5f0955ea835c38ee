using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// The layout, and its version. One table for all states, because SQLite updates in place: moving a row between tables costs two b-trees. Each state
/// has a partial index that serves exactly its own query; scheduled jobs stay out of the claim index, where each would slow down every claim.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>The version that this package writes. A higher one in the file was written by a later package.</summary>
    public const int Version = 1;

    private const string Create =
        """
        CREATE TABLE prodev_jobs_meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE prodev_jobs_queue (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE prodev_jobs_job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,   -- order of arrival; never reused, so that a late lease cannot hit another job
            job_id BLOB NOT NULL,                   -- UUID version 7, big-endian
            name TEXT NOT NULL,
            queue INTEGER NOT NULL REFERENCES prodev_jobs_queue (id),
            priority INTEGER NOT NULL,              -- 0 to 9, higher runs first
            state INTEGER NOT NULL,                 -- 0 scheduled, 1 queued, 2 running, 3 succeeded, 4 dead
            run_at INTEGER NOT NULL,                -- all times: milliseconds since 1970, UTC
            attempt INTEGER NOT NULL,
            max_attempts INTEGER NOT NULL,
            token INTEGER NOT NULL,                 -- fencing token, one more with each lease
            deadline INTEGER,                       -- end of the lease
            worker TEXT,                            -- holder of the latest lease
            idempotency_key TEXT,
            payload BLOB,
            extra TEXT,                             -- the rest of the envelope as JSON
            enqueued_at INTEGER NOT NULL,
            started_at INTEGER,
            finished_at INTEGER,
            reason INTEGER,
            error TEXT
        );
        CREATE UNIQUE INDEX prodev_jobs_job_id ON prodev_jobs_job (job_id);
        CREATE UNIQUE INDEX prodev_jobs_job_key ON prodev_jobs_job (name, idempotency_key) WHERE idempotency_key IS NOT NULL;
        CREATE INDEX prodev_jobs_job_scheduled ON prodev_jobs_job (run_at) WHERE state = 0;
        CREATE INDEX prodev_jobs_job_queued ON prodev_jobs_job (queue, priority DESC, run_at, id) WHERE state = 1;
        CREATE INDEX prodev_jobs_job_running ON prodev_jobs_job (deadline) WHERE state = 2;
        CREATE INDEX prodev_jobs_job_succeeded ON prodev_jobs_job (finished_at) WHERE state = 3;
        CREATE INDEX prodev_jobs_job_dead ON prodev_jobs_job (job_id) WHERE state = 4;
        INSERT INTO prodev_jobs_meta (key, value) VALUES ('schema_version', 1);
        """;

    /// <summary>Creates the schema where there is none, and refuses one that this version does not know. Runs in a write transaction.</summary>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'prodev_jobs_meta'") == 0)
        {
            using SqliteCommand create = connection.CreateCommand();
            create.CommandText = Create;
            create.ExecuteNonQuery();
            return;
        }

        long version = Scalar(connection, "SELECT coalesce((SELECT value FROM prodev_jobs_meta WHERE key = 'schema_version'), 0)");
        if (version > Version)
        {
            throw new JobStoreException(
                $"The job database '{path}' has the schema version '{version}', written by a later ProDev.Jobs.Sqlite. This one knows versions up to " +
                $"{Version}. Update the package in every process that uses the file, or choose another file.");
        }

        if (version < Version)
        {
            throw new JobStoreException(
                $"The job database '{path}' has the schema version '{version}', which no ProDev.Jobs.Sqlite ever wrote. Choose another file.");
        }
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
