using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Takes jobs: one statement for as many as fit well into one, one transaction for all.</summary>
internal sealed class JobEnqueuer(JobStatements statements, JobClock clock, UniqueJobs uniques)
{
    /// <summary>At most as many as one step of the sequence gives numbers.</summary>
    private const int MaxChunkRows = 1000;
    private const int MaxChunkBytes = 16 * 1024 * 1024;

    /// <summary>How often jobs are offered again that were in the way of others and had gone when looked for.</summary>
    private const int MaxOffers = 10;

    private readonly JobLoader _loader = new(statements, clock);

    /// <summary>
    /// One plain job has a lean statement, and many are loaded; everything else, and jobs whose id was there, take the way on which each id and
    /// key is offered.
    /// </summary>
    public async Task<EnqueuedJob[]> RunAsync(NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, bool isInTransaction = false)
    {
        if (jobs.Count == 1 && JobLoader.IsPlain(jobs[0]) && await InsertOneAsync(connection, jobs[0]).ConfigureAwait(false))
            return [new EnqueuedJob(jobs[0].Id, AlreadyExisted: false)];
        if (!isInTransaction && JobLoader.IsWorthIt(jobs) && await _loader.TryAsync(connection, jobs, Split(jobs, All(jobs))).ConfigureAwait(false))
            return [.. jobs.Select(static j => new EnqueuedJob(j.Id, AlreadyExisted: false))];
        return await OfferAllAsync(connection, jobs, isInTransaction).ConfigureAwait(false);
    }

    private static List<int> All(IReadOnlyList<JobEnvelope> jobs) => [.. Enumerable.Range(0, jobs.Count)];

    private async Task<bool> InsertOneAsync(NpgsqlConnection connection, JobEnvelope job)
    {
        NpgsqlParameter[] parameters =
        [
            clock.Now, Parameter.Of(job.Id), Parameter.Of(job.Name), Parameter.Of(job.Queue), Parameter.Of(Columns.ToRank(job.Priority)),
            Parameter.Of(job.MaxAttempts), Parameter.Of(Columns.ToArray(job.Payload)), Parameter.Of(JobEnvelopeCodec.WriteRest(job)),
        ];
        return await connection.ExecuteAsync(statements.EnqueueOne, parameters).ConfigureAwait(false) > 0;
    }

    private async Task<EnqueuedJob[]> OfferAllAsync(NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, bool isInTransaction)
    {
        var answers = new EnqueuedJob[jobs.Count];
        if (jobs.Any(static j => j.Unique is not null))
            await uniques.RunAsync(this, connection, jobs, answers, isInTransaction).ConfigureAwait(false);
        else
            await TakeAsync(connection, jobs, All(jobs), answers, isInTransaction).ConfigureAwait(false);
        return answers;
    }

    /// <summary>Takes some of the jobs without asking whether they are unique.</summary>
    public async Task TakeAsync(
        NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<int> open, EnqueuedJob[] answers, bool isInTransaction)
    {
        for (int offers = 0; open.Count > 0; offers++)
        {
            if (offers == MaxOffers)
                throw new JobStoreException("Jobs could not be enqueued because others with the same id or key came and went all the time. Try again.");
            List<int> refused = await OfferAsync(connection, jobs, open, answers, isInTransaction).ConfigureAwait(false);
            open = refused.Count == 0 ? refused : await FindAsync(connection, jobs, refused, answers).ConfigureAwait(false);
        }
    }

    /// <summary>Offers jobs and returns those whose id or key was there.</summary>
    private async Task<List<int>> OfferAsync(
        NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<int> offered, EnqueuedJob[] answers, bool isInTransaction)
    {
        List<List<int>> chunks = Split(jobs, offered);
        var taken = new HashSet<int>();
        if (chunks.Count == 1 || isInTransaction)
        {
            foreach (List<int> chunk in chunks)
                await InsertAsync(connection, jobs, chunk, taken).ConfigureAwait(false);
        }
        else
        {
            NpgsqlTransaction transaction = await LockingTransaction.BeginAsync(connection).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                foreach (List<int> chunk in chunks)
                    await InsertAsync(connection, jobs, chunk, taken).ConfigureAwait(false);
                await transaction.CommitAsync().ConfigureAwait(false);
            }
        }

