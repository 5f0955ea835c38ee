using ProDev.Shared.Waking;

namespace ProDev.Jobs.Sqlite;

/// <summary>Schedules.</summary>
internal sealed partial class SqliteJobStore
{
    private readonly WorkSignal _scheduleSignal = new();

    public ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_time.GetUtcNow());

    public async ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
        => await WriteAsync(w => w.TryLead(owner, lease), wakes: false, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken)
    {
        bool isPut = await WriteAsync(w => w.PutSchedule(schedule, expectedRevision), wakes: false, cancellationToken).ConfigureAwait(false);
        _scheduleSignal.Pulse();
        return isPut;
    }

    public async ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken)
        => await WriteAsync(w => w.RemoveSchedule(name), wakes: false, cancellationToken).ConfigureAwait(false);

    public async ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken)
        => await ReadAsync(r => r.OfSchedules(s => s.Find(name)), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken)
        => await ReadAsync(static r => r.OfSchedules(static s => s.List()), cancellationToken).ConfigureAwait(false);

    public async ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        List<JobSchedule> due = await ReadAsync(
            r => r.OfSchedules(s => s.ListDue(Columns.ToMillisecondsBefore(now), maximum)), cancellationToken).ConfigureAwait(false);
        return new DueSchedules(now, due);
    }

    public async ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken)
        => await EndAsync(firing.Schedule.LastJobId is { } replaced ? [replaced] : [], w => w.Fire(firing), wakes: true, cancellationToken).ConfigureAwait(false);

    public async Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The signal is taken before the look into the file. Other processes are not heard of, so the wait is never longer than the probe interval.
        Task next = _scheduleSignal.Next;
        TimeSpan wait = timeout < _options.ProbeInterval ? timeout : _options.ProbeInterval;
        if (await UntilDueAsync(cancellationToken).ConfigureAwait(false) is { } untilDue && untilDue < wait)
            wait = untilDue;
        await WorkSignal.WaitAsync(next, wait, _time, cancellationToken).ConfigureAwait(false);
        return await UntilDueAsync(cancellationToken).ConfigureAwait(false) <= TimeSpan.Zero;
    }

    private async ValueTask<TimeSpan?> UntilDueAsync(CancellationToken cancellationToken)
        => await ReadAsync(static r => r.OfSchedules(static s => s.Next()), cancellationToken).ConfigureAwait(false) is { } next
            ? DateTimeOffset.FromUnixTimeMilliseconds(next) - _time.GetUtcNow()
            : null;
}
