using Npgsql;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Revoking jobs and pausing queues.</summary>
internal sealed class JobControl(JobStatements statements, JobClock clock, JobReader reader, JobFollower follower)
{
    public Task<JobRevocation[]> RevokeAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids) => follower.EndingAsync(connection, async () =>
    {
        var found = new Dictionary<Guid, RevokedJob>();
        List<Guid> open = [.. ids.Distinct()];
        while (open.Count > 0)
        {
            foreach (RevokedJob job in await ReadAsync(connection, statements.Revoke, open).ConfigureAwait(false))
                found[job.Id] = job;

            // One that moved from table to table at that moment is looked for again.
            open = await StillThereAsync(connection, open.FindAll(i => !found.ContainsKey(i))).ConfigureAwait(false);
        }

        return new Ended<JobRevocation[]>(
            ids.Select(i => found.GetValueOrDefault(i).Answer).ToArray(), found.Values.Select(static j => j.FollowUp), found.Values.Select(static j => j.Group),
            found.Values.Select(static j => j.Rate));
    });

    /// <summary>Revokes a job if it waits, and does nothing to one that runs.</summary>
    public async Task RevokeWaitingAsync(NpgsqlConnection connection, Guid id)
    {
        List<RevokedJob> jobs = await ReadAsync(connection, statements.RevokeWaiting, [id]).ConfigureAwait(false);
        await follower.FollowAsync(
            connection, jobs.Select(static j => j.FollowUp), jobs.Select(static j => j.Group), jobs.Select(static j => j.Rate)).ConfigureAwait(false);
    }

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

    private Task<List<RevokedJob>> ReadAsync(NpgsqlConnection connection, string sql, List<Guid> ids)
        => connection.ReadAsync(sql, [clock.Now, Parameter.Of([.. ids])], RevokedJob.Read);

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
