using System.Globalization;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Rescue, replay, discard, prune.</summary>
internal sealed class JobUpkeep(JobStatements statements, JobClock clock, JobFollower follower)
{
    internal const string WorkerLost = "Attempt %s of %s never answered: its worker died, hung, or lost its connection until the lease ran out.";

    public Task<List<RescuedJob>> RescueAsync(NpgsqlConnection connection, int maximum) => follower.EndingAsync(connection, async () =>
    {
        List<(RescuedJob Job, JobFollowUp? FollowUp, string? Group)> rescued = await connection.ReadAsync(
            statements.Rescue,
            [clock.Now, Parameter.Of(maximum), Parameter.Of(WorkerLost), Parameter.Of((short)DeadLetterReason.WorkerLost)],
            ReadRescued).ConfigureAwait(false);
        return new Ended<List<RescuedJob>>(rescued.ConvertAll(static r => r.Job), rescued.Select(static r => r.FollowUp), rescued.Select(static r => r.Group));
    });

    public Task<bool[]> ReplayAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids)
        => ChangeDeadAsync(connection, statements.Replay, ids, [clock.Now, Parameter.Of([.. ids])]);

    public Task<bool[]> DiscardAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids) => follower.EndingAsync(connection, async () =>
    {
        List<(Guid Id, JobFollowUp? FollowUp)> gone = await connection.ReadAsync(
            statements.Discard, [Parameter.Of([.. ids])], static r => (r.GetGuid(0), JobFollowUp.WithoutResult(CarriedReader.Read(r, 0)))).ConfigureAwait(false);
        HashSet<Guid> found = [.. gone.Select(static g => g.Id)];
        return new Ended<bool[]>(ids.Select(found.Remove).ToArray(), gone.Select(static g => g.FollowUp), []);
    });

    public async Task<int> PruneAsync(NpgsqlConnection connection, TimeSpan age, int maximum)
    {
        NpgsqlParameter[] parameters = [clock.Now, Parameter.Of(Columns.ToMicroseconds(age)), Parameter.Of(maximum)];
        return (await connection.ReadAsync(statements.Prune, parameters, static r => r.GetInt32(0)).ConfigureAwait(false))[0];
    }

    private static (RescuedJob Job, JobFollowUp? FollowUp, string? Group) ReadRescued(NpgsqlDataReader row)
    {
        JobEnvelope envelope = CarriedReader.Read(row, 0);
        (int attempt, int maxAttempts, bool isRevoked) = (row.GetInt32(4), row.GetInt32(5), row.GetBoolean(6));
        var job = new RescuedJob(envelope.Id, envelope.Name, attempt, DeadLettered: attempt >= maxAttempts && !isRevoked);
        string? group = Columns.ReadTextOrNull(row, 7);
        if (isRevoked)
            return (job, JobFollowUp.WithoutResult(envelope), group);
        string error = WorkerLost.Replace("%s of %s", string.Create(CultureInfo.InvariantCulture, $"{attempt} of {maxAttempts}"), StringComparison.Ordinal);
        return (job, job.DeadLettered ? JobFollowUp.AfterDeath(envelope, DeadLetterReason.WorkerLost, error, attempt) : null, group);
    }

    private static async Task<bool[]> ChangeDeadAsync(
        NpgsqlConnection connection, string sql, IReadOnlyList<Guid> ids, NpgsqlParameter[] parameters)
    {
        var changed = new HashSet<Guid>(await connection.ReadAsync(sql, parameters, static r => r.GetGuid(0)).ConfigureAwait(false));
        return [.. ids.Select(changed.Remove)];
    }
}
