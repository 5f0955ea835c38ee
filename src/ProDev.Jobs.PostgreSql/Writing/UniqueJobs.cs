using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Takes unique jobs: locks their keys, looks what is in their way, and takes or changes, in one transaction. Looking is a statement after the lock, because only
/// that one sees what the transaction committed that was waited for.
/// </summary>
internal sealed class UniqueJobs(JobStatements statements, JobClock clock, GateKeeper keeper)
{
    /// <summary>How often waiting jobs are looked for that a worker takes each time.</summary>
    private const int MaxVainRounds = 10;

    private readonly UniqueChanges _changes = new(statements, clock, keeper);

    public async Task RunAsync(
        JobEnqueuer enqueuer, NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, EnqueuedJob[] answers, bool isInTransaction)
    {
        ILookup<bool, int> byKind = Enumerable.Range(0, jobs.Count).ToLookup(i => jobs[i].Unique is not null);
        List<int> open = [.. byKind[true]];

        // A job that is there needs no lock to be in the way, and most unique jobs that are enqueued often find one.
        if (open.TrueForAll(i => jobs[i].Unique!.OnConflict == JobConflict.Skip))
            open = await SkipAsync(connection, jobs, open, answers).ConfigureAwait(false);
        if (open.Count == 0)
        {
            await enqueuer.TakeAsync(connection, jobs, [.. byKind[false]], answers, isInTransaction).ConfigureAwait(false);
        }
        else if (isInTransaction)
        {
            await LockedAsync(enqueuer, connection, jobs, [.. byKind[false]], open, answers).ConfigureAwait(false);
        }
        else
        {
            NpgsqlTransaction transaction = await LockingTransaction.BeginAsync(connection).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await LockedAsync(enqueuer, connection, jobs, [.. byKind[false]], open, answers).ConfigureAwait(false);
                await transaction.CommitAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Returns those in whose way nothing is.</summary>
    private async Task<List<int>> SkipAsync(NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<int> open, EnqueuedJob[] answers)
    {
        var free = new List<int>();
        List<UniqueConflict> found = await FindAsync(connection, jobs, open).ConfigureAwait(false);
        for (int i = 0; i < open.Count; i++)
        {
            if (found[i].Id is { } id)
                answers[open[i]] = new EnqueuedJob(id, AlreadyExisted: true);
            else
                free.Add(open[i]);
        }

        return free;
    }

    private async Task LockedAsync(
        JobEnqueuer enqueuer, NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<int> plain, List<int> open, EnqueuedJob[] answers)
    {
        string[] keys = [.. open.Select(i => jobs[i].Unique!.Key).Distinct(StringComparer.Ordinal)];
        await connection.ReadAsync(statements.LockKeys, [clock.Now, Parameter.Of(keys)], static _ => true).ConfigureAwait(false);
        for (int vain = 0; open.Count > 0; vain++)
        {
            if (vain == MaxVainRounds)
                throw new JobStoreException("Unique jobs could not be enqueued because those in their way changed all the time. Try again.");
            (List<int> taken, List<(int Index, UniqueConflict Other)> changed, List<int> next) = Sort(
                jobs, open, await FindAsync(connection, jobs, open).ConfigureAwait(false), answers);
            taken = [.. taken.Concat(plain).Order()];
            plain = [];
            await enqueuer.TakeAsync(connection, jobs, taken, answers, isInTransaction: true).ConfigureAwait(false);
            next.AddRange(await _changes.ApplyAsync(connection, jobs, changed, answers).ConfigureAwait(false));
            if (next.Count < open.Count)
                vain = -1;
            open = [.. next.Order()];
        }
    }

    /// <summary>Says which jobs are new, which change another one, and which must wait for the new ones of this call. Answers the rest.</summary>
    private static (List<int> Taken, List<(int Index, UniqueConflict Other)> Changed, List<int> Next) Sort(
        IReadOnlyList<JobEnvelope> jobs, List<int> open, List<UniqueConflict> found, EnqueuedJob[] answers)
    {
        List<int> taken = [], next = [];
        List<(int Index, UniqueConflict Other)> changed = [];
        var keys = new HashSet<(string Name, string Key)>();
        for (int i = 0; i < open.Count; i++)
        {
            JobUniqueKey unique = jobs[open[i]].Unique!;
            if (found[i].Id is null)
                (keys.Add((jobs[open[i]].Name, unique.Key)) ? taken : next).Add(open[i]);
            else if (found[i].IsWaiting && unique.OnConflict != JobConflict.Skip)
                changed.Add((open[i], found[i]));
            else
                answers[open[i]] = new EnqueuedJob(found[i].Id!.Value, AlreadyExisted: true);
        }

        return (taken, changed, next);
    }

    private Task<List<UniqueConflict>> FindAsync(NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<int> open)
    {
        JobEnvelope[] rows = [.. open.Select(i => jobs[i])];
        NpgsqlParameter[] parameters =
        [
            clock.Now,
            Parameter.Of(Array.ConvertAll(rows, static j => j.Id)),
            Parameter.Of(Array.ConvertAll(rows, static j => j.Name)),
            Parameter.Of(Array.ConvertAll(rows, static j => j.IdempotencyKey)),
            Parameter.Of(Array.ConvertAll(rows, static j => (string?)j.Unique!.Key)),
            Parameter.Of(Array.ConvertAll(rows, static j => (int)j.Unique!.States)),
            Parameter.Of(Array.ConvertAll(rows, static j => j.Unique!.Period is { } period ? Columns.ToMicroseconds(period) : (long?)null)),
        ];
        return connection.ReadAsync(statements.FindConflicts, parameters, UniqueConflict.Read);
    }
}
