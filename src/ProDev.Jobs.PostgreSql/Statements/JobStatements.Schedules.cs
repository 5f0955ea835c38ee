namespace ProDev.Jobs.PostgreSql;

/// <summary>Schedules, and who leads their schedulers.</summary>
internal sealed partial class JobStatements
{
    private const string ScheduleColumns =
        "cron, interval_ms, anchor, zone, overlap, catch_up, max_catch_up, job, declaration, paused, next_at, last_at, last_job";

    public string Now { get; } = $"WITH {Clock} SELECT now FROM clock";

    /// <summary>$2 takes the lead for $3 microseconds, unless another one has it. Gives a row if so.</summary>
    public string Lead { get; } =
        $"""
        WITH {Clock}
        INSERT INTO "{schema}".lead AS l (id, owner, ends) SELECT 1, $2, now + $3 * interval '1 microsecond' FROM clock
        ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, ends = excluded.ends
        WHERE l.owner = excluded.owner OR l.ends <= (SELECT now FROM clock)
        RETURNING 1
        """;

    /// <summary>$1 gives the lead up.</summary>
    public string Resign { get; } = $"""DELETE FROM "{schema}".lead WHERE owner = $1 RETURNING 1""";

    /// <summary>$1: the name; $2 to $14: the columns. Gives a row if there was none.</summary>
    public string AddSchedule { get; } =
        $"""
        INSERT INTO "{schema}".schedule (name, revision, {ScheduleColumns}) VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT DO NOTHING RETURNING 1
        """;

    /// <summary>$1: the name; $2 to $14: the columns; $15: the revision that was read. Gives a row if it was still that.</summary>
    public string ReplaceSchedule { get; } =
        $"""
        UPDATE "{schema}".schedule SET revision = revision + 1, ({ScheduleColumns}) = ROW ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        WHERE name = $1 AND revision = $15 RETURNING 1
        """;

    public string RemoveSchedule { get; } = $"""DELETE FROM "{schema}".schedule WHERE name = $1 RETURNING 1""";

    public string FindSchedule { get; } = $"""SELECT name, revision, {ScheduleColumns} FROM "{schema}".schedule WHERE name = $1""";

    public string ListSchedules { get; } = $"""SELECT name, revision, {ScheduleColumns} FROM "{schema}".schedule ORDER BY name""";

    /// <summary>Those due at the moment $1, $2 at most.</summary>
    public string ListDue { get; } =
        $"""
        SELECT name, revision, {ScheduleColumns} FROM "{schema}".schedule WHERE NOT paused AND next_at <= $1 ORDER BY next_at LIMIT $2
        """;

    /// <summary>Microseconds until the next schedule is due; null when there is none.</summary>
    public string NextSchedule { get; } =
        $"""
        WITH {Clock}
        SELECT (extract(epoch FROM (SELECT min(next_at) FROM "{schema}".schedule WHERE NOT paused) - now) * 1000000)::bigint FROM clock
        """;

    /// <summary>Moves the schedule $1 of the revision $2 from the time $3 to $4. Gives a row if it was there.</summary>
    public string MoveSchedule { get; } =
        $"""
        UPDATE "{schema}".schedule SET next_at = $4, revision = revision + 1 WHERE name = $1 AND revision = $2 AND next_at = $3 RETURNING 1
        """;

    /// <summary>The schedule $1 has enqueued the job $3 for the time $2.</summary>
    public string NoteFired { get; } = $"""UPDATE "{schema}".schedule SET last_at = $2, last_job = $3 WHERE name = $1 RETURNING 1""";
}
