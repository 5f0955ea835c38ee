namespace ProDev.Jobs.PostgreSql;

/// <summary>Revoking jobs and pausing queues.</summary>
internal sealed partial class JobStatements
{
    /// <summary>
    /// Revokes the jobs $2: those that wait go to history, those that run are marked. Gives <see cref="JobRevocation"/> and id of both, and of the former what they
    /// carried along and the keys of their limits. One that is
    /// claimed at the same moment is missing: it left one table after this statement began, and came into the other one too late to be seen.
    /// </summary>
    public string Revoke { get; } =
        $"""
        {EndWaiting(schema)},
        told AS (UPDATE "{schema}".running SET revoke = true WHERE seq = ANY (ARRAY(SELECT seq FROM wanted)) RETURNING id)
        SELECT 1, id, name, queue, extra, group_key, rate_key FROM gone UNION ALL SELECT 2, id, NULL, NULL, NULL, NULL, NULL FROM told
        """;

    /// <summary>The same for jobs that wait only.</summary>
    public string RevokeWaiting { get; } = $"{EndWaiting(schema)} SELECT 1, id, name, queue, extra, group_key, rate_key FROM gone";

    /// <summary>Of the leases $1 and $2 (numbers, tokens) those whose jobs are to be revoked.</summary>
    public string FindRevoked { get; } =
        $"""
        SELECT seq, token FROM unnest($1::bigint[], $2::bigint[]) AS u (seq, token)
        WHERE (SELECT r.revoke FROM "{schema}".running r WHERE r.seq = u.seq AND r.token = u.token)
        """;

    /// <summary>Pauses the queue $1. Gives a row if it was not paused.</summary>
    public string Pause { get; } = $"""INSERT INTO "{schema}".paused_queue (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1""";

    /// <summary>Resumes the queue $1. Gives a row if it was paused.</summary>
    public string Resume { get; } = $"""DELETE FROM "{schema}".paused_queue WHERE name = $1 RETURNING 1""";

    public string ListPaused { get; } = $"""SELECT name FROM "{schema}".paused_queue ORDER BY name""";

    private static string EndWaiting(string schema) =>
        $"""
        WITH {Clock},
        wanted AS MATERIALIZED (SELECT seq FROM "{schema}".job WHERE id = ANY ($2::uuid[])),
        queued AS (DELETE FROM "{schema}".ready WHERE seq = ANY (ARRAY(SELECT seq FROM wanted)) RETURNING *),
        later AS (DELETE FROM "{schema}".scheduled WHERE seq = ANY (ARRAY(SELECT seq FROM wanted)) RETURNING *),
        aside AS (DELETE FROM "{schema}".parked WHERE seq = ANY (ARRAY(SELECT seq FROM wanted)) RETURNING *),
        gone AS (
            SELECT {Kept}, error, extra, group_key, rate_key FROM queued UNION ALL SELECT {Kept}, error, extra, group_key, rate_key FROM later
            UNION ALL SELECT {Kept}, error, extra, group_key, rate_key FROM aside),
        ended AS (
            INSERT INTO "{schema}".history ({Kept}, error, finished_at, revoked) SELECT {Kept}, error, c.now, true FROM gone CROSS JOIN clock c)
        """;
}
