namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Every statement of the provider, as text for one schema. Rules for new ones: the time is <c>clock.now</c> and $1 is always the test clock or null;
/// what takes many jobs takes arrays; a fenced change asks for number and token and for nothing else, because a further condition lets the
/// planner walk dead rows; no statement joins a table, because it is planned once, maybe while the table is empty: rows are looked up by
/// <c>= ANY (ARRAY(..))</c> or one by one; changes that only pick some rows lock them with SKIP LOCKED, so that they never wait.
/// </summary>
internal sealed partial class JobStatements(string schema)
{
    /// <summary>The columns that a worker is sent.</summary>
    private const string Sent =
        "seq, id, name, queue, rank, run_at, attempt, max_attempts, token, idempotency_key, payload, extra, enqueued_at, started_at, group_key";

    /// <summary>The limits of a job.</summary>
    private const string Limits = "group_key, group_limit, rate_key, rate_every, rate_burst";

    /// <summary>The columns that a job has in every table but history.</summary>
    private const string All =
        "seq, id, name, queue, rank, run_at, attempt, max_attempts, token, idempotency_key, payload, extra, enqueued_at, started_at, error, unique_key, " + Limits;

    /// <summary>The columns that a job keeps in history.</summary>
    private const string Kept = "seq, id, name, queue, rank, run_at, attempt, max_attempts, enqueued_at, started_at, unique_key";

    /// <summary>A job that was revoked while it ran is not started again: it ends instead of going back.</summary>
    private static string EndRevoked(string schema, string held)
        => $"""INSERT INTO "{schema}".history ({Kept}, error, finished_at, revoked) SELECT {Kept}, error, c.now, true FROM (SELECT * FROM {held}) h CROSS JOIN clock c WHERE h.revoke""";

    /// <summary>One moment for the whole statement, by the database's clock or by that of a test.</summary>
    private const string Clock = "clock AS MATERIALIZED (SELECT coalesce($1::timestamptz, clock_timestamp()) AS now)";

}
