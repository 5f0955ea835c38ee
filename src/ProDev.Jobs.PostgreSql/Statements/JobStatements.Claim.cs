namespace ProDev.Jobs.PostgreSql;

internal sealed partial class JobStatements
{
    /// <summary>Makes at most $2 jobs ready whose time has come.</summary>
    public string Promote { get; } =
        $"""
        WITH {Clock},
        due AS (
            DELETE FROM "{schema}".scheduled WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM "{schema}".scheduled WHERE run_at <= (SELECT now FROM clock) ORDER BY run_at, seq LIMIT $2 FOR UPDATE SKIP LOCKED))
            RETURNING {All})
        INSERT INTO "{schema}".ready ({All}) SELECT {All} FROM due
        """;

    /// <summary>
    /// Leases jobs: queue by queue ($2), at most $3, for $4 microseconds, to the worker $5. The array of row addresses keeps the planner from joining: a claim is
    /// one walk along the index. The limit is a subquery so that the planner does not know it: without statistics it would sort the whole table.
    /// Rows of <c>ready</c> are never updated, so an address that was locked is still the row's. Jobs with limits stay where they are and are only named
    /// (a row with null for the id), and so is the fact that tokens have come for parked ones (a row with null for the number, too).
    /// </summary>
    public string Claim { get; } = Claiming(schema, "$2::text[]", "name", "");

    /// <summary>
    /// The same behind a place in each queue, $6 to $8 (rank, run_at, number). The walk begins there because the comparison is of whole rows and without the
    /// queue.
    /// </summary>
    public string ClaimBehind { get; } = Claiming(
        schema, "$2::text[], $6::smallint[], $7::timestamptz[], $8::bigint[]", "name, rank, run_at, seq", " AND (j.rank, j.run_at, j.seq) > (q.rank, q.run_at, q.seq)");

    /// <summary>The same of the jobs $6 only, found by their ids.</summary>
    public string ClaimNamed { get; } =
        $"""
        WITH {Clock},
        wanted AS MATERIALIZED (SELECT seq FROM "{schema}".job WHERE id = ANY ($6::uuid[])),
        seen AS MATERIALIZED (
            SELECT r.ctid AS place, r.seq, coalesce(r.group_key, r.rate_key) IS NOT NULL AS is_limited
            FROM "{schema}".ready r
            WHERE r.seq = ANY (ARRAY(SELECT seq FROM wanted)) AND r.queue = ANY ($2::text[])
                AND NOT EXISTS (SELECT FROM "{schema}".paused_queue p WHERE p.name = r.queue)
            ORDER BY array_position($2::text[], r.queue), r.rank, r.run_at, r.seq LIMIT $3
            FOR UPDATE OF r SKIP LOCKED),
        {TakeSeen(schema)}
        """;

    /// <summary>Nulls for all that is sent but the number.</summary>
    private const string None = "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";

    private static string Claiming(string schema, string arrays, string columns, string condition) =>
        $"""
        WITH {Clock},
        seen AS MATERIALIZED (
            SELECT r.place, r.seq, r.is_limited
            FROM (
                SELECT * FROM unnest({arrays}) WITH ORDINALITY AS u ({columns}, place)
                WHERE NOT EXISTS (SELECT FROM "{schema}".paused_queue p WHERE p.name = u.name) ORDER BY place) AS q
            CROSS JOIN LATERAL (
                SELECT ctid AS place, j.seq, coalesce(group_key, rate_key) IS NOT NULL AS is_limited
                FROM "{schema}".ready j WHERE j.queue = q.name{condition}
                ORDER BY j.rank, j.run_at, j.seq LIMIT (SELECT $3) FOR UPDATE SKIP LOCKED) AS r
            LIMIT $3),
        {TakeSeen(schema)}
        """;

    /// <summary>Leases those of <c>seen</c> that have no limits, and names the others.</summary>
    private static string TakeSeen(string schema) =>
        $"""
        next AS (DELETE FROM "{schema}".ready WHERE ctid = ANY (ARRAY(SELECT place FROM seen WHERE NOT is_limited)) RETURNING {All}),
        started AS ({Running(schema, "$4", "$5")} RETURNING {Sent})
        SELECT {Sent} FROM started
        UNION ALL SELECT seq, {None} FROM seen WHERE is_limited
        UNION ALL SELECT NULL, {None} FROM clock c WHERE EXISTS (SELECT FROM "{schema}".limit_bucket b WHERE b.next_at <= c.now)
        """;

    /// <summary>Gives the jobs of <c>next</c> a lease.</summary>
    private static string Running(string schema, string lease, string worker) =>
        $"""
        INSERT INTO "{schema}".running ({All}, lease_until, worker)
        SELECT n.seq, n.id, n.name, n.queue, n.rank, n.run_at, n.attempt + 1, n.max_attempts, n.token + 1, n.idempotency_key, n.payload, n.extra, n.enqueued_at,
               c.now, n.error, n.unique_key, n.group_key, n.group_limit, n.rate_key, n.rate_every, n.rate_burst,
               c.now + {lease} * interval '1 microsecond', {worker}
        FROM next n CROSS JOIN clock c
        """;
}
