using System.Diagnostics;

namespace ProDev.Jobs;

/// <summary>Schedules.</summary>
internal sealed partial class CheckedJobStore
{
    public ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken)
    {
        NeedSchedules();
        return inner.GetTimeAsync(cancellationToken);
    }

    public ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        NeedSchedules();
        return inner.TryLeadAsync(owner, lease, cancellationToken);
    }

    public ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken)
    {
        NeedSchedules();
        if (schedule.Overlap == ScheduleOverlap.Replace && !inner.Abilities.HasFlag(JobStoreAbilities.Revocation))
        {
            throw new NotSupportedException(
                $"The schedule '{schedule.Name}' has the overlap 'Replace', but the job store '{inner.GetType().Name}' cannot revoke jobs. Use " +
                "ScheduleOverlap.Skip or ScheduleOverlap.Queue, or another provider.");
        }

        EnvelopeCheck.Check(schedule.Job, inner.Abilities, inner.GetType().Name);
        return inner.PutScheduleAsync(schedule, expectedRevision, cancellationToken);
    }

    public ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken)
    {
        NeedSchedules();
        return inner.RemoveScheduleAsync(name, cancellationToken);
    }

    public ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken)
    {
        NeedSchedules();
        return inner.FindScheduleAsync(name, cancellationToken);
    }

    public ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken)
    {
        NeedSchedules();
        return inner.ListSchedulesAsync(cancellationToken);
    }

    public ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken)
    {
        NeedSchedules();
        return inner.ListDueSchedulesAsync(maximum, cancellationToken);
    }

    public ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken)
    {
        Debug.Assert(firing.Schedule.NextAt is not null && !(firing.NextAt <= firing.Schedule.NextAt), "The plan moves the schedule on.");
        NeedSchedules();
        return inner.FireScheduleAsync(firing, cancellationToken);
    }

    public Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        NeedSchedules();
        return inner.WaitForSchedulesAsync(timeout, cancellationToken);
    }

    private void NeedSchedules()
    {
        if (!inner.Abilities.HasFlag(JobStoreAbilities.Schedules))
        {
            throw new NotSupportedException(
                $"The job store '{inner.GetType().Name}' cannot keep schedules. Use a provider that can, such as SQLite.");
        }
    }
}
