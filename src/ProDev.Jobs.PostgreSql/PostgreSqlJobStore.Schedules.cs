using ProDev.Shared.Waking;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Schedules, and named values of running jobs.</summary>
internal sealed partial class PostgreSqlJobStore
{
    private readonly WorkSignal _scheduleSignal = new();

    public async ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken)
        => await _database.RunAsync(_scheduleKeeper.NowAsync, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _scheduleKeeper.TryLeadAsync(c, owner, lease), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken)
    {
        StorableEnvelope.Check(schedule.Job);
        bool isPut = await _database.RunAsync(c => _scheduleKeeper.PutAsync(c, schedule, expectedRevision), cancellationToken).ConfigureAwait(false);
        _scheduleSignal.Pulse();
        return isPut;
    }

    public async ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _scheduleKeeper.RemoveAsync(c, name), cancellationToken).ConfigureAwait(false);

    public async ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _scheduleReader.FindAsync(c, name), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken)
        => await _database.RunAsync(_scheduleReader.ListAsync, cancellationToken).ConfigureAwait(false);

    public async ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _scheduleReader.ListDueAsync(c, maximum), cancellationToken).ConfigureAwait(false);

    public async ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken)
    {
        foreach (JobEnvelope job in firing.Jobs)
            StorableEnvelope.Check(job);
        ScheduleFired fired = await _database.RunAsync(c => _scheduleKeeper.FireAsync(c, firing), cancellationToken).ConfigureAwait(false);
        _neighbours.Ended(firing.Schedule.LastJobId is { } replaced ? [replaced] : []);
        Wake();
        return fired;
    }

    public async Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Other processes are not heard of, so the wait is never longer than the poll interval.
        await UntilAsync(_scheduleSignal.Next, timeout, UntilDueAsync, cancellationToken).ConfigureAwait(false);
        return await UntilDueAsync(cancellationToken).ConfigureAwait(false) <= TimeSpan.Zero;
    }

    public async ValueTask<bool> NoteAsync(JobLease lease, string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _notes.WriteAsync(c, lease, name, value.ToArray()), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadNotesAsync(Guid id, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _notes.ReadAsync(c, id), cancellationToken).ConfigureAwait(false);

    private async Task<TimeSpan?> UntilDueAsync(CancellationToken cancellationToken)
        => await _database.RunAsync(_scheduleReader.UntilDueAsync, cancellationToken).ConfigureAwait(false);
}
