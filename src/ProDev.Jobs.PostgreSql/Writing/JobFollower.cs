using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Takes what follows jobs, in the transaction that ended them.</summary>
internal sealed class JobFollower(JobStatements statements, JobEnqueuer enqueuer, GateKeeper keeper)
{
    /// <summary>Ends jobs, and takes what follows in the same transaction.</summary>
    public async Task<T> EndingAsync<T>(NpgsqlConnection connection, Func<Task<Ended<T>>> end)
        => (await FollowedAsync(connection, end).ConfigureAwait(false)).Answer;

    /// <summary>The same; says also whether jobs were enqueued, or got a place.</summary>
    public async Task<(T Answer, bool Wakes)> FollowedAsync<T>(NpgsqlConnection connection, Func<Task<Ended<T>>> end)
    {
        NpgsqlTransaction transaction = await LockingTransaction.BeginAsync(connection).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            Ended<T> ended = await end().ConfigureAwait(false);
            bool wakes = await FollowAsync(connection, ended.FollowUps, ended.Groups, ended.Rates).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return (ended.Answer, wakes);
        }
    }

    /// <summary>Takes what follows jobs that have ended or left the waiting ones, in the transaction of the caller. Returns whether there is work for others.</summary>
    public async Task<bool> FollowAsync(
        NpgsqlConnection connection, IEnumerable<JobFollowUp?> followUps, IEnumerable<string?> groups, IEnumerable<string?>? rates = null)
    {
        bool follows = await TakeAsync(connection, [.. followUps.OfType<JobFollowUp>()]).ConfigureAwait(false);
        return await keeper.LeftAsync(connection, groups, rates).ConfigureAwait(false) > 0 || follows;
    }

    /// <summary>Returns whether jobs were enqueued.</summary>
    private async Task<bool> TakeAsync(NpgsqlConnection connection, List<JobFollowUp> next)
    {
        bool any = false;
        while (next.Count > 0)
        {
            List<JobEnvelope> jobs = [.. next.SelectMany(static f => f.Jobs)];
            if (jobs.Count > 0)
            {
                any = true;
                await enqueuer.RunAsync(connection, jobs, isInTransaction: true).ConfigureAwait(false);
            }

            // In one order, so that two transactions that meet at the same groups rarely wait for each other in a circle.
            IEnumerable<IGrouping<Guid, JobContribution>> groups = next
                .Where(static f => f.Contribution is not null).Select(static f => f.Contribution!).GroupBy(static c => c.JoinId).OrderBy(static g => g.Key);
            next = [];
            foreach (IGrouping<Guid, JobContribution> group in groups)
            {
                if (await JoinAsync(connection, group.Key, [.. group]).ConfigureAwait(false) is { } followUp)
                    next.Add(followUp);
            }
        }

        return any;
    }

    private async Task<JobFollowUp?> JoinAsync(NpgsqlConnection connection, Guid group, JobContribution[] parts)
    {
        NpgsqlParameter[] parameters =
        [
            Parameter.Of((Guid?)group),
            Parameter.Of(Array.ConvertAll(parts, static p => p.Index)),
            Parameter.Of(Array.ConvertAll(parts, static p => (byte[]?)p.Result.ToArray())),
        ];
        List<int> done = await connection.ReadAsync(statements.Contribute, parameters, static r => r.GetInt32(0)).ConfigureAwait(false);
        if (done[0] < parts[0].Size)
            return null;
        List<ReadOnlyMemory<byte>> results = await connection.ReadAsync(
            statements.TakeResults, [Parameter.Of((Guid?)group)], static r => new ReadOnlyMemory<byte>(r.GetFieldValue<byte[]>(0))).ConfigureAwait(false);
        return parts[0].Join(results);
    }
}
