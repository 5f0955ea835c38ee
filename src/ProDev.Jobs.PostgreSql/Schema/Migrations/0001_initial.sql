-- A job is in exactly one of five tables and moves from one to the next: scheduled, ready, running, then history or dead.
-- Rows of 'ready' are never updated, only inserted and deleted; whoever changes that must look at the claim again.

-- Gives jobs their order of arrival. A number is never used twice, so that a late lease cannot meet another job. One step is a block of numbers: a
-- statement asks once and numbers all its jobs, 1,000 at most.
CREATE SEQUENCE {schema}.job_seq AS bigint INCREMENT BY 1024 CACHE 1;

-- One narrow row for each job as long as it is in any of the tables: what makes ids and idempotency keys unique across all of them.
CREATE TABLE {schema}.job (
    id uuid PRIMARY KEY,
    seq bigint NOT NULL,
    key_name text COLLATE "C",                  -- name of the job, if it has a key
    key text COLLATE "C",
    CHECK ((key_name IS NULL) = (key IS NULL))
);
CREATE UNIQUE INDEX job_key ON {schema}.job (key_name, key) WHERE key IS NOT NULL;

CREATE TABLE {schema}.ready (
    seq bigint NOT NULL,
    id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    queue text COLLATE "C" NOT NULL,
    rank smallint NOT NULL,                     -- 9 minus the priority: lower runs first
    run_at timestamptz NOT NULL,
    attempt integer NOT NULL,
    max_attempts integer NOT NULL,
    token bigint NOT NULL,                      -- fencing token, one more with each lease
    idempotency_key text COLLATE "C",
    payload bytea,
    extra text,                                 -- the rest of the envelope as JSON
    enqueued_at timestamptz NOT NULL,
    started_at timestamptz,                     -- when the latest lease was given
    error text                                  -- of the latest failed attempt
);
CREATE TABLE {schema}.scheduled (LIKE {schema}.ready);
CREATE TABLE {schema}.running (LIKE {schema}.ready, lease_until timestamptz NOT NULL, worker text NOT NULL);
CREATE TABLE {schema}.dead (LIKE {schema}.ready, reason smallint NOT NULL, finished_at timestamptz NOT NULL);
CREATE TABLE {schema}.history (
    seq bigint NOT NULL,
    id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    queue text COLLATE "C" NOT NULL,
    rank smallint NOT NULL,
    run_at timestamptz NOT NULL,
    attempt integer NOT NULL,
    max_attempts integer NOT NULL,
    enqueued_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz NOT NULL
);

ALTER TABLE {schema}.ready ADD PRIMARY KEY (seq);
CREATE INDEX ready_order ON {schema}.ready (queue, rank, run_at, seq);
ALTER TABLE {schema}.scheduled ADD PRIMARY KEY (seq);
CREATE INDEX scheduled_due ON {schema}.scheduled (run_at, seq);
ALTER TABLE {schema}.running ADD PRIMARY KEY (seq);
CREATE INDEX running_lease ON {schema}.running (lease_until);
ALTER TABLE {schema}.dead ADD PRIMARY KEY (id);
ALTER TABLE {schema}.history ADD PRIMARY KEY (seq);
CREATE INDEX history_age ON {schema}.history (finished_at);

-- Rows live for milliseconds here: vacuum by the number of dead rows, not by their share.
ALTER TABLE {schema}.ready SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE {schema}.running SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE {schema}.scheduled SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
