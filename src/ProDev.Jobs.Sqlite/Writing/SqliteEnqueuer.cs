using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// Takes jobs, within a transaction that somebody else has begun on the connection. It remembers the numbers of queues, so it must
/// <see cref="Forget"/> them, or be left, when that transaction is rolled back.
/// </summary>
internal sealed class SqliteEnqueuer : IDisposable
{
    /// <summary>How many jobs one statement takes, the larger number first. More would save nothing that can be measured.</summary>
    private static readonly int[] Sizes = [50, 10];

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, long> _queues = new(StringComparer.Ordinal);
    private readonly Statement _addQueue;
    private readonly Statement _findQueue;
    private readonly Statement _insert;
    private readonly Statement _last;
    private readonly Statement _undo;
    private readonly Statement _findById;
    private readonly Statement _findByKey;
    private readonly SqliteUniques _uniques;
    private readonly JobRows?[] _many = new JobRows?[Sizes.Length];
    private JobRows? _one;

    public SqliteEnqueuer(SqliteConnection connection, TimeProvider time)
    {
        _connection = connection;
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
        _last = new(connection, "SELECT coalesce(max(id), 0) FROM prodev_jobs_job");
        _undo = new(connection, "DELETE FROM prodev_jobs_job WHERE id > $last", "$last");
        _uniques = new SqliteUniques(connection, time);
    }

    public EnqueuedJob[] Run(IReadOnlyList<JobEnvelope> jobs)
    {
        DateTimeOffset time = _time.GetUtcNow();
        long now = Columns.ToMilliseconds(time);
        var answers = new EnqueuedJob[jobs.Count];
        bool asMany = true;
        for (int i = 0; i < jobs.Count;)
        {
            if (asMany && ManyFor(PlainFrom(jobs, i)) is { } rows)
            {
                // Where some are there already, the rest is likely to hold more of them.
                asMany = TryEnqueueMany(rows, jobs, i, time, now, answers);
                if (asMany)
                {
                    i += rows.Count;
                    continue;
                }
            }

            answers[i] = Enqueue(jobs[i], time, now);
            i++;
        }

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
        foreach (Statement statement in (Statement[])[_addQueue, _findQueue, _insert, _findById, _findByKey, _last, _undo])
            statement.Dispose();
        _one?.Dispose();
        foreach (JobRows? rows in _many)
            rows?.Dispose();
        _uniques.Dispose();
    }

    /// <summary>How many of the next jobs are plain, up to the largest of <see cref="Sizes"/>.</summary>
    private static int PlainFrom(IReadOnlyList<JobEnvelope> jobs, int first)
    {
        int count = 0;
        while (count < Sizes[0] && first + count < jobs.Count && JobRows.IsPlain(jobs[first + count]))
            count++;
        return count;
    }

    private JobRows? ManyFor(int plain)
    {
        for (int i = 0; i < Sizes.Length; i++)
        {
            if (plain >= Sizes[i])
                return _many[i] ??= new JobRows(_connection, Sizes[i]);
        }

        return null;
    }

    /// <summary>Inserts the next jobs by one statement; if one of them is there already, none, because it cannot be told which.</summary>
    private bool TryEnqueueMany(JobRows rows, IReadOnlyList<JobEnvelope> jobs, int first, DateTimeOffset time, long now, EnqueuedJob[] answers)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            JobEnvelope job = jobs[first + row];
            rows.Bind(row, job, PlaceOf(job, time, now));
            answers[first + row] = new EnqueuedJob(job.Id, AlreadyExisted: false);
        }

        object last = _last.Scalar()!;
        int inserted = rows.Insert(now);
        if (inserted > 0 && inserted < rows.Count)
            _undo.Bind(last).Execute();
        return inserted == rows.Count;
    }

    private EnqueuedJob Enqueue(JobEnvelope job, DateTimeOffset time, long now)
    {
        JobPlace place = PlaceOf(job, time, now);
        if (job.Unique is not null && (Find(job) ?? _uniques.Resolve(job, place, time)) is { } answer)
            return answer;
        return (JobRows.IsPlain(job) ? InsertPlain(job, place, now) : Insert(job, place, now)) ? new EnqueuedJob(job.Id, AlreadyExisted: false) : Find(job)!.Value;
    }

    private JobPlace PlaceOf(JobEnvelope job, DateTimeOffset time, long now)
    {
        long runAt = Math.Max(now, Columns.ToMilliseconds(job.RunAt ?? time + job.Delay));
        return new JobPlace(QueueId(job.Queue), runAt <= now ? JobState.Queued : JobState.Scheduled, runAt);
    }

    private bool InsertPlain(JobEnvelope job, JobPlace place, long now)
    {
        _one ??= new JobRows(_connection, 1);
        _one.Bind(0, job, place);
        return _one.Insert(now) == 1;
    }

    private bool Insert(JobEnvelope job, JobPlace place, long now)
        => _insert.Bind(
            Columns.ToBlob(job.Id), job.Name, place.Queue, job.Priority, (int)place.State, place.RunAt, job.MaxAttempts, job.IdempotencyKey,
            job.Payload.ToArray(), JobEnvelopeCodec.WriteRest(job), now, job.Unique?.Key,
            job.Group?.Key, job.Group?.Limit, job.Rate is null ? null : job.RateKey ?? job.Name, job.Rate?.Interval.Ticks, job.Rate?.Burst).Execute() == 1;

    /// <summary>The job with the same id, or the same name and idempotency key.</summary>
    private EnqueuedJob? Find(JobEnvelope job)
    {
        object? existing = _findById.Bind([Columns.ToBlob(job.Id)]).Scalar();
        if (existing is null && job.IdempotencyKey is not null)
            existing = _findByKey.Bind(job.Name, job.IdempotencyKey).Scalar();
        return existing is byte[] id ? new EnqueuedJob(new Guid(id, bigEndian: true), AlreadyExisted: true) : null;
    }
}
