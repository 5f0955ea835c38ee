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
        WITH {Clock},
        held AS (
            DELETE FROM "{schema}".running r USING unnest($2::bigint[], $3::bigint[], $4::bytea[], $5::boolean[]) AS u (seq, token, outcome, is_revoked)
            WHERE r.seq = u.seq AND r.token = u.token RETURNING r.*, u.outcome, u.is_revoked),
        done AS (
            INSERT INTO "{schema}".history ({Kept}, finished_at, result, revoked)
            SELECT {Kept}, c.now, outcome, is_revoked FROM held CROSS JOIN clock c)
        SELECT seq, token, group_key FROM held
        """;

    /// <summary>$4 to $6: delays in microseconds, errors, whether the attempt does not count.</summary>
    public string Retry { get; } =
        $"""
        WITH {Clock},
        held AS (
            DELETE FROM "{schema}".running r USING unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::boolean[])
                AS u (seq, token, delay, reported, uncharged)
            WHERE r.seq = u.seq AND r.token = u.token RETURNING r.*, u.delay, u.reported, u.uncharged),
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
        WITH {Clock},
        held AS (
            DELETE FROM "{schema}".running r USING unnest($2::bigint[], $3::bigint[], $4::smallint[], $5::text[]) AS u (seq, token, why, reported)
            WHERE r.seq = u.seq AND r.token = u.token RETURNING r.*, u.why, u.reported),
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
        WITH {Clock}
        UPDATE "{schema}".running r SET lease_until = c.now + $4 * interval '1 microsecond'
        FROM unnest($2::bigint[], $3::bigint[]) AS u (seq, token) CROSS JOIN clock c
        WHERE r.seq = u.seq AND r.token = u.token
        RETURNING r.seq, r.token, r.group_key
        """;

    public string Return { get; } =
        $"""
        WITH {Clock},
        held AS (
            DELETE FROM "{schema}".running r USING unnest($2::bigint[], $3::bigint[]) AS u (seq, token)
            WHERE r.seq = u.seq AND r.token = u.token RETURNING r.*),
        ended AS ({EndRevoked(schema, "held")}),
        back AS (
            INSERT INTO "{schema}".ready ({All})
            SELECT seq, id, name, queue, rank, run_at, attempt - 1, max_attempts, token, idempotency_key, payload, extra, enqueued_at, started_at, error, unique_key,
                   {Limits}
            FROM held WHERE NOT revoke)
        {HeldAndRevoked}
        """;
}
