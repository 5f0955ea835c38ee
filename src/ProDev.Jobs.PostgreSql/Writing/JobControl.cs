using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Revoking jobs and pausing queues.</summary>
internal sealed class JobControl(JobStatements statements, JobClock clock, JobReader reader)
{
    /// <summary>How often a job is looked for that moves from table to table.</summary>
    private const int MaxTries = 10;

    public async Task<JobRevocation[]> RevokeAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids)
    {
        var found = new Dictionary<Guid, JobRevocation>();
        List<Guid> open = [.. ids.Distinct()];
        for (int tries = 0; open.Count > 0 && tries < MaxTries; tries++)
        {
            List<(Guid Id, int Answer)> rows = await connection.ReadAsync(
                statements.Revoke, [clock.Now, Parameter.Of([.. open])], static r => (r.GetGuid(0), r.GetInt32(1))).ConfigureAwait(false);
            foreach ((Guid id, int answer) in rows)
                found[id] = (JobRevocation)answer;
            open = await StillThereAsync(connection, open.FindAll(i => !found.ContainsKey(i))).ConfigureAwait(false);
        }

        return [.. ids.Select(i => found.GetValueOrDefault(i))];
    }

    /// <summary>Revokes a job if it waits, and does nothing to one that runs.</summary>
    public Task RevokeWaitingAsync(NpgsqlConnection connection, Guid id)
        => connection.ReadAsync(statements.RevokeWaiting, [clock.Now, Parameter.Of([id])], static r => r.GetGuid(0));

    public async Task<bool[]> FindRevokedAsync(NpgsqlConnection connection, IReadOnlyList<JobLease> leases)
    {
        NpgsqlParameter[] parameters = [Parameter.Of([.. leases.Select(static l => l.Receipt)]), Parameter.Of([.. leases.Select(static l => l.Token)])];
        var rows = new HashSet<(long, long)>(
            await connection.ReadAsync(statements.FindRevoked, parameters, static r => (r.GetInt64(0), r.GetInt64(1))).ConfigureAwait(false));
        return [.. leases.Select(l => rows.Contains((l.Receipt, l.Token)))];
    }

    public async Task<bool> PauseAsync(NpgsqlConnection connection, string queue)
        => (await connection.ReadAsync(statements.Pause, [Parameter.Of(queue)], static r => r.GetInt32(0)).ConfigureAwait(false)).Count > 0;

    public async Task<bool> ResumeAsync(NpgsqlConnection connection, string queue)
        => (await connection.ReadAsync(statements.Resume, [Parameter.Of(queue)], static r => r.GetInt32(0)).ConfigureAwait(false)).Count > 0;

    public Task<List<string>> ListPausedAsync(NpgsqlConnection connection)
        => connection.ReadAsync(statements.ListPaused, [], static r => r.GetString(0));

    private async Task<List<Guid>> StillThereAsync(NpgsqlConnection connection, List<Guid> missing)
    {
        var there = new List<Guid>();
        foreach (Guid id in missing)
        {
            JobInfo? job = await reader.FindAsync(connection, id).ConfigureAwait(false);
            if (job is { State: JobState.Scheduled or JobState.Queued or JobState.Running })
                there.Add(id);
        }

        return there;
    }
}
