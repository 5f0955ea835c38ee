using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Replaces and reschedules waiting jobs. Both lose against a claim: what was claimed first does not wait any more, and is looked at again.</summary>
internal sealed class UniqueChanges(JobStatements statements, JobClock clock, GateKeeper keeper)
{
    /// <summary>Returns the jobs whose change came too late.</summary>
    public async Task<List<int>> ApplyAsync(
        NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<(int Index, UniqueConflict Other)> changes, EnqueuedJob[] answers)
    {
        List<Plan> plans = [.. changes.GroupBy(static c => c.Other.Number!.Value).Select(g => Plan.Make(jobs, g.First().Other, [.. g.Select(static c => c.Index)]))];
        List<int> late = [.. plans.SelectMany(static p => p.Later)];
        HashSet<long> gone = await ReplaceAsync(connection, jobs, plans.FindAll(static p => p.Replace is not null)).ConfigureAwait(false);
        gone.UnionWith(await RescheduleAsync(
            connection, jobs, plans.FindAll(p => p.Reschedule is not null && !gone.Contains(p.Number))).ConfigureAwait(false));
        foreach (Plan plan in plans)
        {
            if (gone.Contains(plan.Number))
                late.AddRange(plan.Now);
            else
                plan.Answer(jobs, answers);
        }

        return late;
    }

    private async Task<HashSet<long>> ReplaceAsync(NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<Plan> plans)
    {
        var gone = new HashSet<long>();
        foreach (List<int> chunk in JobEnqueuer.Split([.. plans.Select(p => jobs[p.Replace!.Value])], [.. Enumerable.Range(0, plans.Count)]))
        {
            Plan[] some = [.. chunk.Select(i => plans[i])];
            JobEnvelope[] rows = Array.ConvertAll(some, p => jobs[p.Replace!.Value].AsReplacement(p.Time));
            NpgsqlParameter[] parameters =
            [
                clock.Now,
                Parameter.Of(Array.ConvertAll(some, static p => p.Number)),
                Parameter.Of(Array.ConvertAll(rows, static j => j.Queue)),
                Parameter.Of(Array.ConvertAll(rows, static j => Columns.ToRank(j.Priority))),
                .. Times(rows),
                Parameter.Of(Array.ConvertAll(rows, static j => j.MaxAttempts)),
                Parameter.Of(Array.ConvertAll(rows, static j => Columns.ToArray(j.Payload))),
                Parameter.Of(Array.ConvertAll(rows, JobEnvelopeCodec.WriteRest)),
                .. JobEnqueuer.Limits(rows),
            ];
            gone.UnionWith(await ChangeAsync(connection, statements.Replace, some, parameters).ConfigureAwait(false));
        }

        return gone;
    }

    private async Task<IEnumerable<long>> RescheduleAsync(NpgsqlConnection connection, IReadOnlyList<JobEnvelope> jobs, List<Plan> plans)
    {
        if (plans.Count == 0)
            return [];
        JobEnvelope[] rows = [.. plans.Select(p => jobs[p.Reschedule!.Value])];
        NpgsqlParameter[] parameters = [clock.Now, Parameter.Of([.. plans.Select(static p => p.Number)]), .. Times(rows)];
        return await ChangeAsync(connection, statements.Reschedule, [.. plans], parameters).ConfigureAwait(false);
    }

    private async Task<IEnumerable<long>> ChangeAsync(NpgsqlConnection connection, string sql, Plan[] plans, NpgsqlParameter[] parameters)
    {
        List<(long Number, string? Group, string? Rate)> changed = await connection.ReadAsync(
            sql, parameters, static r => (r.GetInt64(0), Columns.ReadTextOrNull(r, 1), Columns.ReadTextOrNull(r, 2))).ConfigureAwait(false);

        // If limits had called these jobs, the next ones get their turns.
        await keeper.LeftAsync(connection, changed.Select(static c => c.Group), changed.Select(static c => c.Rate)).ConfigureAwait(false);
        return plans.Select(static p => p.Number).Except(changed.Select(static c => c.Number));
    }

    private static NpgsqlParameter[] Times(JobEnvelope[] rows) =>
    [
        Parameter.Of(Array.ConvertAll(rows, static j => j.RunAt is { } at ? Columns.ToTime(at) : (DateTime?)null)),
        Parameter.Of(Array.ConvertAll(rows, static j => Columns.ToMicroseconds(j.Delay))),
    ];

    /// <summary>What the jobs of one call do to one job that waits.</summary>
    private sealed record Plan(long Number, Guid Id, DateTimeOffset Time, List<int> Now, List<int> Later)
    {
        /// <summary>The job that counts; what comes before it would be overwritten.</summary>
        public int? Replace { get; private init; }

        /// <summary>The last one after that.</summary>
        public int? Reschedule { get; private init; }

        public static Plan Make(IReadOnlyList<JobEnvelope> jobs, UniqueConflict other, List<int> indices)
        {
            // A change may move the job to the other of the two waiting states, in which it may be in nobody's way.
            bool areAlike = indices.TrueForAll(i => (jobs[i].Unique!.States & JobUniqueStates.Waiting) == JobUniqueStates.Waiting);
            List<int> now = areAlike ? indices : [indices[0]];
            int replace = now.FindLastIndex(i => jobs[i].Unique!.OnConflict == JobConflict.Replace);
            return new Plan(other.Number!.Value, other.Id!.Value, other.Now, now, areAlike ? [] : indices[1..])
            {
                Replace = replace < 0 ? null : now[replace],
                Reschedule = replace == now.Count - 1 ? null : now[^1],
            };
        }

        public void Answer(IReadOnlyList<JobEnvelope> jobs, EnqueuedJob[] answers)
        {
            foreach (int index in Now)
            {
                bool replaces = jobs[index].Unique!.OnConflict == JobConflict.Replace;
                answers[index] = new EnqueuedJob(Id, AlreadyExisted: true) { Outcome = replaces ? EnqueueOutcome.Replaced : EnqueueOutcome.Rescheduled };
            }
        }
    }
}
