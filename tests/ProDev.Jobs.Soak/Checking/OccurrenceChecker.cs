namespace ProDev.Jobs.Soak;

/// <summary>Holds the runs of schedules in a ledger against what the calendar says.</summary>
public static class OccurrenceChecker
{
    /// <summary>Every moment of an interval from the first run to the last, each as one job.</summary>
    public static void CheckInterval(FaultRun run, string schedule, TimeSpan interval)
    {
        DateTimeOffset[] moments = Moments(run, schedule);
        for (int i = 1; i < moments.Length; i++)
        {
            if (moments[i] - moments[i - 1] != interval)
                run.Find(FindingKind.Lost, $"After {schedule}@{moments[i - 1]:O} came {moments[i]:O}; expected was {interval} later.");
        }
    }

    /// <summary>One moment on each day of a time zone, between two days.</summary>
    public static void CheckDaily(FaultRun run, string schedule, TimeZoneInfo zone, DateOnly first, DateOnly last)
    {
        ILookup<DateOnly, DateTimeOffset> byDay = Moments(run, schedule).ToLookup(m => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(m, zone).DateTime));
        for (DateOnly day = first; day <= last; day = day.AddDays(1))
        {
            if (byDay[day].Count() != 1)
                run.Find(byDay[day].Any() ? FindingKind.DoubledJob : FindingKind.Lost, $"{schedule} ran on {day:O} at: {string.Join(", ", byDay[day])}");
        }
    }

    private static DateTimeOffset[] Moments(FaultRun run, string schedule)
    {
        var jobs = run.Ledgers.Read().Where(static l => l.Event == LedgerEvent.Started && TickJob.IsKey(l.Key))
            .Select(static l => (Tick: TickJob.Read(l.Key), l.Id)).Where(j => j.Tick.Schedule == schedule).Distinct().OrderBy(static j => j.Tick.At).ToList();
        foreach (var twice in jobs.GroupBy(static j => j.Tick.At).Where(static g => g.Count() > 1))
            run.Find(FindingKind.DoubledJob, $"{schedule}@{twice.Key:O} has made {twice.Count()} jobs.");
        if (jobs.Count == 0)
            run.Find(FindingKind.NotInjected, $"{schedule} has never run.");
        return [.. jobs.Select(static j => j.Tick.At).Distinct()];
    }
}
