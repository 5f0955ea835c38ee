namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Groups and rates. Whoever starts or ends limited jobs first has their rows (ready ones by SKIP LOCKED, running ones by deleting them), then locks groups in
/// the order of their keys, then buckets in the order of theirs, and only then looks at what is parked: each in a statement of its own, because a statement
/// does not see what was committed while it waited.
/// </summary>
internal sealed partial class JobStatements
{
    private const string Candidate = "seq, queue, rank, run_at, group_key, group_limit, rate_key, rate_every, rate_burst";

    /// <summary>Locks the ready jobs $1 that nobody else has, and gives what decides about them.</summary>
    public string LookAt { get; } = $"""SELECT {Candidate} FROM "{schema}".ready WHERE seq = ANY ($1::bigint[]) FOR UPDATE SKIP LOCKED""";

    /// <summary>
    /// The same for the first $2 ready jobs with limits of each queue $1 that is not paused. One of a paused queue is not started, so it must not go before others.
    /// </summary>
    public string LookAtNext { get; } =
        $"""
        SELECT r.*
        FROM (
            SELECT name FROM unnest($1::text[]) AS u (name) WHERE NOT EXISTS (SELECT FROM "{schema}".paused_queue p WHERE p.name = u.name)) AS q
        CROSS JOIN LATERAL (
            SELECT {Candidate} FROM "{schema}".ready WHERE queue = q.name AND coalesce(group_key, rate_key) IS NOT NULL
            ORDER BY rank, run_at, seq LIMIT $2 FOR UPDATE SKIP LOCKED) AS r
        """;

    /// <summary>Locks groups, and keeps the limit of the latest job of each: $1 to $3 are keys, numbers, limits.</summary>
    public string LearnGroups { get; } =
        $"""
        INSERT INTO "{schema}".limit_group AS g (key, seq, max_running)
        SELECT u.key, u.seq, u.max FROM unnest($1::text[], $2::bigint[], $3::integer[]) AS u (key, seq, max) ORDER BY u.key COLLATE "C"
        ON CONFLICT (key) DO UPDATE SET
            max_running = CASE WHEN excluded.seq >= g.seq THEN excluded.max_running ELSE g.max_running END, seq = greatest(g.seq, excluded.seq)
        """;

    /// <summary>Locks those of the groups $1 that are there.</summary>
    public string LockGroups { get; } = $"""SELECT key FROM "{schema}".limit_group WHERE key = ANY ($1::text[]) ORDER BY key FOR UPDATE""";

    /// <summary>Of the groups $1: key, how many more may run, whether jobs are parked.</summary>
    public string GroupRooms { get; } =
        $"""
        SELECT g.key, (g.max_running - (SELECT count(*) FROM "{schema}".running r WHERE r.group_key = g.key))::integer,
               (SELECT EXISTS (SELECT FROM "{schema}".parked p WHERE p.gate = 'g' || g.key))
        FROM "{schema}".limit_group g WHERE g.key = ANY ($1::text[])
        """;

    /// <summary>Deletes those of the groups $1 of which no job runs or is parked.</summary>
    public string ForgetGroups { get; } =
        $"""
        DELETE FROM "{schema}".limit_group g
        WHERE g.key = ANY ($1::text[]) AND NOT (SELECT EXISTS (SELECT FROM "{schema}".running r WHERE r.group_key = g.key))
            AND NOT (SELECT EXISTS (SELECT FROM "{schema}".parked p WHERE p.gate = 'g' || g.key))
        """;

    /// <summary>Locks buckets, and keeps the rate of the latest job of each: $2 to $5 are keys, numbers, intervals, bursts.</summary>
    public string LearnBuckets { get; } =
        $"""
        WITH {Clock}
        INSERT INTO "{schema}".limit_bucket AS b (key, seq, every, burst, full_at)
        SELECT u.key, u.seq, u.every, u.burst, c.now
        FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::integer[]) AS u (key, seq, every, burst) CROSS JOIN clock c ORDER BY u.key COLLATE "C"
        ON CONFLICT (key) DO UPDATE SET
            every = CASE WHEN excluded.seq >= b.seq THEN excluded.every ELSE b.every END,
            burst = CASE WHEN excluded.seq >= b.seq THEN excluded.burst ELSE b.burst END, seq = greatest(b.seq, excluded.seq)
        RETURNING key, every, burst, full_at, (SELECT now FROM clock)
        """;

    /// <summary>Locks those of the buckets $2 that are there.</summary>
    public string LockBuckets { get; } =
        $"""
        WITH {Clock}
        SELECT b.key, b.every, b.burst, b.full_at, c.now FROM "{schema}".limit_bucket b CROSS JOIN clock c
        WHERE b.key = ANY ($2::text[]) ORDER BY b.key FOR UPDATE OF b
        """;

