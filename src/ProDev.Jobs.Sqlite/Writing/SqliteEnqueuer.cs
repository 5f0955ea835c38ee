using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// Takes jobs, within a transaction that somebody else has begun on the connection. It remembers the numbers of queues, so it must
/// <see cref="Forget"/> them, or be left, when that transaction is rolled back.
/// </summary>
internal sealed class SqliteEnqueuer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Dictionary<string, long> _queues = new(StringComparer.Ordinal);
    private readonly Statement _addQueue;
    private readonly Statement _findQueue;
    private readonly Statement _insert;
    private readonly Statement _findById;
    private readonly Statement _findByKey;
    private readonly SqliteUniques _uniques;

    public SqliteEnqueuer(SqliteConnection connection, TimeProvider time)
    {
        _time = time;
        _addQueue = new(connection, "INSERT INTO prodev_jobs_queue (name) VALUES ($name) ON CONFLICT DO NOTHING", "$name");
        _findQueue = new(connection, "SELECT id FROM prodev_jobs_queue WHERE name = $name", "$name");
        _insert = new(
            connection,
            """
            INSERT INTO prodev_jobs_job
                (job_id, name, queue, priority, state, run_at, attempt, max_attempts, token, idempotency_key, payload, extra, enqueued_at,
                 unique_key, group_key, group_limit, rate_key, rate_every, rate_burst)
            VALUES ($id, $name, $queue, $priority, $state, $run_at, 0, $max, 0, $key, $payload, $extra, $now, $unique, $group, $group_limit, $rate_key, $every, $burst)
            ON CONFLICT DO NOTHING
            """,
            "$id", "$name", "$queue", "$priority", "$state", "$run_at", "$max", "$key", "$payload", "$extra", "$now", "$unique",
            "$group", "$group_limit", "$rate_key", "$every", "$burst");
        _findById = new(connection, "SELECT job_id FROM prodev_jobs_job WHERE job_id = $id", "$id");
        _findByKey = new(connection, "SELECT job_id FROM prodev_jobs_job WHERE name = $name AND idempotency_key = $key", "$name", "$key");
        _uniques = new SqliteUniques(connection, time);
    }

    public EnqueuedJob[] Run(IReadOnlyList<JobEnvelope> jobs)
    {
        DateTimeOffset time = _time.GetUtcNow();
        long now = Columns.ToMilliseconds(time);
        var answers = new EnqueuedJob[jobs.Count];
        for (int i = 0; i < jobs.Count; i++)
            answers[i] = Enqueue(jobs[i], time, now);
        return answers;
    }

    public long QueueId(string name)
    {
        if (_queues.TryGetValue(name, out long id))
            return id;
        _addQueue.Bind(name).Execute();
        id = Convert.ToInt64(_findQueue.Bind(name).Scalar(), CultureInfo.InvariantCulture);
        _queues.Add(name, id);
        return id;
    }

    /// <summary>What was looked up may have been created in a transaction that has been undone.</summary>
    public void Forget() => _queues.Clear();

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_addQueue, _findQueue, _insert, _findById, _findByKey])
            statement.Dispose();
        _uniques.Dispose();
    }

    private EnqueuedJob Enqueue(JobEnvelope job, DateTimeOffset time, long now)
    {
        long runAt = Math.Max(now, Columns.ToMilliseconds(job.RunAt ?? time + job.Delay));
        var place = new JobPlace(QueueId(job.Queue), runAt <= now ? JobState.Queued : JobState.Scheduled, runAt);
        if (job.Unique is not null && (Find(job) ?? _uniques.Resolve(job, place, time)) is { } answer)
            return answer;
        int inserted = _insert.Bind(
            Columns.ToBlob(job.Id), job.Name, place.Queue, job.Priority, (int)place.State, runAt, job.MaxAttempts, job.IdempotencyKey,
            job.Payload.ToArray(), JobEnvelopeCodec.WriteRest(job), now, job.Unique?.Key,
            job.Group?.Key, job.Group?.Limit, job.Rate is null ? null : job.RateKey ?? job.Name, job.Rate?.Interval.Ticks, job.Rate?.Burst).Execute();
        return inserted == 1 ? new EnqueuedJob(job.Id, AlreadyExisted: false) : Find(job)!.Value;
    }

    /// <summary>The job with the same id, or the same name and idempotency key.</summary>
    private EnqueuedJob? Find(JobEnvelope job)
    {
        object? existing = _findById.Bind([Columns.ToBlob(job.Id)]).Scalar();
        if (existing is null && job.IdempotencyKey is not null)
            existing = _findByKey.Bind(job.Name, job.IdempotencyKey).Scalar();
        return existing is byte[] id ? new EnqueuedJob(new Guid(id, bigEndian: true), AlreadyExisted: true) : null;
    }
}
