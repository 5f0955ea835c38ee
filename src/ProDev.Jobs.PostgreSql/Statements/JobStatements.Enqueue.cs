namespace ProDev.Jobs.PostgreSql;

internal sealed partial class JobStatements
{
    /// <summary>
    /// Takes the jobs whose id and key are free. The row in <c>job</c> decides: whoever inserts it second waits for the first to commit and then
    /// leaves its job out, wherever the other one has moved to meanwhile. Ids and keys are taken in one order, against deadlocks,
    /// and of those that are equal the first.
    /// $2 to $11: ids, names, queues, ranks, run_at or null, delays in microseconds, max_attempts, keys, payloads, extras; $12: unique keys, $13 to $17: limits, or
    /// null if no job has any. Gives the places of those taken.
    /// </summary>
    public string Enqueue { get; } =
        $"""
        WITH {Clock},
        block AS MATERIALIZED (SELECT nextval('"{schema}".job_seq') AS first),
        input AS MATERIALIZED (
            SELECT u.*, b.first + u.place - 1 AS seq,
                   {RunAt} AS run_at,
                   c.now
            FROM unnest($2::uuid[], $3::text[], $4::text[], $5::smallint[], $6::timestamptz[], $7::bigint[], $8::integer[], $9::text[], $10::bytea[], $11::text[],
                        $12::text[], $13::text[], $14::integer[], $15::text[], $16::bigint[], $17::integer[])
                 WITH ORDINALITY AS u (id, name, queue, rank, wanted, delay, max_attempts, idempotency_key, payload, extra, unique_key, {Limits}, place)
            CROSS JOIN clock c CROSS JOIN block b),
        taken AS (
            INSERT INTO "{schema}".job (id, seq, key_name, key)
            SELECT id, seq, CASE WHEN idempotency_key IS NOT NULL THEN name END, idempotency_key FROM input
            ORDER BY idempotency_key NULLS FIRST, name, CASE WHEN idempotency_key IS NULL THEN id END, place
            ON CONFLICT DO NOTHING
            RETURNING seq),
        accepted AS MATERIALIZED (SELECT i.* FROM input i JOIN taken USING (seq)),
        later AS (
            INSERT INTO "{schema}".scheduled ({All})
            SELECT seq, id, name, queue, rank, run_at, 0, max_attempts, 0, idempotency_key, payload, extra, now, NULL, NULL, unique_key, {Limits}
            FROM accepted WHERE run_at > now),
        soon AS (
            INSERT INTO "{schema}".ready ({All})
            SELECT seq, id, name, queue, rank, run_at, 0, max_attempts, 0, idempotency_key, payload, extra, now, NULL, NULL, unique_key, {Limits}
            FROM accepted WHERE run_at <= now)
        SELECT place FROM accepted
        """;

    /// <summary>
    /// The same for one job that is ready now and has neither key nor limits. $2 to $8: id, name, queue, rank, max_attempts, payload, extra. Adds a row if it was taken.
    /// </summary>
    public string EnqueueOne { get; } =
        $"""
        WITH {Clock},
        taken AS (INSERT INTO "{schema}".job (id, seq) VALUES ($2, nextval('"{schema}".job_seq')) ON CONFLICT DO NOTHING RETURNING seq)
        INSERT INTO "{schema}".ready (seq, id, name, queue, rank, run_at, attempt, max_attempts, token, payload, extra, enqueued_at)
        SELECT t.seq, $2, $3, $4, $5, c.now, 0, $6, 0, $7, $8, c.now FROM taken t CROSS JOIN clock c
        """;

    /// <summary>Gives the first of a block of numbers, and the time.</summary>
    public string BeginLoad { get; } = $"""WITH {Clock} SELECT nextval('"{schema}".job_seq'), now FROM clock""";

    /// <summary>Takes ids by COPY, which fails if one is there.</summary>
    public string LoadIds { get; } = $"""COPY "{schema}".job (id, seq) FROM STDIN (FORMAT binary)""";

    /// <summary>Takes jobs by COPY that are ready now and have neither keys nor limits.</summary>
    public string LoadReady { get; } =
        $"""
        COPY "{schema}".ready (seq, id, name, queue, rank, run_at, attempt, max_attempts, token, payload, extra, enqueued_at) FROM STDIN (FORMAT binary)
        """;

    /// <summary>Which jobs were there already. $1 to $3: ids, names, keys. Gives one row each, in order; null where the job has gone since.</summary>
    public string FindExisting { get; } =
        $"""
        SELECT coalesce(
            (SELECT j.id FROM "{schema}".job j WHERE j.id = u.id), (SELECT j.id FROM "{schema}".job j WHERE j.key_name = u.name AND j.key = u.key))
        FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS u (id, name, key, place)
        ORDER BY u.place
        """;
}
