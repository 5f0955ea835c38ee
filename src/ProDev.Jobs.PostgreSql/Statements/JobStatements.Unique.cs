namespace ProDev.Jobs.PostgreSql;

/// <summary>Unique jobs.</summary>
internal sealed partial class JobStatements
{
    private const string Latest = "'9999-01-01 00:00:00+00'::timestamptz";

    /// <summary>
    /// Locks the keys $2, which are different, until the end of the transaction: whoever comes second waits for the first. The rows are written and not only
    /// locked, so that a transaction that sees an old snapshot fails as it does for any row, and does not decide by what it cannot see.
    /// </summary>
    public string LockKeys { get; } =
        $"""
        WITH {Clock}
        INSERT INTO "{schema}".unique_lock (key, used_at) SELECT u.key, c.now FROM unnest($2::text[]) AS u (key) CROSS JOIN clock c ORDER BY u.key COLLATE "C"
        ON CONFLICT (key) DO UPDATE SET used_at = excluded.used_at
        """;

    /// <summary>
    /// What is in the way of jobs. $2 to $7: ids, names, idempotency keys, unique keys, states as bits, periods in microseconds or null. Gives one row each, in order:
    /// id, or null; number and state, if it is in the way by its unique key; the time. A statement sees one moment, in which a job is in one table.
    /// </summary>
    public string FindConflicts { get; } =
        $"""
        WITH {Clock}
        SELECT coalesce(u.known, other.id), other.seq, other.state, u.now
        FROM (
            SELECT v.*, c.now, coalesce(c.now - v.period * interval '1 microsecond', '-infinity') AS since,
                   coalesce(
                       (SELECT j.id FROM "{schema}".job j WHERE j.id = v.id),
                       (SELECT j.id FROM "{schema}".job j WHERE j.key_name = v.name AND j.key = v.key)) AS known
            FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::bigint[])
                 WITH ORDINALITY AS v (id, name, key, unique_key, states, period, place)
            CROSS JOIN clock c) AS u
        LEFT JOIN LATERAL (
            SELECT f.id, f.seq, f.state
            FROM (
                SELECT id, seq, CASE WHEN run_at <= u.now THEN 1 ELSE 0 END AS state, enqueued_at, 0 AS stage
                FROM "{schema}".scheduled WHERE unique_key = u.unique_key AND name = u.name
                UNION ALL SELECT id, seq, 1, enqueued_at, 0 FROM "{schema}".ready WHERE unique_key = u.unique_key AND name = u.name
                UNION ALL SELECT id, seq, 1, enqueued_at, 0 FROM "{schema}".parked WHERE unique_key = u.unique_key AND name = u.name
                UNION ALL SELECT id, seq, 2, enqueued_at, 1 FROM "{schema}".running WHERE unique_key = u.unique_key AND name = u.name
                UNION ALL ({LatestEnded(schema, "dead", 4, "true")})
                UNION ALL ({LatestEnded(schema, "history", 3, "NOT revoked")})
                UNION ALL ({LatestEnded(schema, "history", 5, "revoked")})) AS f
            WHERE u.states & (1 << f.state) <> 0 AND f.enqueued_at > u.since
            ORDER BY f.stage, f.seq DESC LIMIT 1) AS other ON u.known IS NULL
        ORDER BY u.place
        """;

