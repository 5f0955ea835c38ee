namespace ProDev.Jobs;

/// <summary>Reads, changes and puts a schedule, again if somebody else was faster.</summary>
internal sealed class ScheduleEditor(CheckedJobStore store)
{
    /// <param name="name">The schedule.</param>
    /// <param name="change">
    /// Gets what is stored, or <see langword="null"/>, and the store's time; returns the same object or <see langword="null"/> to leave it.
    /// </param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>Whether the schedule is there in the end, and whether it was changed.</returns>
    public async Task<(bool IsThere, bool Changed)> ChangeAsync(
        string name, Func<JobSchedule?, DateTimeOffset, JobSchedule?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            JobSchedule? stored = await store.FindScheduleAsync(name, cancellationToken).ConfigureAwait(false);
            DateTimeOffset now = await store.GetTimeAsync(cancellationToken).ConfigureAwait(false);
            JobSchedule? wanted = change(stored, now);
            if (wanted is null || ReferenceEquals(wanted, stored))
                return (stored is not null, false);
            if (await store.PutScheduleAsync(wanted, stored?.Revision ?? 0, cancellationToken).ConfigureAwait(false))
                return (true, true);
        }
    }

    /// <summary>Gives a schedule the times that follow from what is stored.</summary>
    /// <param name="wanted">The schedule without times.</param>
    /// <param name="anchor">The anchor that was asked for, if one was.</param>
    /// <param name="stored">What it replaces.</param>
    /// <param name="now">The store's time.</param>
    public static JobSchedule WithTimes(JobSchedule wanted, DateTimeOffset? anchor, JobSchedule? stored, DateTimeOffset now)
    {
        bool isSameTiming = stored is not null && stored.Cron == wanted.Cron && stored.Interval == wanted.Interval && stored.TimeZone == wanted.TimeZone
            && (anchor is null || anchor == stored.Anchor);
        JobSchedule timed = wanted with { Anchor = anchor ?? (isSameTiming ? stored!.Anchor : Moments.Floor(now)) };
        return timed with
        {
            NextAt = isSameTiming ? stored!.NextAt : ScheduleTiming.Of(timed).Next(now),
            LastAt = stored?.LastAt,
            LastJobId = stored?.LastJobId,
            IsPaused = stored?.IsPaused ?? false,
            Declaration = wanted.Declaration ?? stored?.Declaration,
        };
    }
}
