namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// What becomes of leased jobs. $2 and $3 are always numbers and tokens; the answer is the pairs that were still held, with their groups, and in some statements
/// with what those carried along that did not go back but ended, because they were to be revoked.
/// </summary>
internal sealed partial class JobStatements
{
    /// <summary>$4 and $5: results or null, whether revoked.</summary>
    public string Complete { get; } =
        $"""
        WITH {Clock}, {Held(schema, ", outcome, is_revoked", ", $4::bytea[], $5::boolean[]")},
        done AS (
            INSERT INTO "{schema}".history ({Kept}, finished_at, result, revoked)
            SELECT {Kept}, c.now, outcome, is_revoked FROM held CROSS JOIN clock c)
        SELECT seq, token, group_key FROM held
        """;

    /// <summary>$4 to $6: delays in microseconds, errors, whether the attempt does not count.</summary>
    public string Retry { get; } =
        $"""
        WITH {Clock}, {Held(schema, ", delay, reported, uncharged", ", $4::bigint[], $5::text[], $6::boolean[]")},
        again AS (
            SELECT h.seq, id, name, queue, rank, c.now + delay * interval '1 microsecond' AS run_at, attempt - uncharged::integer AS attempt, max_attempts, token,
                   idempotency_key, payload, extra, enqueued_at, started_at, reported AS error, unique_key, delay, revoke, {Limits}
            FROM held h CROSS JOIN clock c),
        ended AS ({EndRevoked(schema, "again")}),
        later AS (INSERT INTO "{schema}".scheduled ({All}) SELECT {All} FROM again WHERE delay > 0 AND NOT revoke),
        soon AS (INSERT INTO "{schema}".ready ({All}) SELECT {All} FROM again WHERE delay <= 0 AND NOT revoke)
        {HeldAndRevoked}
        """;

    /// <summary>$4 and $5: reasons, errors.</summary>
    public string DeadLetter { get; } =
        $"""
        WITH {Clock}, {Held(schema, ", why, reported", ", $4::smallint[], $5::text[]")},
        ended AS ({EndRevoked(schema, $"(SELECT {Kept}, reported AS error, revoke FROM held) given_up")}),
        buried AS (
            INSERT INTO "{schema}".dead ({All}, reason, finished_at)
            SELECT seq, id, name, queue, rank, run_at, attempt, max_attempts, token, idempotency_key, payload, extra, enqueued_at, started_at, reported, unique_key, {Limits}, why, c.now
            FROM held CROSS JOIN clock c WHERE NOT revoke)
        {HeldAndRevoked}
        """;

    private const string HeldAndRevoked =
        """
        SELECT seq, token, group_key, CASE WHEN revoke THEN id END, CASE WHEN revoke THEN name END, CASE WHEN revoke THEN queue END, CASE WHEN revoke THEN extra END
        FROM held
        """;

    /// <summary>$4: microseconds from now.</summary>
    public string Extend { get; } =
        $"""
        WITH {Clock}, {Locked(schema)}
        UPDATE "{schema}".running SET lease_until = (SELECT now FROM clock) + $4 * interval '1 microsecond'
        WHERE seq = ANY (ARRAY(SELECT seq FROM locked))
        RETURNING seq, token, group_key
        """;

    public string Return { get; } =
        $"""
        WITH {Clock}, {Held(schema)},
        ended AS ({EndRevoked(schema, "held")}),
        back AS (
            INSERT INTO "{schema}".ready ({All})
            SELECT seq, id, name, queue, rank, run_at, attempt - 1, max_attempts, token, idempotency_key, payload, extra, enqueued_at, started_at, error, unique_key,
                   {Limits}
            FROM held WHERE NOT revoke)
        {HeldAndRevoked}
        """;

    /// <summary>
    /// The leases $2 and $3 that are still held, locked in the order of the arrays whatever the plan: calls about the same jobs wait for each other in a
    /// row, never in a circle. It asks by number and token, job by job; <paramref name="more"/> are further columns, <paramref name="arrays"/> their values.
    /// </summary>
    private static string Locked(string schema, string more = "", string arrays = "")
        => $"""
            locked AS MATERIALIZED (
                SELECT u.* FROM unnest($2::bigint[], $3::bigint[]{arrays}) AS u (seq, its_token{more})
                CROSS JOIN LATERAL (SELECT FROM "{schema}".running h WHERE h.seq = u.seq AND h.token = u.its_token FOR UPDATE) AS l)
            """;

    /// <summary>Takes those rows out of <c>running</c>, with the further columns. The numbers as an array leave the planner nothing to join with the table.</summary>
    private static string Held(string schema, string more = "", string arrays = "")
        => $"""
            {Locked(schema, more, arrays)},
            gone AS (DELETE FROM "{schema}".running WHERE seq = ANY (ARRAY(SELECT seq FROM locked)) RETURNING *),
            held AS (SELECT g.*{more} FROM gone g JOIN locked USING (seq))
            """;
}
