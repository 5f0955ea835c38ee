using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Rescue, replay, discard, prune.</summary>
internal sealed class JobUpkeep(JobStatements statements, JobClock clock)
{
    internal const string WorkerLost = "Attempt %s of %s never answered: its worker died, hung, or lost its connection until the lease ran out.";

    public Task<List<RescuedJob>> RescueAsync(NpgsqlConnection connection, int maximum)
        => connection.ReadAsync(
            statements.Rescue,
            [clock.Now, Parameter.Of(maximum), Parameter.Of(WorkerLost), Parameter.Of((short)DeadLetterReason.WorkerLost)],
            static r => new RescuedJob(r.GetGuid(0), r.GetString(1), r.GetInt32(2), r.GetBoolean(3)));

    public Task<bool[]> ReplayAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids)
        => ChangeDeadAsync(connection, statements.Replay, ids, [clock.Now, Parameter.Of([.. ids])]);

    public Task<bool[]> DiscardAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids)
        => ChangeDeadAsync(connection, statements.Discard, ids, [Parameter.Of([.. ids])]);

    public async Task<int> PruneAsync(NpgsqlConnection connection, TimeSpan age, int maximum)
    {
        NpgsqlParameter[] parameters = [clock.Now, Parameter.Of(Columns.ToMicroseconds(age)), Parameter.Of(maximum)];
        return (await connection.ReadAsync(statements.Prune, parameters, static r => r.GetInt32(0)).ConfigureAwait(false))[0];
    }

    private static async Task<bool[]> ChangeDeadAsync(
        NpgsqlConnection connection, string sql, IReadOnlyList<Guid> ids, NpgsqlParameter[] parameters)
    {
        var changed = new HashSet<Guid>(await connection.ReadAsync(sql, parameters, static r => r.GetGuid(0)).ConfigureAwait(false));
        return [.. ids.Select(changed.Remove)];
    }
}
