using System.Globalization;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Rescue, replay, discard, prune.</summary>
internal sealed class JobUpkeep(JobStatements statements, JobClock clock, JobFollower follower, GateKeeper keeper)
{
    internal const string WorkerLost = "Attempt %s of %s never answered: its worker died, hung, or lost its connection until the lease ran out.";

    public async Task<List<RescuedJob>> RescueAsync(NpgsqlConnection connection, int maximum)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            List<(RescuedJob Job, JobFollowUp? FollowUp, string? Group)> rescued = await connection.ReadAsync(
                statements.Rescue,
                [clock.Now, Parameter.Of(maximum), Parameter.Of(WorkerLost), Parameter.Of((short)DeadLetterReason.WorkerLost)],
                ReadRescued).ConfigureAwait(false);
            await follower.FollowAsync(connection, rescued.Where(static r => r.FollowUp is not null).Select(static r => r.FollowUp!)).ConfigureAwait(false);
            await keeper.LeftAsync(connection, rescued.Select(static r => r.Group)).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return rescued.ConvertAll(static r => r.Job);
        }
    }

    public Task<bool[]> ReplayAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids)
        => ChangeDeadAsync(connection, statements.Replay, ids, [clock.Now, Parameter.Of([.. ids])]);

    public Task<bool[]> DiscardAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids)
        => ChangeDeadAsync(connection, statements.Discard, ids, [Parameter.Of([.. ids])]);

    public async Task<int> PruneAsync(NpgsqlConnection connection, TimeSpan age, int maximum)
    {
        NpgsqlParameter[] parameters = [clock.Now, Parameter.Of(Columns.ToMicroseconds(age)), Parameter.Of(maximum)];
        return (await connection.ReadAsync(statements.Prune, parameters, static r => r.GetInt32(0)).ConfigureAwait(false))[0];
    }

    private static (RescuedJob Job, JobFollowUp? FollowUp, string? Group) ReadRescued(NpgsqlDataReader row)
    {
        var job = new RescuedJob(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetBoolean(3));
        if (Columns.ReadTextOrNull(row, 5) is not { } extra)
            return (job, null, Columns.ReadTextOrNull(row, 7));
        JobEnvelope envelope = JobEnvelopeCodec.WithRest(new JobEnvelope { Id = job.Id, Name = job.Name, Queue = row.GetString(4) }, extra);
        string error = WorkerLost.Replace("%s of %s", string.Create(CultureInfo.InvariantCulture, $"{job.Attempt} of {row.GetInt32(6)}"), StringComparison.Ordinal);
        return (job, JobFollowUp.AfterDeath(envelope, DeadLetterReason.WorkerLost, error, job.Attempt), Columns.ReadTextOrNull(row, 7));
    }

    private static async Task<bool[]> ChangeDeadAsync(
        NpgsqlConnection connection, string sql, IReadOnlyList<Guid> ids, NpgsqlParameter[] parameters)
    {
        var changed = new HashSet<Guid>(await connection.ReadAsync(sql, parameters, static r => r.GetGuid(0)).ConfigureAwait(false));
        return [.. ids.Select(changed.Remove)];
    }
}