        foreach (int index in taken)
            answers[index] = new EnqueuedJob(jobs[index].Id, AlreadyExisted: false);
        return offered.FindAll(i => !taken.Contains(i));
    }

    private async Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<int> chunk, HashSet<int> taken)
    {
        JobEnvelope[] rows = [.. chunk.Select(i => jobs[i])];
        NpgsqlParameter[] parameters =
        [
            clock.Now,
            Parameter.Of(Array.ConvertAll(rows, static j => j.Id)),
            Parameter.Of(Array.ConvertAll(rows, static j => j.Name)),
            Parameter.Of(Array.ConvertAll(rows, static j => j.Queue)),
            Parameter.Of(Array.ConvertAll(rows, static j => Columns.ToRank(j.Priority))),
            Parameter.Of(Array.ConvertAll(rows, static j => j.RunAt is { } at ? Columns.ToTime(at) : (DateTime?)null)),
            Parameter.Of(Array.ConvertAll(rows, static j => Columns.ToMicroseconds(j.Delay))),
            Parameter.Of(Array.ConvertAll(rows, static j => j.MaxAttempts)),
            Parameter.Of(Array.ConvertAll(rows, static j => j.IdempotencyKey)),
            Parameter.Of(Array.ConvertAll(rows, static j => Columns.ToArray(j.Payload))),
            Parameter.Of(Array.ConvertAll(rows, JobEnvelopeCodec.WriteRest)),
            Parameter.Of(Array.ConvertAll(rows, static j => j.Unique?.Key)),
            .. Limits(rows),
        ];
        foreach (long place in await connection.ReadAsync(statements.Enqueue, parameters, static r => r.GetInt64(0)).ConfigureAwait(false))
            taken.Add(chunk[(int)place - 1]);
    }

    /// <summary>The limits of jobs; nulls if none has any.</summary>
    public static NpgsqlParameter[] Limits(JobEnvelope[] rows)
    {
        bool any = Array.Exists(rows, static j => j.Group is not null || j.Rate is not null);
        return
        [
            Parameter.OfTexts(any ? Array.ConvertAll(rows, static j => j.Group?.Key) : null),
            Parameter.Of(any ? Array.ConvertAll(rows, static j => j.Group?.Limit) : null),
            Parameter.OfTexts(any ? Array.ConvertAll(rows, static j => j.Rate is null ? null : j.RateKey ?? j.Name) : null),
            Parameter.Of(any ? Array.ConvertAll(rows, static j => j.Rate?.Interval.Ticks) : null),
            Parameter.Of(any ? Array.ConvertAll(rows, static j => j.Rate?.Burst) : null),
        ];
    }

    /// <summary>Says which jobs were in the way, and returns those in whose way nothing is any more.</summary>
    private async Task<List<int>> FindAsync(
        NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<int> refused, EnqueuedJob[] answers)
    {
        JobEnvelope[] rows = [.. refused.Select(i => jobs[i])];
        NpgsqlParameter[] parameters =
        [
            Parameter.Of(Array.ConvertAll(rows, static j => j.Id)),
            Parameter.Of(Array.ConvertAll(rows, static j => j.Name)),
            Parameter.Of(Array.ConvertAll(rows, static j => j.IdempotencyKey)),
        ];
        List<Guid?> existing = await connection.ReadAsync(
            statements.FindExisting, parameters, static r => r.IsDBNull(0) ? (Guid?)null : r.GetGuid(0)).ConfigureAwait(false);
        var gone = new List<int>();
        for (int i = 0; i < refused.Count; i++)
        {
            if (existing[i] is { } id)
                answers[refused[i]] = new EnqueuedJob(id, AlreadyExisted: true);
            else
                gone.Add(refused[i]);
        }

        return gone;
    }

    /// <summary>Divides jobs so that each part fits well into one statement.</summary>
    public static List<List<int>> Split(IReadOnlyList<JobEnvelope> jobs, List<int> offered)
    {
        var chunks = new List<List<int>>();
        long bytes = 0;
        foreach (int index in offered)
        {
            int size = jobs[index].Payload.Length;
            if (chunks.Count == 0 || chunks[^1].Count == MaxChunkRows || bytes + size > MaxChunkBytes)
            {
                chunks.Add([]);
                bytes = 0;
            }

            chunks[^1].Add(index);
            bytes += size;
        }

        return chunks;
    }
}
