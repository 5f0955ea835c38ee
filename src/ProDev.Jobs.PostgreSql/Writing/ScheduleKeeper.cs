using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Schedules, and who leads their schedulers.</summary>
internal sealed class ScheduleKeeper(JobStatements statements, JobClock clock, JobEnqueuer enqueuer, JobControl control, JobReader reader)
{
    public async Task<DateTimeOffset> NowAsync(NpgsqlConnection connection)
        => (await connection.ReadAsync(statements.Now, [clock.Now], static r => Columns.ReadTime(r, 0)).ConfigureAwait(false))[0];

    public async Task<bool> TryLeadAsync(NpgsqlConnection connection, string owner, TimeSpan lease)
    {
        if (lease > TimeSpan.Zero)
            return await AnyAsync(connection, statements.Lead, clock.Now, Parameter.Of(owner), Parameter.Of(Columns.ToMicroseconds(lease))).ConfigureAwait(false);
        await AnyAsync(connection, statements.Resign, Parameter.Of(owner)).ConfigureAwait(false);
        return false;
    }

    public Task<bool> PutAsync(NpgsqlConnection connection, JobSchedule schedule, long expectedRevision)
    {
        List<NpgsqlParameter> parameters =
        [
            Parameter.Of(schedule.Name), Parameter.Of(schedule.Cron), Parameter.Of(schedule.Interval is { } i ? (long)i.TotalMilliseconds : (long?)null),
            Parameter.Of(Time(schedule.Anchor)), Parameter.Of(schedule.TimeZone), Parameter.Of((short)schedule.Overlap), Parameter.Of((short)schedule.CatchUp),
            Parameter.Of(schedule.MaxCatchUp), Parameter.Of(JobEnvelopeCodec.Write(schedule.Job)), Parameter.Of(schedule.Declaration),
            Parameter.Of(schedule.IsPaused), Parameter.Of(Time(schedule.NextAt)), Parameter.Of(Time(schedule.LastAt)), Parameter.Of(schedule.LastJobId),
        ];
        if (expectedRevision == 0)
            return AnyAsync(connection, statements.AddSchedule, [.. parameters]);
        parameters.Add(Parameter.Of(expectedRevision));
        return AnyAsync(connection, statements.ReplaceSchedule, [.. parameters]);
    }

    public Task<bool> RemoveAsync(NpgsqlConnection connection, string name) => AnyAsync(connection, statements.RemoveSchedule, Parameter.Of(name));

    /// <summary>Moves the schedule and enqueues, in one transaction. The moved row is locked, so of two schedulers the second one is refused.</summary>
    public async Task<ScheduleFired> FireAsync(NpgsqlConnection connection, ScheduleFiring firing)
    {
        NpgsqlTransaction transaction = await LockingTransaction.BeginAsync(connection).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            ScheduleFired fired = await MoveAndEnqueueAsync(connection, firing).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return fired;
        }
    }

    private async Task<ScheduleFired> MoveAndEnqueueAsync(NpgsqlConnection connection, ScheduleFiring firing)
    {
        JobSchedule read = firing.Schedule;
        if (!await AnyAsync(
                connection, statements.MoveSchedule, Parameter.Of(read.Name), Parameter.Of(read.Revision), Parameter.Of(Time(read.NextAt)),
                Parameter.Of(Time(firing.NextAt))).ConfigureAwait(false))
        {
            return ScheduleFired.Refused;
        }

        if (firing.Jobs.Count == 0)
            return ScheduleFired.Enqueued;

        // The revision is the one that was read, so the rest of what was read is true, too.
        if (read.LastJobId is { } last && read.Overlap != ScheduleOverlap.Queue)
        {
            JobInfo? job = await reader.FindAsync(connection, last).ConfigureAwait(false);
            if (read.Overlap == ScheduleOverlap.Skip && job is { State: JobState.Scheduled or JobState.Queued or JobState.Running })
                return ScheduleFired.Skipped;

            // One that moved from table to table at that moment is looked for again.
            while (read.Overlap == ScheduleOverlap.Replace && job is { State: JobState.Scheduled or JobState.Queued })
            {
                await control.RevokeWaitingAsync(connection, last).ConfigureAwait(false);
                job = await reader.FindAsync(connection, last).ConfigureAwait(false);
            }
        }

        EnqueuedJob[] jobs = await enqueuer.RunAsync(connection, firing.Jobs, isInTransaction: true).ConfigureAwait(false);
        await AnyAsync(
            connection, statements.NoteFired, Parameter.Of(read.Name), Parameter.Of(Time(firing.LastAt)), Parameter.Of((Guid?)jobs[^1].Id)).ConfigureAwait(false);
        return ScheduleFired.Enqueued;
    }

    private static async Task<bool> AnyAsync(NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
        => (await connection.ReadAsync(sql, parameters, static r => r.GetInt32(0)).ConfigureAwait(false)).Count > 0;

    private static DateTime? Time(DateTimeOffset? time) => time?.UtcDateTime;
}
