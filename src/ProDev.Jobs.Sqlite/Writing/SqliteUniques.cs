using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>Unique jobs, within a transaction that may write: nobody can come between looking and writing.</summary>
internal sealed class SqliteUniques : IDisposable
{
    private static readonly JobState[] Ended = [JobState.Succeeded, JobState.DeadLettered, JobState.Revoked];

    private readonly Statement _findUnfinished;
    private readonly Statement _findEnded;
    private readonly Statement _replace;
    private readonly Statement _forgetNotes;
    private readonly Statement _reschedule;
    private readonly Statement _limitsOf;
    private readonly SqliteGates _gates;

    public SqliteUniques(SqliteConnection connection, TimeProvider time)
    {
        _gates = new SqliteGates(connection, time);
        // Waiting jobs first. One that is scheduled and whose time has come is queued (2), though nobody has looked yet.
        _findUnfinished = new(
            connection,
            """
            SELECT id, job_id, CASE state WHEN 6 THEN 1 ELSE state END FROM prodev_jobs_job
            WHERE unique_key = $key AND name = $name AND state IN (0, 1, 2, 6) AND enqueued_at > $since
                AND (CASE WHEN state = 6 OR (state = 0 AND run_at <= $now) THEN 2 ELSE 1 << state END) & $states <> 0
            ORDER BY state = 2, id DESC LIMIT 1
            """,
            "$key", "$name", "$since", "$now", "$states");
        _findEnded = new(
            connection,
            """
            SELECT id, job_id, state FROM prodev_jobs_job
            WHERE unique_key = $key AND name = $name AND state = $state AND enqueued_at > $since ORDER BY enqueued_at DESC, id DESC LIMIT 1
            """,
            "$key", "$name", "$state", "$since");
        _replace = new(
            connection,
            """
            UPDATE prodev_jobs_job SET queue = $queue, priority = $priority, state = $state, run_at = $run_at, attempt = 0,
                max_attempts = $max, payload = $payload, extra = $extra, started_at = NULL, error = NULL,
                group_key = $group, group_limit = $group_limit, rate_key = $rate_key, rate_every = $every, rate_burst = $burst, gate = NULL
            WHERE id = $id
            """,
            "$id", "$queue", "$priority", "$state", "$run_at", "$max", "$payload", "$extra", "$group", "$group_limit", "$rate_key", "$every", "$burst");
        _forgetNotes = new(connection, "DELETE FROM prodev_jobs_note WHERE job = $id", "$id");
        _limitsOf = new(connection, $"SELECT {RowLimits.Columns} FROM prodev_jobs_job WHERE id = $id", "$id");
        _reschedule = new(connection, "UPDATE prodev_jobs_job SET state = $state, run_at = $run_at, gate = NULL WHERE id = $id", "$id", "$state", "$run_at");
    }

    /// <summary>Answers for a job that another one keeps out; <see langword="null"/> if none does.</summary>
    public EnqueuedJob? Resolve(JobEnvelope job, JobPlace place, DateTimeOffset time)
    {
        if (FindConflict(job.Name, job.Unique!, Columns.ToMilliseconds(time)) is not { } other)
            return null;
        RowLimits? limits = LimitsOf(other.Number);
        EnqueuedJob answer = Apply(job, place, time, other);

        // If a limit had called the job, the next one gets its turn.
        if (limits is not null && answer.Outcome != EnqueueOutcome.Existed)
            _gates.CallNext(limits);
        return answer;
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_findUnfinished, _findEnded, _replace, _forgetNotes, _reschedule, _limitsOf])
            statement.Dispose();
        _gates.Dispose();
    }

    private EnqueuedJob Apply(JobEnvelope job, JobPlace place, DateTimeOffset time, (long Number, Guid Id, JobState State) other)
    {
        JobConflict action = other.State is JobState.Scheduled or JobState.Queued ? job.Unique!.OnConflict : JobConflict.Skip;
        var answer = new EnqueuedJob(other.Id, AlreadyExisted: true);
        switch (action)
        {
            case JobConflict.Replace:
                JobEnvelope content = job.AsReplacement(time);
                _replace.Bind(
                    other.Number, place.Queue, job.Priority, (int)place.State, place.RunAt, job.MaxAttempts, job.Payload.ToArray(),
                    JobEnvelopeCodec.WriteRest(content), job.Group?.Key, job.Group?.Limit, job.Rate is null ? null : job.RateKey ?? job.Name, job.Rate?.Interval.Ticks,
                    job.Rate?.Burst).Execute();
                _forgetNotes.Bind(other.Number).Execute();
                return answer with { Outcome = EnqueueOutcome.Replaced };
            case JobConflict.Reschedule:
                _reschedule.Bind(other.Number, (int)place.State, place.RunAt).Execute();
                return answer with { Outcome = EnqueueOutcome.Rescheduled };
            default:
                return answer;
        }
    }

    private RowLimits? LimitsOf(long number)
    {
        using SqliteDataReader row = _limitsOf.Bind(number).Read();
        return row.Read() ? RowLimits.Read(row, 0) : null;
    }

    private (long Number, Guid Id, JobState State)? FindConflict(string name, JobUniqueKey unique, long now)
    {
        long since = unique.Period is { } period ? now - Columns.ToMilliseconds(period) : long.MinValue;
        if (Read(_findUnfinished.Bind(unique.Key, name, since, now, (int)unique.States)) is { } unfinished)
            return unfinished;

        (long Number, Guid Id, JobState State)? latest = null;
        foreach (JobState state in Ended.Where(unique.Covers))
        {
            if (Read(_findEnded.Bind(unique.Key, name, (int)state, since)) is { } ended && (latest is null || ended.Number > latest.Value.Number))
                latest = ended;
        }

        return latest;
    }

    private static (long Number, Guid Id, JobState State)? Read(Statement statement)
    {
        using SqliteDataReader row = statement.Read();
        return row.Read() ? (row.GetInt64(0), Columns.ReadId(row, 1), (JobState)row.GetInt32(2)) : null;
    }
}
