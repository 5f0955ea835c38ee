using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// The limits of groups and rates, within a transaction that somebody else has begun. A job that is not let pass is parked; when there is room, the
/// first ones are called back among the queued jobs, as many of each queue as there is room for, so that a queue that is paused or not served holds
/// up no other. How many run is counted from the jobs themselves, so no place can leak.
/// </summary>
internal sealed class SqliteGates(SqliteConnection connection, TimeProvider time) : IDisposable
{
    private const int MaxDue = 100;
    private const int MaxForgotten = 10;

    private readonly Statement _learnGroup = new(
        connection,
        """
        INSERT INTO prodev_jobs_group (key, job, max_running) VALUES ($key, $job, $max)
        ON CONFLICT (key) DO UPDATE SET job = excluded.job, max_running = excluded.max_running WHERE excluded.job >= job
        """,
        "$key", "$job", "$max");

    // Parking takes all queued members along, so the latest of them must have said its limit before.
    private readonly Statement _latestMember = new(
        connection, "SELECT id, group_limit FROM prodev_jobs_job WHERE state = 1 AND group_key = $key ORDER BY id DESC LIMIT 1", "$key");

    private readonly Statement _latestRated = new(
        connection, "SELECT id, rate_every, rate_burst FROM prodev_jobs_job WHERE state = 1 AND rate_key = $key ORDER BY id DESC LIMIT 1", "$key");

    private readonly Statement _groupRoom = new(
        connection,
        """
        SELECT max_running - (SELECT count(*) FROM prodev_jobs_job WHERE state = 2 AND group_key = $key) FROM prodev_jobs_group WHERE key = $key
        """,
        "$key");

    private readonly Statement _forgetGroup = new(
        connection,
        """
        DELETE FROM prodev_jobs_group WHERE key = $key AND NOT EXISTS (SELECT 1 FROM prodev_jobs_job WHERE state = 2 AND group_key = $key)
            AND NOT EXISTS (SELECT 1 FROM prodev_jobs_job WHERE state = 6 AND gate = 'g' || $key)
        """,
        "$key");

    private readonly Statement _learnRate = new(
        connection,
        """
        INSERT INTO prodev_jobs_bucket (key, job, every, burst, full_at) VALUES ($key, $job, $every, $burst, 0)
        ON CONFLICT (key) DO UPDATE SET job = excluded.job, every = excluded.every, burst = excluded.burst WHERE excluded.job >= job
        """,
        "$key", "$job", "$every", "$burst");

    private readonly Statement _bucket = new(connection, "SELECT every, burst, full_at FROM prodev_jobs_bucket WHERE key = $key", "$key");
    private readonly Statement _take = new(connection, "UPDATE prodev_jobs_bucket SET full_at = $full WHERE key = $key", "$key", "$full");

    private readonly Statement _planNext = new(
        connection,
        """
        UPDATE prodev_jobs_bucket
        SET next_at = CASE WHEN EXISTS (SELECT 1 FROM prodev_jobs_job WHERE state = 6 AND gate = 'r' || $key) THEN $next END, full_at = $full WHERE key = $key
        """,
        "$key", "$next", "$full");

    private readonly Statement _due = new(
        connection, $"SELECT key FROM prodev_jobs_bucket WHERE next_at <= $now ORDER BY next_at LIMIT {MaxDue}", "$now");

    // A full bucket says the same as none.
    private readonly Statement _forgetFull = new(
        connection,
        $"""
        DELETE FROM prodev_jobs_bucket WHERE key IN (
            SELECT key FROM prodev_jobs_bucket WHERE full_at <= $now
                AND NOT EXISTS (SELECT 1 FROM prodev_jobs_job WHERE state = 6 AND gate = 'r' || key) ORDER BY full_at LIMIT {MaxForgotten})
        """,
        "$now");

    private readonly Statement _parkedQueue = new(
        connection,
        "SELECT queue FROM prodev_jobs_job WHERE state = 6 AND gate = $gate AND queue > $after ORDER BY queue LIMIT 1",
        "$gate", "$after");

    private readonly Statement _call = new(
        connection,
        """
        UPDATE prodev_jobs_job SET state = 1 WHERE id IN (
            SELECT id FROM prodev_jobs_job WHERE state = 6 AND gate = $gate AND queue = $queue ORDER BY priority DESC, run_at, id
            LIMIT max(0, $room - (SELECT count(*) FROM prodev_jobs_job WHERE state = 1 AND gate = $gate AND queue = $queue)))
        """,
        "$gate", "$queue", "$room");

    // Others that another limit has called stay: that limit would have to call the next ones in their place.
    private readonly Statement _parkGroup = new(
        connection,
        "UPDATE prodev_jobs_job SET state = 6, gate = $gate WHERE state = 1 AND group_key = $key AND (gate IS NULL OR gate = $gate OR id = $id)",
        "$key", "$gate", "$id");

