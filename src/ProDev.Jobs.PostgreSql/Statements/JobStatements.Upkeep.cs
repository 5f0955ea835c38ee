namespace ProDev.Jobs.PostgreSql;

/// <summary>Rescue, replay, discard, prune.</summary>
internal sealed partial class JobStatements
{
    /// <summary>Takes at most $2 jobs from holders whose lease ran out. $3: their error, with two places for the attempt and its limit; $4: the reason.</summary>
    public string Rescue { get; } =
        $"""
        WITH {Clock},
        lost AS (
            DELETE FROM "{schema}".running WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM "{schema}".running WHERE lease_until <= (SELECT now FROM clock) ORDER BY lease_until LIMIT $2 FOR UPDATE SKIP LOCKED))
            RETURNING seq, id, name, queue, rank, run_at, attempt, max_attempts, token, idempotency_key, payload, extra, enqueued_at, started_at,
                      format($3, attempt, max_attempts) AS error, unique_key, revoke, {Limits}),
        ended AS ({EndRevoked(schema, "lost")}),
        buried AS (
            INSERT INTO "{schema}".dead ({All}, reason, finished_at)
            SELECT {All}, $4, c.now FROM lost CROSS JOIN clock c WHERE attempt >= max_attempts AND NOT revoke),
        back AS (INSERT INTO "{schema}".ready ({All}) SELECT {All} FROM lost WHERE attempt < max_attempts AND NOT revoke)
        SELECT id, name, queue, CASE WHEN attempt >= max_attempts OR revoke THEN extra END, attempt, max_attempts, revoke, group_key FROM lost
        """;

    /// <summary>Queues the dead letters $2 again. Gives the ids of those that were some.</summary>
    public string Replay { get; } =
        $"""
        WITH {Clock},
        risen AS (DELETE FROM "{schema}".dead WHERE id = ANY ($2::uuid[]) RETURNING {All}),
        back AS (
            INSERT INTO "{schema}".ready ({All})
            SELECT seq, id, name, queue, rank, c.now, 0, max_attempts, token, idempotency_key, payload, extra, enqueued_at, started_at, error, unique_key, {Limits}
            FROM risen CROSS JOIN clock c)
        SELECT id FROM risen
        """;

    /// <summary>Deletes the dead letters $1. Gives those that were some, with what they carried along.</summary>
    public string Discard { get; } =
        $"""
        WITH gone AS (DELETE FROM "{schema}".dead WHERE id = ANY ($1::uuid[]) RETURNING id, seq, name, queue, extra, unique_key),
        unnoted AS (DELETE FROM "{schema}".note WHERE seq = ANY (ARRAY(SELECT seq FROM gone))),
        unlocked AS ({Unlock(schema, "true")}),
        freed AS (DELETE FROM "{schema}".job WHERE id = ANY (ARRAY(SELECT id FROM gone)))
        SELECT id, name, queue, extra FROM gone
        """;

    /// <summary>Deletes at most $3 jobs that succeeded or were revoked $2 microseconds ago or earlier, the oldest first. Gives their number.</summary>
    public string Prune { get; } =
        $"""
        WITH {Clock},
        gone AS (
            DELETE FROM "{schema}".history WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM "{schema}".history WHERE finished_at <= (SELECT now - $2 * interval '1 microsecond' FROM clock)
                ORDER BY finished_at LIMIT $3 FOR UPDATE SKIP LOCKED))
            RETURNING id, seq, unique_key),
        unnoted AS (DELETE FROM "{schema}".note WHERE seq = ANY (ARRAY(SELECT seq FROM gone))),
        unlocked AS ({Unlock(schema, "used_at <= (SELECT now - $2 * interval '1 microsecond' FROM clock)")}),
        freed AS (DELETE FROM "{schema}".job WHERE id = ANY (ARRAY(SELECT id FROM gone)))
        SELECT count(*)::integer FROM gone
        """;
}