    /// <summary>Locks at most $2 buckets whose next tokens have come.</summary>
    public string LockDueBuckets { get; } =
        $"""
        WITH {Clock}
        SELECT b.key, b.every, b.burst, b.full_at, c.now FROM "{schema}".limit_bucket b CROSS JOIN clock c
        WHERE b.next_at <= c.now ORDER BY b.key LIMIT $2 FOR UPDATE OF b SKIP LOCKED
        """;

    /// <summary>Keeps what became of buckets: $1 to $3 are keys, when they are full, and when the next token comes.</summary>
    public string SaveBuckets { get; } =
        $"""
        UPDATE "{schema}".limit_bucket b
        SET full_at = u.full_at,
            next_at = CASE WHEN (SELECT EXISTS (SELECT FROM "{schema}".parked p WHERE p.gate = 'r' || b.key)) THEN u.next_at END
        FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS u (key, full_at, next_at) WHERE b.key = u.key AND b.key = ANY ($1::text[])
        """;

    /// <summary>Deletes at most $2 buckets that are full, which says the same as none, and for which no job is parked.</summary>
    public string ForgetBuckets { get; } =
        $"""
        WITH {Clock}
        DELETE FROM "{schema}".limit_bucket WHERE ctid = ANY (ARRAY(
            SELECT b.ctid FROM "{schema}".limit_bucket b
            WHERE b.full_at <= (SELECT now FROM clock) AND b.next_at IS NULL AND NOT (SELECT EXISTS (SELECT FROM "{schema}".parked p WHERE p.gate = 'r' || b.key))
            ORDER BY b.full_at LIMIT $2 FOR UPDATE SKIP LOCKED))
        """;

    /// <summary>Leases the ready jobs $2, which the caller has locked, for $3 microseconds, to the worker $4.</summary>
    public string Start { get; } =
        $"""
        WITH {Clock},
        next AS (DELETE FROM "{schema}".ready WHERE seq = ANY ($2::bigint[]) RETURNING {All})
        {Running(schema, "$3", "$4")} RETURNING {Sent}
        """;

    /// <summary>Parks ready jobs, which the caller has locked: $1 and $2 are numbers and limits.</summary>
    public string Park { get; } =
        $"""
        WITH gone AS (DELETE FROM "{schema}".ready WHERE seq = ANY ($1::bigint[]) RETURNING {All})
        INSERT INTO "{schema}".parked ({All}, gate) SELECT {All}, stop FROM gone JOIN unnest($1::bigint[], $2::text[]) AS u (seq, stop) USING (seq)
        """;

    /// <summary>
    /// Makes parked jobs ready: $1 and $2 are limits and how many jobs they let pass. As many of each queue, so that one that is paused or not served holds up no
    /// other, less those that were called before and go first; called ones that come later in the order do not count.
    /// </summary>
    public string Call { get; } =
        $"""
        WITH RECURSIVE wanted AS (SELECT u.gate, u.room FROM unnest($1::text[], $2::integer[]) AS u (gate, room)),
        line AS (
            SELECT w.gate, w.room, (SELECT p.queue FROM "{schema}".parked p WHERE p.gate = w.gate ORDER BY p.queue LIMIT 1) AS queue FROM wanted w
            UNION ALL
            SELECT l.gate, l.room, (SELECT p.queue FROM "{schema}".parked p WHERE p.gate = l.gate AND p.queue > l.queue ORDER BY p.queue LIMIT 1)
            FROM line l WHERE l.queue IS NOT NULL),
        open AS MATERIALIZED (
            SELECT l.gate, l.queue, l.room, l.room - (
                SELECT count(*) FROM "{schema}".ready r WHERE r.gate = l.gate AND r.queue = l.queue AND (r.rank, r.run_at, r.seq) < (
                    SELECT p.rank, p.run_at, p.seq FROM "{schema}".parked p WHERE p.gate = l.gate AND p.queue = l.queue
                    ORDER BY p.rank, p.run_at, p.seq LIMIT 1)) AS most
            FROM line l WHERE l.queue IS NOT NULL),
        called AS (
            DELETE FROM "{schema}".parked WHERE ctid = ANY (ARRAY(
                SELECT h.place FROM open o CROSS JOIN LATERAL (
                    SELECT * FROM (
                        SELECT p.ctid AS place, p.rank, p.run_at, p.seq FROM "{schema}".parked p WHERE p.gate = o.gate AND p.queue = o.queue
                        ORDER BY p.rank, p.run_at, p.seq LIMIT greatest(0, o.most) FOR UPDATE SKIP LOCKED) AS f
                    UNION ALL SELECT NULL, r.rank, r.run_at, r.seq FROM "{schema}".ready r WHERE r.gate = o.gate AND r.queue = o.queue
                    ORDER BY rank, run_at, seq LIMIT o.room) AS h
                WHERE o.most > 0 AND h.place IS NOT NULL))
            RETURNING {All}, gate)
        INSERT INTO "{schema}".ready ({All}, gate) SELECT {All}, gate FROM called
        """;
}