    private readonly Statement _parkRate = new(
        connection,
        "UPDATE prodev_jobs_job SET state = 6, gate = $gate WHERE state = 1 AND rate_key = $key AND (gate IS NULL OR gate = $gate OR id = $id)",
        "$key", "$gate", "$id");

    /// <summary>How many jobs were called so far.</summary>
    public long Called { get; private set; }

    /// <summary>
    /// Takes a token for a queued job and says <see langword="true"/> if its limits let it pass. If not, it is parked, and with it all queued
    /// jobs that the same limit does not let pass, unless another limit has called them.
    /// </summary>
    public bool TryPass(RowLimits limits, long number)
    {
        if (limits.GroupKey is { } group)
        {
            _learnGroup.Bind(group, number, limits.GroupLimit).Execute();
            if (GroupRoom(group) <= 0 && RoomByTheLatest(group) <= 0)
            {
                _parkGroup.Bind(group, 'g' + group, number).Execute();
                return false;
            }
        }

        if (limits.RateKey is not { } rate)
            return true;
        DateTimeOffset now = time.GetUtcNow();
        _learnRate.Bind(rate, number, limits.RateEvery, limits.RateBurst).Execute();
        JobRateBucket bucket = ReadBucket(rate, now)!.Value;
        if (bucket.Available(now) == 0 && (bucket = BucketByTheLatest(rate, now)).Available(now) == 0)
        {
            _parkRate.Bind(rate, 'r' + rate, number).Execute();
            return false;
        }

        _take.Bind(rate, bucket.Take(now).FullAt.UtcTicks).Execute();
        return true;
    }

    /// <summary>Calls jobs for which there is room. To be done after every change that may have made room, in the same transaction.</summary>
    public void CallNext(RowLimits limits)
    {
        CallMembers(limits.GroupKey);
        if (limits.RateKey is not { } rate)
            return;
        DateTimeOffset now = time.GetUtcNow();
        CallRated(rate, now);
        _forgetFull.Bind(now.UtcTicks).Execute();
    }

    /// <summary>Calls jobs of a group for which there is room.</summary>
    public void CallMembers(string? group)
    {
        if (group is null)
            return;
        if (GroupRoom(group) is > 0 and var room)
            Call('g' + group, room);
        _forgetGroup.Bind(group).Execute();
    }

    /// <summary>Calls jobs whose tokens have come.</summary>
    public void CallDue()
    {
        DateTimeOffset now = time.GetUtcNow();
        var keys = new List<string>();
        using (SqliteDataReader row = _due.Bind(now.UtcTicks).Read())
        {
            while (row.Read())
                keys.Add(row.GetString(0));
        }

        foreach (string key in keys)
            CallRated(key, now);
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[
                _learnGroup, _latestMember, _latestRated, _groupRoom, _forgetGroup, _learnRate, _bucket, _take, _planNext, _due, _forgetFull, _parkedQueue, _call,
                _parkGroup, _parkRate,
            ])
        {
            statement.Dispose();
        }
    }

    private void CallRated(string key, DateTimeOffset now)
    {
        if (ReadBucket(key, now) is not { } bucket)
            return;
        if (bucket.Available(now) is > 0 and var room)
            Call('r' + key, room);
        _planNext.Bind(key, bucket.NextAt(now)?.UtcTicks, bucket.FullAt.UtcTicks).Execute();
    }

    private void Call(string gate, long room)
    {
        for (long? queue = NextQueue(gate, -1); queue is { } id; queue = NextQueue(gate, id))
            Called += _call.Bind(gate, id, room).Execute();
    }

    private long? NextQueue(string gate, long after)
        => _parkedQueue.Bind(gate, after).Scalar() is { } queue ? Convert.ToInt64(queue, CultureInfo.InvariantCulture) : null;

    private long GroupRoom(string key) => Convert.ToInt64(_groupRoom.Bind(key).Scalar(), CultureInfo.InvariantCulture);

    private long RoomByTheLatest(string group)
    {
        using (SqliteDataReader row = _latestMember.Bind(group).Read())
        {
            if (row.Read())
                _learnGroup.Bind(group, row.GetInt64(0), row.GetInt64(1)).Execute();
        }

        return GroupRoom(group);
    }

    private JobRateBucket BucketByTheLatest(string rate, DateTimeOffset now)
    {
        using (SqliteDataReader row = _latestRated.Bind(rate).Read())
        {
            if (row.Read())
                _learnRate.Bind(rate, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)).Execute();
        }

        return ReadBucket(rate, now)!.Value;
    }

    private JobRateBucket? ReadBucket(string key, DateTimeOffset now)
    {
        using SqliteDataReader row = _bucket.Bind(key).Read();
        return row.Read()
            ? new JobRateBucket(TimeSpan.FromTicks(row.GetInt64(0)), row.GetInt32(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero)).AtMostEmpty(now)
            : null;
    }
}
