using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Revoking jobs and pausing queues.</summary>
internal sealed class JobControl(JobStatements statements, JobClock clock, JobReader reader, GateKeeper keeper)
{
    /// <summary>How often a job is looked for that moves from table to table.</summary>
    private const int MaxTries = 10;

    public async Task<JobRevocation[]> RevokeAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids)
    {
        var found = new Dictionary<Guid, JobRevocation>();
        List<Guid> open = [.. ids.Distinct()];
        for (int tries = 0; open.Count > 0 && tries < MaxTries; tries++)
        {
            List<(Guid Id, int Answer)> rows = await RevokeOnceAsync(connection, open).ConfigureAwait(false);
            foreach ((Guid id, int answer) in rows)
                found[id] = (JobRevocation)answer;
            open = await StillThereAsync(connection, open.FindAll(i => !found.ContainsKey(i))).ConfigureAwait(false);
        }

        return [.. ids.Select(i => found.GetValueOrDefault(i))];
    }

    /// <summary>Revokes a job if it waits, and does nothing to one that runs. Within a transaction of the caller.</summary>
    public Task RevokeWaitingAsync(NpgsqlConnection connection, Guid id) => RevokeAsync(connection, statements.RevokeWaiting, [id]);

    public async Task<bool[]> FindRevokedAsync(NpgsqlConnection connection, IReadOnlyList<JobLease> leases)
    {
        NpgsqlParameter[] parameters = [Parameter.Of([.. leases.Select(Receipts.NumberOf)]), Parameter.Of([.. leases.Select(static l => l.Token)])];
        var rows = new HashSet<(long, long)>(
            await connection.ReadAsync(statements.FindRevoked, parameters, static r => (r.GetInt64(0), r.GetInt64(1))).ConfigureAwait(false));
        return [.. leases.Select(l => rows.Contains((Receipts.NumberOf(l), l.Token)))];
    }

    public async Task<bool> PauseAsync(NpgsqlConnection connection, string queue)
        => (await connection.ReadAsync(statements.Pause, [Parameter.Of(queue)], static r => r.GetInt32(0)).ConfigureAwait(false)).Count > 0;

    public async Task<bool> ResumeAsync(NpgsqlConnection connection, string queue)
        => (await connection.ReadAsync(statements.Resume, [Parameter.Of(queue)], static r => r.GetInt32(0)).ConfigureAwait(false)).Count > 0;

    public Task<List<string>> ListPausedAsync(NpgsqlConnection connection)
        => connection.ReadAsync(statements.ListPaused, [], static r => r.GetString(0));

    private async Task<List<(Guid Id, int Answer)>> RevokeOnceAsync(NpgsqlConnection connection, List<Guid> ids)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            List<(Guid Id, int Answer)> rows = await RevokeAsync(connection, statements.Revoke, ids).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return rows;
        }
    }

    /// <summary>If limits had called jobs that are gone now, the next ones get their turns.</summary>
    private async Task<List<(Guid Id, int Answer)>> RevokeAsync(NpgsqlConnection connection, string sql, List<Guid> ids)
    {
        List<(Guid Id, int Answer, string? Group, string? Rate)> rows = await connection.ReadAsync(
            sql, [clock.Now, Parameter.Of([.. ids])],
            static r => (r.GetGuid(0), r.GetInt32(1), Columns.ReadTextOrNull(r, 2), Columns.ReadTextOrNull(r, 3))).ConfigureAwait(false);
        await keeper.LeftAsync(connection, rows.Select(static r => r.Group), rows.Select(static r => r.Rate)).ConfigureAwait(false);
        return rows.ConvertAll(static r => (r.Id, r.Answer));
    }

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
