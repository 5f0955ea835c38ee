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

    /// <summary>Which jobs were there already. $1 to $3: ids, names, keys. Gives one row each, in order; null where the job has gone since.</summary>
    public string FindExisting { get; } =
        $"""
        SELECT coalesce(i.id, k.id)
        FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS u (id, name, key, place)
        LEFT JOIN "{schema}".job i ON i.id = u.id
        LEFT JOIN "{schema}".job k ON k.key_name = u.name AND k.key = u.key
        ORDER BY u.place
        """;
}
