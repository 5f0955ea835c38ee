namespace ProDev.Jobs.PostgreSql;

/// <summary>Queries. They give the columns of <see cref="JobInfo"/>.</summary>
internal sealed partial class JobStatements
{
    private const string Info = "id, name, queue, attempt, max_attempts, rank, enqueued_at, run_at, started_at";

    /// <summary>Microseconds until the next scheduled job is due, or a token comes that a job waits for; null when there is neither.</summary>
    public string NextDue { get; } =
        $"""
        WITH {Clock}
        SELECT (extract(epoch FROM least(
            (SELECT min(run_at) FROM "{schema}".scheduled), (SELECT min(next_at) FROM "{schema}".limit_bucket WHERE next_at IS NOT NULL)) - now) * 1000000)::bigint
        FROM clock
        """;

    /// <summary>The job $1, from whichever table it is in at the moment of the query.</summary>
    public string Find { get; } =
        $"""
        WITH wanted AS MATERIALIZED (SELECT seq AS number FROM "{schema}".job WHERE id = $1)
        SELECT 0, {Info}, NULL::timestamptz, error, NULL::smallint, NULL::bytea FROM "{schema}".scheduled WHERE seq = (SELECT number FROM wanted)
        UNION ALL SELECT 1, {Info}, NULL, error, NULL, NULL FROM "{schema}".ready WHERE seq = (SELECT number FROM wanted)
        UNION ALL SELECT 1, {Info}, NULL, error, NULL, NULL FROM "{schema}".parked WHERE seq = (SELECT number FROM wanted)
        UNION ALL SELECT 2, {Info}, NULL, error, NULL, NULL FROM "{schema}".running WHERE seq = (SELECT number FROM wanted)
        UNION ALL SELECT CASE WHEN revoked THEN 5 ELSE 3 END, {Info}, finished_at, error, NULL, result FROM "{schema}".history WHERE seq = (SELECT number FROM wanted)
        UNION ALL SELECT 4, {Info}, finished_at, error, reason, NULL FROM "{schema}".dead WHERE id = $1
        """;

    public string Count { get; } =
        $"""
        SELECT (SELECT count(*) FROM "{schema}".scheduled), (SELECT count(*) FROM "{schema}".ready) + (SELECT count(*) FROM "{schema}".parked),
               (SELECT count(*) FROM "{schema}".running),
               h.succeeded, (SELECT count(*) FROM "{schema}".dead), h.revoked
        FROM (SELECT count(*) FILTER (WHERE NOT revoked) AS succeeded, count(*) FILTER (WHERE revoked) AS revoked FROM "{schema}".history) h
        """;

    /// <summary>$1 to $4: after this id, name and reason, each null for any; how many.</summary>
    public string ListDead { get; } =
        $"""
        SELECT 4, {Info}, finished_at, error, reason, NULL::bytea FROM "{schema}".dead
        WHERE id >= coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid) AND id IS DISTINCT FROM $1 AND ($2::text IS NULL OR name = $2) AND ($3::smallint IS NULL OR reason = $3)
        ORDER BY id LIMIT $4
        """;
}
