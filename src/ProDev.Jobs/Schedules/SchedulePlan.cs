using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>What a schedule that is due does now.</summary>
/// <param name="Fired">The occurrences that get a job, the earliest first.</param>
/// <param name="Missed">The earliest occurrence that gets none; <see langword="null"/> when there is no such.</param>
/// <param name="NextAt">The first occurrence that lies ahead; <see langword="null"/> for never.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SchedulePlan(IReadOnlyList<DateTimeOffset> Fired, DateTimeOffset? Missed, DateTimeOffset? NextAt)
{
    public static SchedulePlan Make(JobSchedule schedule, DateTimeOffset now)
    {
        var timing = ScheduleTiming.Of(schedule);
        DateTimeOffset first = schedule.NextAt!.Value;
        bool isSingle = schedule.CatchUp != ScheduleCatchUp.All || schedule.Overlap != ScheduleOverlap.Queue;
        int maximum = isSingle ? 1 : schedule.MaxCatchUp;

        // From the latest backwards: after a long outage, forwards would be a long way. The stored next time is an occurrence even if it is not one of
        // the timing, which may come from a system with other rules for the time zone.
        var fired = new List<DateTimeOffset>();
        DateTimeOffset? at = timing.Previous(now.AddTicks(1));
        while (at > first && fired.Count < maximum)
        {
            fired.Add(at.Value);
            at = timing.Previous(at.Value);
        }

        if (fired.Count < maximum)
            fired.Add(first);
        if (schedule.CatchUp == ScheduleCatchUp.None && now - fired[0] > JobConstants.ScheduleGrace)
            fired.Clear();
        fired.Reverse();
        DateTimeOffset? missed = fired.Count == 0 || fired[0] > first ? first : null;
        return new SchedulePlan(fired, missed, timing.Next(now));
    }
}
