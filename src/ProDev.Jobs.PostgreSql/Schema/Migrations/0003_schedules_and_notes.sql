-- Schedules, who leads their schedulers, and named values of jobs.

CREATE TABLE {schema}.schedule (
    name text COLLATE "C" PRIMARY KEY,
    revision bigint NOT NULL,                   -- one more with each change
    cron text,                                  -- this or an interval
    interval_ms bigint,
    anchor timestamptz NOT NULL,
    zone text NOT NULL,                         -- IANA id
    overlap smallint NOT NULL,
    catch_up smallint NOT NULL,
    max_catch_up integer NOT NULL,
    job bytea NOT NULL,                         -- the envelope as JSON
    declaration text,                           -- hash of what the code said last
    paused boolean NOT NULL,
    next_at timestamptz,                        -- null for never
    last_at timestamptz,
    last_job uuid
);
CREATE INDEX schedule_due ON {schema}.schedule (next_at) WHERE NOT paused;
CREATE TABLE {schema}.lead (id integer PRIMARY KEY CHECK (id = 1), owner text NOT NULL, ends timestamptz NOT NULL);

-- Progress, and the results of steps. They go with their job.
CREATE TABLE {schema}.note (
    seq bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (seq, name)
);
