namespace ProDev.Jobs;

/// <summary>The rules for what is put into a schedule, all of which can be checked before there is a store.</summary>
internal static class ScheduleRules
{
    public static void CheckName(string name)
    {
        if (!JobRules.IsName(name))
        {
            throw new ArgumentException(
                $"The schedule name '{name}' is malformed. Allowed are 1 to 128 of: letters A-Z and a-z, digits, '.', '-', '_'; the first one a letter " +
                "or digit. For example 'daily-digest'.",
                nameof(name));
        }
    }

    public static void CheckCron(string name, string cron, ScheduleOptions options)
    {
        if (options.Anchor is not null)
        {
            throw new ArgumentException(
                $"The schedule '{name}' has a cron expression and the Anchor '{options.Anchor:O}'. An anchor is for intervals only; leave it out.",
                nameof(options));
        }

        CheckOccurs(name, cron, CronTiming.Parse(name, cron, options.TimeZone ?? JobConstants.UtcTimeZone));
    }

    public static void CheckOccurs(string name, string cron, CronTiming timing)
    {
        if (timing.Next(DateTimeOffset.UnixEpoch) is null)
        {
            throw new ArgumentException(
                $"The schedule '{name}' has the cron expression '{cron}', which never occurs: there is no such date. For example '0 9 1 * *' occurs at " +
                "9:00 on the first day of each month.",
                nameof(cron));
        }
    }

    public static void CheckInterval(string name, TimeSpan interval, ScheduleOptions options)
    {
        if (interval < JobConstants.MinInterval || interval > JobConstants.MaxScheduleAhead || interval.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(interval), interval, $"The schedule '{name}' has the interval '{interval}'. Allowed are whole milliseconds from 1 second to " +
                "ten years. For example TimeSpan.FromMinutes(5).");
        }

        if (options.TimeZone is not null)
        {
            throw new ArgumentException(
                $"The schedule '{name}' has an interval and the TimeZone '{options.TimeZone}'. Intervals know no time zone; leave it out, or use a " +
                "cron expression.",
                nameof(options));
        }
    }

    public static void CheckOptions(string name, ScheduleOptions options)
    {
        if (!Enum.IsDefined(options.Overlap))
            throw Fault(name, nameof(options.Overlap), options.Overlap, "Set it to a value of ScheduleOverlap, such as ScheduleOverlap.Skip");
        if (!Enum.IsDefined(options.CatchUp))
            throw Fault(name, nameof(options.CatchUp), options.CatchUp, "Set it to a value of ScheduleCatchUp, such as ScheduleCatchUp.Last");
        if (options.MaxCatchUp is < 1 or > JobConstants.MaxCatchUp)
            throw Fault(name, nameof(options.MaxCatchUp), options.MaxCatchUp, "Set it from 1 to 1000");
        if (options.Queue is { } queue)
            JobRules.CheckQueue(queue, nameof(options));
        if (options.Priority is < JobConstants.LowestPriority or > JobConstants.HighestPriority)
            throw Fault(name, nameof(options.Priority), options.Priority, "Set it from 0 (lowest) to 9 (highest)");
        if (options.MaxAttempts is { } attempts)
            JobRules.CheckMaxAttempts(attempts, nameof(options));
        if (options.Expires <= TimeSpan.Zero || options.Expires > JobConstants.MaxScheduleAhead)
            throw Fault(name, nameof(options.Expires), options.Expires, "Set it to more than zero, at most ten years");
    }

    private static ArgumentException Fault(string name, string option, object? value, string allowed)
        => new($"ScheduleOptions.{option} of the schedule '{name}' is '{value}'. {allowed}.", nameof(option));
}
