-- Unique jobs. The key goes with its job from table to table; jobs without one are in none of these indexes.

ALTER TABLE {schema}.ready ADD COLUMN unique_key text COLLATE "C";
ALTER TABLE {schema}.scheduled ADD COLUMN unique_key text COLLATE "C";
ALTER TABLE {schema}.running ADD COLUMN unique_key text COLLATE "C";
ALTER TABLE {schema}.dead ADD COLUMN unique_key text COLLATE "C";
ALTER TABLE {schema}.history ADD COLUMN unique_key text COLLATE "C";
CREATE INDEX ready_unique ON {schema}.ready (unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX scheduled_unique ON {schema}.scheduled (unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX running_unique ON {schema}.running (unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX dead_unique ON {schema}.dead (unique_key, enqueued_at, seq) WHERE unique_key IS NOT NULL;
CREATE INDEX history_unique ON {schema}.history (unique_key, revoked, enqueued_at, seq) WHERE unique_key IS NOT NULL;

-- Who wants to make a job with a key writes its row first, and so waits for everybody who has done so and not committed. The row means nothing else: it may be
-- missing or left over.
CREATE TABLE {schema}.unique_lock (key text COLLATE "C" PRIMARY KEY, used_at timestamptz NOT NULL) WITH (fillfactor = 70);