    /// <summary>
    /// Makes the waiting jobs $2 (numbers, each once) other ones. $3 to $9: queues, ranks, run_at or null, delays in microseconds, max_attempts, payloads,
    /// extras; $10 to $14: limits, or null if none has any. Gives the numbers of those that waited, and the keys of the limits that they had. One that is claimed at
    /// the same moment is missing, and so is one that changed tables.
    /// </summary>
    public string Replace { get; } =
        $"""
        WITH {Clock},
        input AS MATERIALIZED (
            SELECT u.*, {RunAt} AS run_at, c.now
            FROM unnest($2::bigint[], $3::text[], $4::smallint[], $5::timestamptz[], $6::bigint[], $7::integer[], $8::bytea[], $9::text[],
                        $10::text[], $11::integer[], $12::text[], $13::bigint[], $14::integer[])
                 AS u (seq, queue, rank, wanted, delay, max_attempts, payload, extra, {Limits})
            CROSS JOIN clock c),
        {Waiting(schema)},
        unnoted AS (DELETE FROM "{schema}".note WHERE seq = ANY (ARRAY(SELECT seq FROM gone))),
        changed AS MATERIALIZED (
            SELECT seq, g.id, g.name, i.queue, i.rank, i.run_at, 0 AS attempt, i.max_attempts, g.token, g.idempotency_key, i.payload, i.extra, g.enqueued_at,
                   NULL::timestamptz AS started_at, NULL::text AS error, g.unique_key, i.group_key, i.group_limit, i.rate_key, i.rate_every, i.rate_burst, i.now
            FROM gone g JOIN input i USING (seq)),
        {Back(schema)}
        SELECT seq, group_key, rate_key FROM gone
        """;

    /// <summary>Gives the waiting jobs $2 (numbers, each once) other times. $3 and $4: run_at or null, delays in microseconds. Answers as <see cref="Replace"/>.</summary>
    public string Reschedule { get; } =
        $"""
        WITH {Clock},
        input AS MATERIALIZED (
            SELECT u.seq, {RunAt} AS run_at, c.now FROM unnest($2::bigint[], $3::timestamptz[], $4::bigint[]) AS u (seq, wanted, delay) CROSS JOIN clock c),
        {Waiting(schema)},
        changed AS MATERIALIZED (
            SELECT seq, g.id, g.name, g.queue, g.rank, i.run_at, g.attempt, g.max_attempts, g.token, g.idempotency_key, g.payload, g.extra, g.enqueued_at,
                   g.started_at, g.error, g.unique_key, g.group_key, g.group_limit, g.rate_key, g.rate_every, g.rate_burst, i.now
            FROM gone g JOIN input i USING (seq)),
        {Back(schema)}
        SELECT seq, group_key, rate_key FROM gone
        """;

    private const string RunAt = $"least(greatest(c.now, coalesce(u.wanted, c.now + u.delay * interval '1 microsecond')), {Latest})";

    private static string LatestEnded(string schema, string table, int state, string condition) =>
        $"""
        SELECT id, seq, {state}, enqueued_at, 2 FROM "{schema}".{table}
        WHERE u.states & (1 << {state}) <> 0 AND unique_key = u.unique_key AND name = u.name AND enqueued_at > u.since AND {condition} ORDER BY enqueued_at DESC, seq DESC LIMIT 1
        """;

    /// <summary>Rows of <c>ready</c> are never updated, so that a claim may go by their addresses: a job leaves and comes back.</summary>
    private static string Waiting(string schema) =>
        $"""
        queued AS (DELETE FROM "{schema}".ready WHERE seq = ANY ($2::bigint[]) RETURNING {All}),
        later AS (DELETE FROM "{schema}".scheduled WHERE seq = ANY ($2::bigint[]) RETURNING {All}),
        aside AS (DELETE FROM "{schema}".parked WHERE seq = ANY ($2::bigint[]) RETURNING {All}),
        gone AS MATERIALIZED (SELECT * FROM queued UNION ALL SELECT * FROM later UNION ALL SELECT * FROM aside)
        """;

    private static string Back(string schema) =>
        $"""
        again AS (INSERT INTO "{schema}".scheduled ({All}) SELECT {All} FROM changed WHERE run_at > now),
        soon AS (INSERT INTO "{schema}".ready ({All}) SELECT {All} FROM changed WHERE run_at <= now)
        """;

    /// <summary>Forgets the locks of deleted jobs that nobody holds. Others of the same key are no obstacle, for a row that is missing is made again.</summary>
    private static string Unlock(string schema, string condition) =>
        $"""
        DELETE FROM "{schema}".unique_lock WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM "{schema}".unique_lock
            WHERE key = ANY (ARRAY(SELECT unique_key FROM gone WHERE unique_key IS NOT NULL)) AND {condition} FOR UPDATE SKIP LOCKED))
        """;
}
