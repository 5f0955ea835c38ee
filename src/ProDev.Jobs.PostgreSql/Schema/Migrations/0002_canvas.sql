-- Results, revocation, groups that something waits for, and pauses.

ALTER TABLE {schema}.history ADD COLUMN result bytea, ADD COLUMN revoked boolean NOT NULL DEFAULT false, ADD COLUMN error text;

-- Set while the job runs; the row leaves the table with the next outcome.
ALTER TABLE {schema}.running ADD COLUMN revoke boolean NOT NULL DEFAULT false;

-- Results of groups, until the last one is there. The counter's row is what makes members that end at the same time wait for each other.
CREATE TABLE {schema}.join_result (
    group_id uuid NOT NULL,
    place integer NOT NULL,
    result bytea NOT NULL,
    PRIMARY KEY (group_id, place)
);
CREATE TABLE {schema}.join_count (group_id uuid PRIMARY KEY, done integer NOT NULL);

CREATE TABLE {schema}.paused_queue (name text COLLATE "C" PRIMARY KEY);
