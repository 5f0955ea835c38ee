using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>The queries, on a connection of their own. One at a time: each is short.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string InfoColumns =
        """
        j.job_id, j.name, q.name, j.state, j.attempt, j.max_attempts, j.priority, j.enqueued_at, j.run_at, j.started_at, j.finished_at, j.error, j.reason, j.result
        FROM prodev_jobs_job j JOIN prodev_jobs_queue q ON q.id = j.queue
        """;

    /// <summary>The state of a job that waits for a place in its group or for a token.</summary>
    private const int Parked = 6;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _hasQueued;
    private readonly Statement _nextDue;
    private readonly Statement _hasExpired;
    private readonly Statement _find;
    private readonly Statement _count;
    private readonly Statement _dead;
    private readonly Statement _toRevoke;
    private readonly Statement _paused;
    private readonly Statement _notes;
    private readonly ScheduleReader _schedules;

    public SqliteReader(SqliteConnection connection)
    {
        _connection = connection;
        _hasQueued = new(
            connection,
            "SELECT EXISTS (SELECT 1 FROM prodev_jobs_job WHERE state = 1 AND queue = (SELECT id FROM prodev_jobs_queue WHERE name = $queue AND paused = 0))",
            "$queue");
        _nextDue = new(
            connection,
            """
            SELECT min(due) FROM (
                SELECT min(run_at) AS due FROM prodev_jobs_job WHERE state = 0
                UNION ALL SELECT (min(next_at) - 621355968000000000 + 9999) / 10000 FROM prodev_jobs_bucket WHERE next_at IS NOT NULL)
            """);
        _hasExpired = new(connection, "SELECT EXISTS (SELECT 1 FROM prodev_jobs_job WHERE state = 2 AND deadline <= $now)", "$now");
        _find = new(connection, $"SELECT {InfoColumns} WHERE j.job_id = $id", "$id");
        _count = new(
            connection,
            """
            SELECT (SELECT count(*) FROM prodev_jobs_job WHERE state = 0), (SELECT count(*) FROM prodev_jobs_job WHERE state = 1) + (SELECT count(*) FROM prodev_jobs_job WHERE state = 6),
                   (SELECT count(*) FROM prodev_jobs_job WHERE state = 2),
                   (SELECT count(*) FROM prodev_jobs_job WHERE state IN (3, 5) AND state = 3),
                   (SELECT count(*) FROM prodev_jobs_job WHERE state = 4),
                   (SELECT count(*) FROM prodev_jobs_job WHERE state IN (3, 5) AND state = 5)
            """);
        _dead = new(
            connection,
            $"""
            SELECT {InfoColumns}
            WHERE j.state = 4 AND j.job_id > $after AND ($name IS NULL OR j.name = $name) AND ($reason IS NULL OR j.reason = $reason)
            ORDER BY j.job_id LIMIT $take
            """,
            "$after", "$name", "$reason", "$take");
        _toRevoke = new(connection, "SELECT job_id, token FROM prodev_jobs_job WHERE revoke = 1 AND state = 2");
        _notes = new(
            connection,
            "SELECT n.name, n.value FROM prodev_jobs_note n JOIN prodev_jobs_job j ON j.id = n.job WHERE j.job_id = $id",
            "$id");
        _paused = new(connection, "SELECT name FROM prodev_jobs_queue WHERE paused = 1 ORDER BY name");
        _schedules = new ScheduleReader(connection);
    }

    /// <summary>Whether a claim would find something: much cheaper than the claim, and it takes no write lock.</summary>
    public bool HasReady(IReadOnlyList<string> queues, long now)
    {
        lock (_lock)
        {
            if (IsTrue(_nextDue.Scalar(), due => due <= now))
                return true;
            foreach (string queue in queues)
            {
                if (IsTrue(_hasQueued.Bind(queue).Scalar(), found => found == 1))
                    return true;
            }

            return false;
        }
    }

    public long? NextDue()
    {
        lock (_lock)
            return _nextDue.Scalar() is { } due ? Convert.ToInt64(due, CultureInfo.InvariantCulture) : null;
    }

    public bool HasExpired(long now)
    {
        lock (_lock)
            return IsTrue(_hasExpired.Bind(now).Scalar(), found => found == 1);
    }

    public JobInfo? Find(Guid id)
    {
        lock (_lock)
        {
            using SqliteDataReader row = _find.Bind([Columns.ToBlob(id)]).Read();
            return row.Read() ? ReadInfo(row) : null;
        }
    }

    public JobCounts Count()
    {
        lock (_lock)
        {
            using SqliteDataReader row = _count.Read();
            row.Read();
            return new JobCounts
            {
                Scheduled = row.GetInt64(0),
                Queued = row.GetInt64(1),
                Running = row.GetInt64(2),
                Succeeded = row.GetInt64(3),
                DeadLettered = row.GetInt64(4),
                Revoked = row.GetInt64(5),
            };
        }
    }

    public List<JobInfo> ListDead(DeadLetterQuery query)
    {
        byte[] after = query.After is { } id ? Columns.ToBlob(id) : [];
        lock (_lock)
        {
            var page = new List<JobInfo>();
            using SqliteDataReader row = _dead.Bind(after, query.Name, query.Reason is { } reason ? (int)reason : null, query.Take).Read();
            while (row.Read())
                page.Add(ReadInfo(row));
            return page;
        }
    }

    /// <summary>The few running jobs that are to be revoked, with their latest tokens.</summary>
    public HashSet<(Guid Id, long Token)> ListToRevoke()
    {
        lock (_lock)
        {
            var jobs = new HashSet<(Guid Id, long Token)>();
            using SqliteDataReader row = _toRevoke.Read();
            while (row.Read())
                jobs.Add((Columns.ReadId(row, 0), row.GetInt64(1)));
            return jobs;
        }
    }

    public Dictionary<string, ReadOnlyMemory<byte>> ReadNotes(Guid id)
    {
        lock (_lock)
        {
            var notes = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
            using SqliteDataReader row = _notes.Bind([Columns.ToBlob(id)]).Read();
            while (row.Read())
                notes.Add(row.GetString(0), row.GetFieldValue<byte[]>(1));
            return notes;
        }
    }

    public List<string> ListPaused()
    {
        lock (_lock)
        {
            var names = new List<string>();
            using SqliteDataReader row = _paused.Read();
            while (row.Read())
                names.Add(row.GetString(0));
            return names;
        }
    }

    public T OfSchedules<T>(Func<ScheduleReader, T> query)
    {
        lock (_lock)
            return query(_schedules);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Statement statement in (Statement[])[_hasQueued, _nextDue, _hasExpired, _find, _count, _dead, _toRevoke, _paused, _notes])
                statement.Dispose();
            _schedules.Dispose();
            _connection.Dispose();
        }
    }

    private static bool IsTrue(object? scalar, Func<long, bool> condition)
        => scalar is not null && condition(Convert.ToInt64(scalar, CultureInfo.InvariantCulture));

    private static JobInfo ReadInfo(SqliteDataReader row) => new()
    {
        Id = Columns.ReadId(row, 0),
        Name = row.GetString(1),
        Queue = row.GetString(2),
        State = row.GetInt32(3) is Parked ? JobState.Queued : (JobState)row.GetInt32(3),
        Attempt = row.GetInt32(4),
        MaxAttempts = row.GetInt32(5),
        Priority = row.GetInt32(6),
        EnqueuedAt = Columns.ReadTime(row, 7),
        RunAt = Columns.ReadTime(row, 8),
        StartedAt = Columns.ReadTimeOrNull(row, 9),
        FinishedAt = Columns.ReadTimeOrNull(row, 10),
        Error = Columns.ReadTextOrNull(row, 11),
        DeadLetterReason = row.IsDBNull(12) ? null : (DeadLetterReason)row.GetInt32(12),
        Result = row.IsDBNull(13) ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(row.GetFieldValue<byte[]>(13)),
    };
}
