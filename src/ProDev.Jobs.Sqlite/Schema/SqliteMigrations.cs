namespace ProDev.Jobs.Sqlite;

/// <summary>The steps from an empty file to the layout of today; what was published is never changed, only added to.</summary>
internal static class SqliteMigrations
{
    /// <summary>Step <c>n</c> leads from version <c>n</c> to <c>n + 1</c>.</summary>
    public static readonly IReadOnlyList<string> Steps = [First, Canvas, Schedules, Notes, UniqueKeys, Limits];

    private const string First =
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

    // Results, revocation, groups, pauses. A revoked job has the state 5 and is pruned like one that succeeded, so they share an index.
    private const string Canvas =
        """
        ALTER TABLE prodev_jobs_job ADD COLUMN result BLOB;
        ALTER TABLE prodev_jobs_job ADD COLUMN revoke INTEGER NOT NULL DEFAULT 0;   -- 1: somebody revoked it while it was running
        ALTER TABLE prodev_jobs_queue ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
        DROP INDEX prodev_jobs_job_succeeded;
        CREATE INDEX prodev_jobs_job_ended ON prodev_jobs_job (finished_at, state) WHERE state IN (3, 5);
        CREATE INDEX prodev_jobs_job_revoke ON prodev_jobs_job (id) WHERE revoke = 1 AND state = 2;
        CREATE TABLE prodev_jobs_join (                 -- results of groups that something waits for, until the last one is there
            group_id BLOB NOT NULL,
            place INTEGER NOT NULL,
            result BLOB NOT NULL,
            PRIMARY KEY (group_id, place)
        ) WITHOUT ROWID;
        CREATE TABLE prodev_jobs_join_count (group_id BLOB PRIMARY KEY, done INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private const string Schedules =
        """
        CREATE TABLE prodev_jobs_schedule (
            name TEXT PRIMARY KEY,
            revision INTEGER NOT NULL,          -- one more with each change
            cron TEXT,                          -- this or an interval
            interval INTEGER,                   -- milliseconds, as all durations
            anchor INTEGER NOT NULL,
            zone TEXT NOT NULL,                 -- IANA id
            overlap INTEGER NOT NULL,           -- 0 queue, 1 skip, 2 replace
            catch_up INTEGER NOT NULL,          -- 0 last, 1 none, 2 all
            max_catch_up INTEGER NOT NULL,
            job BLOB NOT NULL,                  -- the envelope as JSON
            declaration TEXT,                   -- hash of what the code said last
            paused INTEGER NOT NULL,
            next_at INTEGER,                    -- NULL for never
            last_at INTEGER,
            last_job BLOB
        ) WITHOUT ROWID;
        CREATE INDEX prodev_jobs_schedule_due ON prodev_jobs_schedule (next_at) WHERE paused = 0 AND next_at IS NOT NULL;
        CREATE TABLE prodev_jobs_lead (id INTEGER PRIMARY KEY CHECK (id = 1), owner TEXT NOT NULL, ends INTEGER NOT NULL);
        """;

    // Named values of jobs: progress, and the results of steps. They go with their job.
    private const string Notes =
        """
        CREATE TABLE prodev_jobs_note (
            job INTEGER NOT NULL,               -- prodev_jobs_job.id
            name TEXT NOT NULL,
            value BLOB NOT NULL,
            PRIMARY KEY (job, name)
        ) WITHOUT ROWID;
        """;

    // The key stays with a job that has ended. Jobs without one are not in the index.
    private const string UniqueKeys =
        """
        ALTER TABLE prodev_jobs_job ADD COLUMN unique_key TEXT;
        CREATE INDEX prodev_jobs_job_unique ON prodev_jobs_job (unique_key, state, enqueued_at) WHERE unique_key IS NOT NULL;
        """;

    // Groups and rates. A job that its limit does not let pass has the state 6, and the limit as its gate; one that was called back to state 1 keeps the gate.
    // All indexes are partial: jobs without limits are in none of them.
    private const string Limits =
        """
        ALTER TABLE prodev_jobs_job ADD COLUMN group_key TEXT;
        ALTER TABLE prodev_jobs_job ADD COLUMN group_limit INTEGER;
        ALTER TABLE prodev_jobs_job ADD COLUMN rate_key TEXT;
        ALTER TABLE prodev_jobs_job ADD COLUMN rate_every INTEGER;      -- 100 ns from one token to the next
        ALTER TABLE prodev_jobs_job ADD COLUMN rate_burst INTEGER;
        ALTER TABLE prodev_jobs_job ADD COLUMN gate TEXT;               -- 'g' or 'r', and the key
        CREATE INDEX prodev_jobs_job_parked ON prodev_jobs_job (gate, queue, priority DESC, run_at, id) WHERE state = 6;
        CREATE INDEX prodev_jobs_job_called ON prodev_jobs_job (gate, queue) WHERE state = 1 AND gate IS NOT NULL;
        CREATE INDEX prodev_jobs_job_group ON prodev_jobs_job (group_key) WHERE state = 2 AND group_key IS NOT NULL;
        CREATE INDEX prodev_jobs_job_of_group ON prodev_jobs_job (group_key) WHERE state = 1 AND group_key IS NOT NULL;
        CREATE INDEX prodev_jobs_job_of_rate ON prodev_jobs_job (rate_key) WHERE state = 1 AND rate_key IS NOT NULL;
        CREATE TABLE prodev_jobs_group (
            key TEXT PRIMARY KEY,               -- here as long as a job runs or is parked
            job INTEGER NOT NULL,               -- the latest job that said a limit
            max_running INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE prodev_jobs_bucket (
            key TEXT PRIMARY KEY,               -- here until it is full and nobody waits for it
            job INTEGER NOT NULL,               -- the latest job that said a rate
            every INTEGER NOT NULL,             -- all times here: 100 ns since the year 1
            burst INTEGER NOT NULL,
            full_at INTEGER NOT NULL,
            next_at INTEGER                     -- when the next token comes for a job that is parked
        ) WITHOUT ROWID;
        CREATE INDEX prodev_jobs_bucket_next ON prodev_jobs_bucket (next_at) WHERE next_at IS NOT NULL;
        CREATE INDEX prodev_jobs_bucket_full ON prodev_jobs_bucket (full_at);
        """;
}
