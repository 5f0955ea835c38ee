-- Groups and rates. Jobs without limits have nulls in these columns and are in none of these indexes, all of which are partial.

ALTER TABLE {schema}.ready
    ADD COLUMN group_key text COLLATE "C", ADD COLUMN group_limit integer,
    ADD COLUMN rate_key text COLLATE "C", ADD COLUMN rate_every bigint, ADD COLUMN rate_burst integer,     -- 100 ns from one token to the next
    ADD COLUMN gate text COLLATE "C";                                                                      -- the limit that has called the job back
ALTER TABLE {schema}.scheduled
    ADD COLUMN group_key text COLLATE "C", ADD COLUMN group_limit integer,
    ADD COLUMN rate_key text COLLATE "C", ADD COLUMN rate_every bigint, ADD COLUMN rate_burst integer;
ALTER TABLE {schema}.running
    ADD COLUMN group_key text COLLATE "C", ADD COLUMN group_limit integer,
    ADD COLUMN rate_key text COLLATE "C", ADD COLUMN rate_every bigint, ADD COLUMN rate_burst integer;
ALTER TABLE {schema}.dead
    ADD COLUMN group_key text COLLATE "C", ADD COLUMN group_limit integer,
    ADD COLUMN rate_key text COLLATE "C", ADD COLUMN rate_every bigint, ADD COLUMN rate_burst integer;

-- Jobs that a limit does not let pass, by that limit: 'g' or 'r', and the key. To people they are queued.
CREATE TABLE {schema}.parked (LIKE {schema}.ready);
ALTER TABLE {schema}.parked ALTER COLUMN gate SET NOT NULL, ADD PRIMARY KEY (seq);
CREATE INDEX parked_unique ON {schema}.parked (unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX parked_order ON {schema}.parked (gate, queue, rank, run_at, seq);

CREATE INDEX ready_limited ON {schema}.ready (queue, rank, run_at, seq) WHERE coalesce(group_key, rate_key) IS NOT NULL;
CREATE INDEX ready_called ON {schema}.ready (gate, queue) WHERE gate IS NOT NULL;
CREATE INDEX running_group ON {schema}.running (group_key) WHERE group_key IS NOT NULL;

-- The row of a group is there as long as a job of it runs or is parked. It is what makes those wait for each other who start and end its jobs; how many
-- run is counted from the jobs themselves, so no place can leak.
CREATE TABLE {schema}.limit_group (
    key text COLLATE "C" PRIMARY KEY,
    seq bigint NOT NULL,                        -- the latest job that said a limit
    max_running integer NOT NULL
);

-- The row of a bucket is there until it is full and nobody waits for it.
CREATE TABLE {schema}.limit_bucket (
    key text COLLATE "C" PRIMARY KEY,
    seq bigint NOT NULL,                        -- the latest job that said a rate
    every bigint NOT NULL,
    burst integer NOT NULL,
    full_at timestamptz NOT NULL,               -- when it is full, if no more tokens are taken
    next_at timestamptz                         -- when the next token comes for a job that is parked
);
CREATE INDEX limit_bucket_next ON {schema}.limit_bucket (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX limit_bucket_full ON {schema}.limit_bucket (full_at);

ALTER TABLE {schema}.parked SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE {schema}.limit_group SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE {schema}.limit_bucket SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
