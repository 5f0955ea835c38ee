using ProDev.Shared.Waking;

namespace ProDev.Jobs;

/// <summary>Schedules, and who leads their schedulers.</summary>
internal sealed partial class MemoryJobStore
{
    private readonly SortedDictionary<string, JobSchedule> _schedules = new(StringComparer.Ordinal);
    private readonly WorkSignal _scheduleSignal = new();
    private string? _leader;
    private DateTimeOffset _leadEnds;

    public ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(time.GetUtcNow());

    public ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_leader != owner && _leadEnds > now)
                return ValueTask.FromResult(false);
            if (lease > TimeSpan.Zero || _leader == owner)
                (_leader, _leadEnds) = (owner, now + lease);
            return ValueTask.FromResult(lease > TimeSpan.Zero);
        }
    }

    public ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if ((_schedules.GetValueOrDefault(schedule.Name)?.Revision ?? 0) != expectedRevision)
                return ValueTask.FromResult(false);
            _schedules[schedule.Name] = schedule with { Revision = expectedRevision + 1 };
        }

        _scheduleSignal.Pulse();
        return ValueTask.FromResult(true);
    }

    public ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_schedules.Remove(name));
    }

    public ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_schedules.GetValueOrDefault(name));
    }

    public ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<JobSchedule>>([.. _schedules.Values]);
    }

    public ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            IEnumerable<JobSchedule> due = _schedules.Values.Where(s => !s.IsPaused && s.NextAt <= now).OrderBy(s => s.NextAt).Take(maximum);
            return ValueTask.FromResult(new DueSchedules(now, [.. due]));
        }
    }

    public ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            JobSchedule read = firing.Schedule;
            if (_schedules.GetValueOrDefault(read.Name) is not { } current || current.Revision != read.Revision || current.NextAt != read.NextAt)
                return ValueTask.FromResult(ScheduleFired.Refused);

            JobSchedule moved = current with { NextAt = firing.NextAt, Revision = current.Revision + 1 };
            if (firing.Jobs.Count > 0 && current.Overlap == ScheduleOverlap.Skip && IsUnfinished(current.LastJobId))
            {
                _schedules[read.Name] = moved;
                return ValueTask.FromResult(ScheduleFired.Skipped);
            }

            DateTimeOffset now = time.GetUtcNow();
            CheckRoom(firing.Jobs, now);
            if (firing.Jobs.Count > 0 && current is { Overlap: ScheduleOverlap.Replace, LastJobId: { } last }
                && _table.Find(last) is { State: JobState.Scheduled or JobState.Queued } replaced)
            {
                End(replaced, JobState.Revoked, now);
                _table.CallNext(now);
            }

            foreach (JobEnvelope job in firing.Jobs)
                moved = moved with { LastAt = firing.LastAt, LastJobId = Add(job, now).Id };
            _schedules[read.Name] = moved;
        }

        _signal.Pulse();
        _ended.Pulse(firing.Schedule.LastJobId is { } before ? [before] : []);
        return ValueTask.FromResult(ScheduleFired.Enqueued);
    }

    public async Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The signal is taken before the look at the clock, so that whatever happens from here on is noticed.
        Task next = _scheduleSignal.Next;
        TimeSpan wait = UntilDue() is { } untilDue && untilDue < timeout ? untilDue : timeout;
        if (wait > TimeSpan.Zero)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task delay = Task.Delay(wait, time, ended.Token);

            // A clock that moved before the timer was started, as a test's does, is noticed.
            await (UntilDue() <= TimeSpan.Zero ? Task.CompletedTask : Task.WhenAny(next, delay)).ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return UntilDue() <= TimeSpan.Zero;
    }

    private TimeSpan? UntilDue()
    {
        lock (_lock)
            return _schedules.Values.Where(static s => !s.IsPaused).Min(static s => s.NextAt) - time.GetUtcNow();
    }

    private bool IsUnfinished(Guid? id)
        => id is { } last && _table.Find(last) is { State: JobState.Scheduled or JobState.Queued or JobState.Running };
}
